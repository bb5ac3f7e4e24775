//! Sending the confirmation again.

use leptos::prelude::*;

use super::api::ResendConfirmation;
use crate::ui::form::PostedHere;
use crate::ui::{ButtonKind, PostButton, toasts};

/// Sends another letter. Without JavaScript a refusal stands beside the button, as no toast can tell it.
#[component]
pub fn ResendButton() -> impl IntoView {
    let toasts = toasts();
    let refused = PostedHere::of("resend_confirmation").map(|posted| posted.errors.to_string());
    view! {
        <PostButton
            action={ServerAction::<ResendConfirmation>::new()}
            label="Send again"
            kind=ButtonKind::Quiet
            on_done=Callback::new(move |()| toasts.ok(SENT))
        >
            "Send again"
        </PostButton>
        {refused.map(|text| view! { <p class="field-error" role="alert">{text}</p> })}
    }
    .into_any()
}

/// What is said when it went well.
pub(super) const SENT: &str = "A new letter is on its way";
