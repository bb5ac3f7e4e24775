//! A token that was just made, shown this once.

use leptos::html;
use leptos::prelude::*;

use crate::ui::{Button, copy_text, toasts};

#[component]
pub(super) fn MadeToken(token: String) -> impl IntoView {
    let toasts = toasts();
    let shown = NodeRef::<html::Input>::new();
    let on_click = Callback::new(move |()| {
        let Some(field) = shown.get_untracked() else { return };
        field.select();
        copy_text(&field.value(), move |is_copied| {
            if is_copied {
                toasts.ok("Token copied");
            } else {
                toasts.warn("This browser does not let us copy. The token is selected: copy it yourself.");
            }
        });
    });
    view! {
        <div class="token-made" role="status">
            <label class="field">
                <span class="field-label">"Your token"</span>
                <input
                    class="input token-text"
                    type="text"
                    readonly
                    autocomplete="off"
                    spellcheck="false"
                    value=token
                    data-testid="token"
                    node_ref=shown
                />
                <span class="field-hint">"Copy it now: it is not shown again."</span>
            </label>
            <Button icon="copy" on_click>"Copy token"</Button>
        </div>
    }
    .into_any()
}
