//! The page on which an address is confirmed, by the link or by the six digits.

use leptos::prelude::*;

use super::api::Confirm;
use super::resend::{ResendButton, SENT};
use super::token_error::TokenError;
use crate::layout::{PlainFrame, leave_to};
use crate::ui::{ButtonKind, ButtonLink, EmptyState, Field, Form, Hidden, PageHead, Submit, query_here};

#[component]
pub fn ConfirmPage() -> impl IntoView {
    let query = query_here();
    let token = query.with_untracked(|query| query.get("token").unwrap_or_default());
    let is_done = query.with_untracked(|query| query.get("done").is_some());
    let is_sent = query.with_untracked(|query| query.get("sent").is_some());
    view! {
        <PlainFrame>
            {if is_done {
                view! { <Done/> }.into_any()
            } else if token.is_empty() {
                view! { <ByCode is_sent/> }.into_any()
            } else {
                view! { <ByLink token/> }.into_any()
            }}
        </PlainFrame>
    }
    .into_any()
}

#[component]
fn Done() -> impl IntoView {
    view! {
        <PageHead title="Email confirmed"/>
        <EmptyState icon="circle-check" title="Thank you" text="Alerts and reminders will reach you from now on.">
            <ButtonLink href="/dashboard" kind=ButtonKind::Primary>"Go on"</ButtonLink>
        </EmptyState>
    }
    .into_any()
}

/// A button, since programs that look at mail follow links on their own.
#[component]
fn ByLink(token: String) -> impl IntoView {
    let on_done = Callback::new(|()| leave_to("/confirm?done=1"));
    view! {
        <PageHead title="Confirm your email" lead="One tap, and alerts can reach you."/>
        <Form action={ServerAction::<Confirm>::new()} label="Confirm email" on_done>
            <Hidden name="token" value=token/>
            <TokenError/>
            <Submit kind=ButtonKind::Primary icon="check">"Confirm email"</Submit>
        </Form>
        <p class="plain-foot"><a class="reach" href="/confirm">"Enter the code instead"</a></p>
    }
    .into_any()
}

#[component]
fn ByCode(
    /// Whether another letter was just asked for.
    is_sent: bool,
) -> impl IntoView {
    let on_done = Callback::new(|()| leave_to("/confirm?done=1"));
    let check = Callback::new(|call: Confirm| call.form.parse().err().unwrap_or_default());
    view! {
        <PageHead title="Confirm your email" lead="We sent you a letter with six digits. They work for a short while."/>
        {is_sent.then(|| view! { <p class="alert alert-good" role="status">{SENT} "."</p> })}
        <Form action={ServerAction::<Confirm>::new()} label="Confirm email" check on_done>
            <Field label="Code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength=9 required=true/>
            <Submit kind=ButtonKind::Primary>"Confirm email"</Submit>
        </Form>
        <div class="plain-foot">
            <ResendButton/>
            <a class="reach" href="/dashboard">"Later"</a>
        </div>
    }
    .into_any()
}
