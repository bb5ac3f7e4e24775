//! Puts a text where the person can paste it from.

use js_sys::{Function, Promise, Reflect};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Tells whether it went well: browsers have no clipboard on a page that came without TLS.
pub(crate) fn copy_text(text: &str, done: impl FnOnce(bool) + 'static) {
    let written = Reflect::get(&window().navigator(), &"clipboard".into()).ok().and_then(|clipboard| {
        let write: Function = Reflect::get(&clipboard, &"writeText".into()).ok()?.dyn_into().ok()?;
        write.call1(&clipboard, &text.into()).ok()?.dyn_into::<Promise>().ok()
    });
    match written {
        Some(written) => spawn_local(async move { done(JsFuture::from(written).await.is_ok()) }),
        None => done(false),
    }
}
