//! The page for a forgotten password.

use leptos::prelude::*;

use super::api::Forgot;
use crate::layout::{PlainFrame, leave_to};
use crate::ui::{ButtonKind, EmptyState, Field, Form, PageHead, Submit, query_here};

#[component]
pub fn ForgotPage() -> impl IntoView {
    let is_sent = query_here().with_untracked(|query| query.get("sent").is_some());
    let on_done = Callback::new(|()| leave_to("/forgot?sent=1"));
    let check = Callback::new(|call: Forgot| call.form.parse().err().unwrap_or_default());
    view! {
        <PlainFrame>
            {if is_sent {
                view! {
                    <PageHead title="Look into your mailbox"/>
                    <EmptyState
                        icon="mail"
                        title="If we know this address, a letter is on its way"
                        text="The link in it works once and for one hour. Nothing there? Look into the spam folder, or try again."
                    />
                }
                    .into_any()
            } else {
                view! {
                    <PageHead title="Forgot your password?" lead="It happens. We send you a link to choose a new one."/>
                    <Form action={ServerAction::<Forgot>::new()} label="Forgot password" check on_done>
                        <Field label="Email" name="email" kind="email" autocomplete="username" inputmode="email" required=true/>
                        <Submit kind=ButtonKind::Primary>"Send the link"</Submit>
                    </Form>
                }
                    .into_any()
            }}
            <p class="plain-foot"><a class="reach" href="/login">"Back to log in"</a></p>
        </PlainFrame>
    }
    .into_any()
}
