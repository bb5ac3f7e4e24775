//! The page that the link for a new password leads to.

use leptos::prelude::*;

use super::api::Reset;
use super::token_error::TokenError;
use crate::layout::{PlainFrame, leave_to};
use crate::ui::{ButtonKind, Form, Hidden, PageHead, PasswordField, Submit, query_here};

#[component]
pub fn ResetPage() -> impl IntoView {
    let token = query_here().with_untracked(|query| query.get("token").unwrap_or_default());
    let check = Callback::new(|call: Reset| call.form.parse().err().unwrap_or_default());
    let on_done = Callback::new(|()| leave_to("/login?reset=1"));
    view! {
        <PlainFrame>
            <PageHead title="Choose a new password" lead="It logs you out everywhere else."/>
            <Form action={ServerAction::<Reset>::new()} label="Reset" check on_done>
                <Hidden name="token" value=token/>
                <TokenError/>
                <PasswordField
                    label="New password"
                    name="password"
                    autocomplete="new-password"
                    hint="At least 10 characters; a few words are best"
                />
                <PasswordField label="Confirm password" name="confirm" autocomplete="new-password"/>
                <Submit kind=ButtonKind::Primary>"Change password"</Submit>
            </Form>
            <p class="plain-foot"><a class="reach" href="/forgot">"Ask for another link"</a></p>
        </PlainFrame>
    }
    .into_any()
}
