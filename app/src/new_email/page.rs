//! Where the link of the letter to a new address leads to.

use leptos::prelude::*;

use super::CHANGED;
use super::api::ConfirmNewEmail;
use crate::layout::{leave_to, me};
use crate::recovery::TokenError;
use crate::ui::{ButtonKind, ButtonLink, Card, Form, Hidden, PageHead, Submit, query_here};

/// A button, since programs that look at mail follow links on their own.
#[component]
pub fn NewEmailPage() -> impl IntoView {
    let token = query_here().with_untracked(|query| query.get("token").unwrap_or_default());
    let on_done = Callback::new(|()| leave_to(CHANGED));
    view! {
        <PageHead title="Use your new email" lead="One tap, and your account has the address that the letter came to."/>
        <div class="settings">
            <Card>
                <p class="muted">
                    "So far you log in with " <strong>{me().email}</strong>
                    ". Other browsers are signed out, and access tokens and calendar links end."
                </p>
                <Form action={ServerAction::<ConfirmNewEmail>::new()} label="Confirm your new email" on_done>
                    <Hidden name="token" value=token/>
                    <TokenError/>
                    <div class="row">
                        <Submit kind=ButtonKind::Primary icon="check">"Use the new email"</Submit>
                        <ButtonLink href="/settings" kind=ButtonKind::Plain>"Back to the settings"</ButtonLink>
                    </div>
                </Form>
            </Card>
        </div>
    }
    .into_any()
}
