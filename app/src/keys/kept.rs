//! What this device remembers about its keys.

use leptos::prelude::*;
use web_sys::Storage;

/// Says nothing about the person, nor to whom it belongs.
const KEY: &str = "expenso_k";
const OFF: &str = "0";

/// None where the browser keeps nothing.
fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// Whether single keys do anything; they do until they are switched off.
pub(super) fn single() -> bool {
    let kept = storage().and_then(|storage| storage.get_item(KEY).ok().flatten());
    kept.as_deref() != Some(OFF)
}

/// Keeps it for the next page. Where nothing can be kept it holds for this one.
pub(super) fn keep_single(on: bool) {
    if let Some(storage) = storage() {
        let _ = if on { storage.remove_item(KEY) } else { storage.set_item(KEY, OFF) };
    }
}
