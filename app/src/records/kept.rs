//! What could not be saved because the session had ended, kept by this tab until the person has logged in.

use leptos::prelude::*;
use web_sys::Storage;

const KEY: &str = "expenso_unsaved";

/// None where the browser keeps nothing.
fn storage() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

pub(super) fn keep(text: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(KEY, text);
    }
}

/// What was kept, once.
pub(super) fn take() -> Option<String> {
    let storage = storage()?;
    let text = storage.get_item(KEY).ok().flatten()?;
    let _ = storage.remove_item(KEY);
    Some(text)
}
