//! Puts a text where the person can paste it from.

use js_sys::Reflect;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Selects what the field holds and copies it; tells whether that went well.
pub(super) fn copy(field: NodeRef<html::Input>, done: impl FnOnce(bool) + 'static) {
    let Some(field) = field.get_untracked() else { return };
    field.select();
    let navigator = window().navigator();
    // Browsers have none on a page that came without TLS.
    let has_clipboard = Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|clipboard| clipboard.is_object());
    if !has_clipboard {
        return done(false);
    }
    let written = JsFuture::from(navigator.clipboard().write_text(&field.value()));
    spawn_local(async move { done(written.await.is_ok()) });
}
