//! The last step of an account that begins at a provider.

use leptos::prelude::*;

use super::{SignInWith, SignUpWith, Waiting};
use crate::layout::{PlainFrame, leave_to};
use crate::sign_up::{RegionFields, SignUps, TermsField};
use crate::ui::{ButtonKind, ButtonLink, EmptyState, Field, Form, PageHead, Submit};

#[component]
pub fn FinishPage() -> impl IntoView {
    let waiting = SignInWith::here().waiting.filter(|waiting| !waiting.has_account && SignUps::are_open());
    view! {
        <PlainFrame>
            {match waiting {
                Some(waiting) if !waiting.vouched && SignUps::here().confirm_first => {
                    view! { <Unvouched label=waiting.label/> }.into_any()
                }
                Some(waiting) => view! { <Finish waiting/> }.into_any(),
                None => view! { <Late/> }.into_any(),
            }}
        </PlainFrame>
    }
    .into_any()
}

#[component]
fn Finish(waiting: Waiting) -> impl IntoView {
    let Waiting { label, name, email, vouched, .. } = waiting;
    let shown = email.clone();
    let check = Callback::new(move |call: SignUpWith| {
        let vouched = shown.parse().ok().filter(|_| vouched);
        call.form.parse(vouched.as_ref()).err().unwrap_or_default()
    });
    let on_done = Callback::new(|path: String| leave_to(&path));
    let hint = if vouched { format!("Confirmed by {label}") } else { "We send you a letter to confirm it".to_owned() };
    view! {
        <PageHead title="Create your account" lead=format!("One last look. From now on you come in with {label}, without a password.")/>
        <Form action={ServerAction::<SignUpWith>::new()} label="Create account" check on_done>
            <Field label="Name" name="name" value=name autocomplete="name" maxlength=80 required=true/>
            <Field
                label="Email"
                name="email"
                kind="email"
                value=email
                autocomplete="email"
                inputmode="email"
                required=true
                readonly=vouched
                hint
            />
            <RegionFields of="sign_up_with"/>
            <TermsField/>
            <Submit kind=ButtonKind::Primary>"Create account"</Submit>
        </Form>
        <p class="plain-foot">"You have an account here already? " <a class="reach" href="/login">"Log in"</a></p>
    }
    .into_any()
}

/// Where an address is confirmed first, a provider that vouches for none makes no account.
#[component]
fn Unvouched(label: String) -> impl IntoView {
    view! {
        <PageHead title="Create your account"/>
        <EmptyState
            icon="mail"
            title="Your address is confirmed first"
            text=format!("{label} does not vouch for it. Create your account with an email address and a password, then link {label} in the settings.")
        >
            <div class="way-actions">
                <ButtonLink href="/signup" kind=ButtonKind::Primary>"Create account"</ButtonLink>
                <ButtonLink href="/login">"Log in"</ButtonLink>
            </div>
        </EmptyState>
    }
    .into_any()
}

/// Nobody waits here: it took too long, or the page was opened by its address.
#[component]
fn Late() -> impl IntoView {
    view! {
        <PageHead title="Create your account"/>
        <EmptyState icon="history" title="This step is over" text="It took a little too long, or is done already. Begin again: it takes a moment.">
            <div class="way-actions">
                <ButtonLink href="/signup" kind=ButtonKind::Primary>"Begin again"</ButtonLink>
                <ButtonLink href="/login">"Log in"</ButtonLink>
            </div>
        </EmptyState>
    }
    .into_any()
}
