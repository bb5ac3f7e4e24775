//! What is said to whoever signed up where an address is confirmed first.

use leptos::prelude::*;

use crate::ui::{EmptyState, PageHead};

/// Where this is said.
pub(super) const SENT: &str = "/signup?sent=1";

/// The same words whether the address has an account or not.
#[component]
pub(super) fn LetterSent(
    /// The address as typed, where the page still knows it: it stands in no address of a page.
    email: String,
) -> impl IntoView {
    let whom = if email.is_empty() { "the address that you typed".to_owned() } else { email };
    view! {
        <PageHead title="Look into your mailbox"/>
        <EmptyState
            icon="mail"
            title=format!("We have sent a letter to {whom}")
            text="Open its link to go on: it is good for 24 hours. Nothing there? Look into the spam folder, or check the address and sign up once more."
        />
        <p class="plain-foot"><a class="reach" href="/signup" rel="external">"Sign up once more"</a> <a class="reach" href="/login">"Log in"</a></p>
    }
    .into_any()
}
