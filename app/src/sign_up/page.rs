//! The page on which an account is made.

use leptos::prelude::*;

use super::api::SignUp;
use super::first_log_in::FirstLogIn;
use super::open::SignUps;
use super::region_fields::RegionFields;
use super::sent::{LetterSent, SENT};
use super::terms_field::TermsField;
use crate::error::AppError;
use crate::layout::{PlainFrame, leave_to};
use crate::sign_in_with::Ways;
use crate::ui::{ButtonKind, ButtonLink, EmptyState, Field, Form, Hidden, PageHead, PasswordField, Submit, query_here};

#[component]
pub fn SignUpPage() -> impl IntoView {
    if !SignUps::are_open() {
        return view! { <ClosedPage/> }.into_any();
    }
    let asked = |name: &str| query_here().with_untracked(|query| query.get(name));
    let sent = RwSignal::new(asked("sent").map(|_| String::new()));
    let token = asked("token").filter(|token| !token.is_empty());
    view! {
        <PlainFrame>
            {move || match (sent.get(), token.clone()) {
                (Some(email), _) => view! { <LetterSent email/> }.into_any(),
                (None, Some(token)) => view! { <FirstLogIn token/> }.into_any(),
                (None, None) => view! { <Begin sent/> }.into_any(),
            }}
        </PlainFrame>
    }
    .into_any()
}

#[component]
fn ClosedPage() -> impl IntoView {
    view! {
        <PlainFrame>
            <PageHead title="No new accounts"/>
            <EmptyState icon="lock" title=AppError::NoNewAccounts.to_string() text="You have an account here already?">
                <ButtonLink href="/login" kind=ButtonKind::Primary>"Log in"</ButtonLink>
            </EmptyState>
        </PlainFrame>
    }
    .into_any()
}

#[component]
fn Begin(
    /// Whom a letter was sent to, instead of an account that is there at once.
    sent: RwSignal<Option<String>>,
) -> impl IntoView {
    let next = query_here().with_untracked(|query| query.get("next").unwrap_or_default());
    let typed = StoredValue::new(String::new());
    let check = Callback::new(move |call: SignUp| {
        typed.set_value(call.form.email.trim().to_owned());
        call.form.parse().err().unwrap_or_default()
    });
    let on_done = Callback::new(
        move |path: String| {
            if path == SENT { sent.set(Some(typed.get_value())) } else { leave_to(&path) }
        },
    );
    view! {
        <PageHead title="Create your account" lead="Two minutes, and your money has a place to be counted."/>
        <Ways or="or with your email address" above=true/>
        <Form action={ServerAction::<SignUp>::new()} label="Create account" check on_done>
            <Hidden name="next" value=next/>
            <Field label="Name" name="name" autocomplete="name" maxlength=80 required=true/>
            <Field label="Email" name="email" kind="email" autocomplete="email" inputmode="email" required=true/>
            <div class="grid-2">
                <PasswordField
                    label="Password"
                    name="password"
                    autocomplete="new-password"
                    hint="At least 10 characters; a few words are best"
                />
                <PasswordField label="Confirm password" name="confirm" autocomplete="new-password"/>
            </div>
            <div class="grid-2">
                <Field label="Phone (optional)" name="phone" kind="tel" autocomplete="tel" inputmode="tel"/>
                <Field
                    label="Monthly income (optional)"
                    name="income"
                    inputmode="decimal"
                    autocomplete="off"
                    hint="A plan only; nothing is recorded"
                />
            </div>
            <RegionFields of="sign_up"/>
            <TermsField/>
            <Submit kind=ButtonKind::Primary>"Create account"</Submit>
        </Form>
        <p class="plain-foot">"Already have an account? " <a class="reach" href="/login">"Log in"</a></p>
    }
    .into_any()
}
