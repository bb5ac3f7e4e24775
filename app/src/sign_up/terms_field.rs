//! The box with which a new person agrees to the terms.

use leptos::prelude::*;

use crate::ui::Checkbox;

#[component]
pub(crate) fn TermsField() -> impl IntoView {
    view! {
        <Checkbox label="I agree to the terms" name="terms"/>
        <p class="muted small">
            "The " <a href="/terms">"terms"</a> " fit on one screen: your data stays on this server, and nobody tracks you."
        </p>
    }
    .into_any()
}
