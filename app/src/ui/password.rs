//! A password, which can be shown.

use leptos::prelude::*;

use super::field::typed;
use super::form::Slot;
use super::frame::{FieldFrame, described_by, invalid};
use super::icon::Icon;

#[component]
pub fn PasswordField(
    #[prop(into)] label: String,
    #[prop(into)] name: String,
    #[prop(optional, into)] hint: Option<String>,
    /// `current-password` or `new-password`.
    #[prop(default = "current-password")]
    autocomplete: &'static str,
) -> impl IntoView {
    let slot = Slot::of(&name);
    let shown = RwSignal::new(false);
    let typed = typed(&slot, None);
    view! {
        <FieldFrame at=slot.clone() label hint=hint.clone() hide_label=false>
            <div class="input-group">
                <input
                    class="input"
                    type=move || if shown.get() { "text" } else { "password" }
                    id=slot.id.clone()
                    name=slot.name.clone()
                    required
                    autocomplete=autocomplete
                    autocapitalize="off"
                    spellcheck="false"
                    aria-invalid=invalid(&slot)
                    aria-describedby=described_by(&slot, hint.is_some())
                    on:input:target=move |event| typed(event.target().value())
                />
                <button
                    type="button"
                    class="input-button needs-script"
                    aria-label="Show characters"
                    aria-controls=slot.id.clone()
                    aria-pressed=move || shown.get().to_string()
                    on:click=move |_| shown.update(|shown| *shown = !*shown)
                >
                    {move || if shown.get() { view! { <Icon name="eye-off"/> } } else { view! { <Icon name="eye"/> } }}
                </button>
            </div>
        </FieldFrame>
    }
    .into_any()
}

/// Whose password it is, for password managers, where a form asks for a password only. It is not sent.
#[component]
pub fn PasswordOf(#[prop(into)] email: String) -> impl IntoView {
    view! { <input type="text" autocomplete="username" value=email readonly hidden/> }.into_any()
}
