//! The files of a piece, told to the browser at once and not only when the first piece asks for them.

use std::collections::HashMap;
use std::sync::OnceLock;

use leptos::config::LeptosOptions;
use leptos::prelude::*;

use super::pages::piece_of;

/// The files of every piece, by its name; none where the page was built in one.
fn files(options: &LeptosOptions) -> &'static HashMap<String, Vec<String>> {
    static FILES: OnceLock<HashMap<String, Vec<String>>> = OnceLock::new();
    FILES.get_or_init(|| {
        let hashes = std::fs::read_to_string(options.hash_file.as_ref()).unwrap_or_default();
        let path = |file: &str| format!("/{}/{file}", options.site_pkg_dir);
        let pieces = hashes.lines().filter_map(|line| line.strip_prefix("piece ")?.split_once(':'));
        pieces.map(|(piece, files)| (piece.to_owned(), files.split_whitespace().map(path).collect())).collect()
    })
}

/// Links to the files that the page of this request needs besides the first. What is painted comes before them.
#[component]
pub(crate) fn PieceLinks(options: LeptosOptions) -> impl IntoView {
    let path = use_context::<http::request::Parts>().map(|parts| parts.uri.path().to_owned()).unwrap_or_default();
    let files = files(&options).get(piece_of(&path)).map(Vec::as_slice).unwrap_or_default();
    let link = |file: &'static String| {
        view! {
            <link rel="preload" href=file.as_str() r#as="fetch" r#type="application/wasm" crossorigin="" fetchpriority="low"/>
        }
    };
    files.iter().map(link).collect_view().into_any()
}
