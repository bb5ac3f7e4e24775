//! The second step of a log-in.

use leptos::prelude::*;

use super::api::{FinishLogIn, second_step_waits};
use crate::layout::{PlainFrame, leave_to};
use crate::passkeys::{Purpose, UsePasskey};
use crate::sign_in::second_step_path;
use crate::ui::{ButtonKind, ButtonLink, EmptyState, Field, Form, Hidden, Load, PageHead, Submit, query_here};

#[component]
pub fn SecondStepPage() -> impl IntoView {
    let query = query_here();
    let next = query.with_untracked(|query| query.get("next").unwrap_or_default());
    // Another query is the same page.
    let by_recovery = Memo::new(move |_| query.with(|query| query.get("with").as_deref() == Some("recovery")));
    let waits = Resource::new(|| (), |()| second_step_waits());
    view! {
        <PlainFrame>
            <PageHead title="One more step"/>
            <Load
                from=waits
                rows=2
                children={move |waits: bool| {
                    let next = next.clone();
                    if waits {
                        view! { {move || view! { <Step next=next.clone() by_recovery=by_recovery.get()/> }} }.into_any()
                    } else {
                        view! { <Over/> }.into_any()
                    }
                }}
            />
        </PlainFrame>
    }
    .into_any()
}

#[component]
fn Step(next: String, by_recovery: bool) -> impl IntoView {
    let check = Callback::new(|call: FinishLogIn| call.form.parse().err().unwrap_or_default());
    let on_done = Callback::new(|path: String| leave_to(&path));
    let (here, go_on) = (second_step_path(&next), next.clone());
    let other = if by_recovery {
        here
    } else {
        let joint = if here.contains('?') { '&' } else { '?' };
        format!("{here}{joint}with=recovery")
    };
    let words = if by_recovery { "Use your app instead" } else { "Use a recovery code instead" };
    view! {
        <Form action={ServerAction::<FinishLogIn>::new()} label="Second step" check on_done>
            <Hidden name="next" value=next/>
            {if by_recovery {
                view! {
                    <Field
                        label="Recovery code"
                        name="code"
                        autocomplete="off"
                        placeholder="XXXX-XXXX-XXXX-XXXX"
                        maxlength=30
                        required=true
                        autofocus=true
                        hint="One of the ten that you kept. Each works once"
                    />
                }.into_any()
            } else {
                view! {
                    <Field
                        label="Code"
                        name="code"
                        inputmode="numeric"
                        autocomplete="one-time-code"
                        maxlength=9
                        required=true
                        autofocus=true
                        hint="Six digits, from the app on your phone"
                    />
                }.into_any()
            }}
            <Submit kind=ButtonKind::Primary>"Go on"</Submit>
        </Form>
        <UsePasskey purpose=Purpose::LogIn next=go_on/>
        <p class="plain-foot">
            <a class="reach" href=other>{words}</a>
            <a class="reach" href="/login">"Start over"</a>
        </p>
        {by_recovery
            .then(|| {
                view! {
                    <p class="muted small">
                        "App and codes are lost? Whoever runs this server can turn the second step off for you. A new password does not."
                    </p>
                }
            })}
    }
    .into_any()
}

/// Nothing waits here: too long ago, too many tries, or nobody has begun.
#[component]
fn Over() -> impl IntoView {
    view! {
        <EmptyState
            icon="lock"
            title="Let us begin again"
            text="This log-in took too long, had too many tries, or is done already. Nothing was changed."
        >
            <ButtonLink href="/login" kind=ButtonKind::Primary>"Back to the first step"</ButtonLink>
        </EmptyState>
    }
    .into_any()
}
