//! The page that the link of the letter leads to: with the password of the sign-up the account is there.

use leptos::prelude::*;

use super::api::OpenAccount;
use crate::layout::leave_to;
use crate::recovery::TokenError;
use crate::ui::{ButtonKind, Form, Hidden, PageHead, PasswordField, Submit};

/// Asks for the password, so that nobody gives their address to an account that a stranger began.
#[component]
pub(super) fn FirstLogIn(
    /// The secret of the link.
    token: String,
) -> impl IntoView {
    let check = Callback::new(|call: OpenAccount| call.form.parse().err().unwrap_or_default());
    let on_done = Callback::new(|path: String| leave_to(&path));
    view! {
        <PageHead title="Open your account" lead="Your address is confirmed by this step. Type the password that you chose, and you are in."/>
        <Form action={ServerAction::<OpenAccount>::new()} label="Open your account" check on_done>
            <Hidden name="token" value=token/>
            <TokenError/>
            <PasswordField label="Password" name="password"/>
            <Submit kind=ButtonKind::Primary icon="check">"Confirm and log in"</Submit>
        </Form>
        <p class="plain-foot">"Not you, or is the password forgotten? " <a class="reach" href="/signup" rel="external">"Sign up once more"</a></p>
    }
    .into_any()
}
