//! The script that brings the code of the page.

use leptos::config::LeptosOptions;
use leptos::nonce::use_nonce;
use leptos::prelude::*;

use super::site_files::SiteFiles;
use crate::pieces::piece_of;

/// A function of the script, the first file of the code, and the pieces that the page of this request needs besides.
const WAKE: &str = include_str!("wake.js");

/// Brings the code of the page of this request, and wakes the page with it. A module, so it runs when the document
/// is there.
#[component]
pub(super) fn WakeScript(options: LeptosOptions) -> impl IntoView {
    let files = SiteFiles::of(&options);
    let [script, wasm] = files.paths("wake") else { return ().into_any() };
    let path = use_context::<http::request::Parts>().map(|parts| parts.uri.path().to_owned()).unwrap_or_default();
    let pieces = files.paths(&format!("piece {}", piece_of(&path)));
    view! {
        <link rel="modulepreload" href=script.as_str() fetchpriority="low"/>
        <script type="module" nonce=use_nonce()>{format!("({WAKE})({script:?}, {wasm:?}, {pieces:?})")}</script>
    }
    .into_any()
}
