//! Puts a text where the person can paste it from.

use js_sys::Reflect;
use leptos::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Tells whether it went well: browsers have no clipboard on a page that came without TLS.
pub(crate) fn copy_text(text: &str, done: impl FnOnce(bool) + 'static) {
    let navigator = window().navigator();
    let has_clipboard = Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|clipboard| clipboard.is_object());
    if !has_clipboard {
        return done(false);
    }
    let written = JsFuture::from(navigator.clipboard().write_text(text));
    spawn_local(async move { done(written.await.is_ok()) });
}
