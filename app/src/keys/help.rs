//! The dialog that tells all keys.

use leptos::prelude::*;

use super::{Keys, listen};
use crate::records::may_select;
use crate::ui::Dialog;

/// Keys that are no command.
const OTHERS: [(&str, &str); 4] =
    [("Search commands", "Ctrl K"), ("Next and previous row", "↓ ↑"), ("Open the row", "Enter"), ("Close", "Escape")];

#[component]
pub(super) fn KeysDialog() -> impl IntoView {
    let keys = expect_context::<Keys>();
    view! {
        <Dialog open=keys.help title=Signal::stored("Keyboard shortcuts".to_owned())>
            <ul class="key-list">
                {OTHERS.map(|(words, keys)| view! { <KeyLine words keys/> }).collect_view()}
                {may_select().then(|| view! { <KeyLine words="Select the row" keys="x"/> })}
                {keys
                    .commands
                    .get_value()
                    .into_iter()
                    .filter(|command| !command.keys.is_empty())
                    .map(|command| view! { <KeyLine words=command.words keys=command.keys/> })
                    .collect_view()}
            </ul>
            <SingleKeys/>
        </Dialog>
    }
    .into_any()
}

#[component]
fn KeyLine(
    words: &'static str,
    /// With blanks between them.
    keys: &'static str,
) -> impl IntoView {
    view! {
        <li>
            <span>{words}</span>
            <span class="key-list-keys">{keys.split(' ').map(|key| view! { <kbd>{key}</kbd> " " }).collect_view()}</span>
        </li>
    }
    .into_any()
}

/// Keys pressed by accident, or by a voice that is taken for typing, would do things that nobody asked for.
#[component]
fn SingleKeys() -> impl IntoView {
    let keys = expect_context::<Keys>();
    view! {
        <div class="field">
            <label class="check">
                <input
                    type="checkbox"
                    aria-describedby="single-keys-hint"
                    prop:checked=move || keys.single.get()
                    on:change:target=move |event| {
                        let on = event.target().checked();
                        keys.single.set(on);
                        listen::keep_single(on);
                    }
                />
                <span>"Single-key shortcuts"</span>
            </label>
            <p class="field-hint" id="single-keys-hint">
                "Kept on this device. The search for commands, the arrows and Escape work either way."
            </p>
        </div>
    }
    .into_any()
}
