//! The page on which a person logs in, and the button that logs out.

use leptos::prelude::*;

use super::api::{LogIn, LogOut};
use crate::layout::{PlainFrame, leave_to};
use crate::passkeys::{Purpose, UsePasskey};
use crate::sign_in_with::{Notice, Ways};
use crate::sign_up::SignUps;
use crate::ui::{ButtonKind, Field, Form, Hidden, PageHead, PasswordField, PostButton, Submit, query_here};

#[component]
pub fn LogInPage() -> impl IntoView {
    let query = query_here();
    let next = query.with_untracked(|query| query.get("next").unwrap_or_default());
    let go_on = next.clone();
    let is_again = query.with_untracked(|query| query.get("again").is_some());
    let is_reset = query.with_untracked(|query| query.get("reset").is_some());
    let check = Callback::new(|call: LogIn| call.form.parse().err().unwrap_or_default());
    let on_done = Callback::new(|path: String| leave_to(&path));
    view! {
        <PlainFrame>
            {if is_again {
                view! { <PageHead title="Is it you?" lead="It is a while since you logged in. Do it once more to go on."/> }
            } else {
                view! { <PageHead title="Welcome back"/> }
            }}
            {is_reset
                .then(|| {
                    view! { <p class="alert alert-good" role="status">"Your password is changed. Log in with the new one."</p> }
                })}
            <Notice/>
            <Form action={ServerAction::<LogIn>::new()} label="Log in" check on_done>
                <Hidden name="next" value=next/>
                <Field label="Email" name="email" kind="email" autocomplete="username" inputmode="email" required=true/>
                <PasswordField label="Password" name="password"/>
                <Submit kind=ButtonKind::Primary>"Log in"</Submit>
            </Form>
            <UsePasskey purpose=Purpose::LogIn next=go_on.clone()/>
            <Ways next=go_on or="or"/>
            <p class="plain-foot">
                <a class="reach" href="/forgot">"Forgot password?"</a>
                <a class="reach" href="/login/help">"Cannot log in?"</a>
                {SignUps::are_open().then(|| view! { <span>"New here? " <a class="reach" href="/signup">"Create account"</a></span> })}
            </p>
        </PlainFrame>
    }
    .into_any()
}

/// Ends the session and forgets everything that the page holds.
#[component]
pub fn LogOutButton() -> impl IntoView {
    view! {
        <PostButton
            action={ServerAction::<LogOut>::new()}
            label="Log out"
            kind=ButtonKind::Quiet
            icon="log-out"
            next="/"
            on_done=Callback::new(|()| leave_to("/"))
        >
            "Log out"
        </PostButton>
    }
    .into_any()
}

/// For those who come by the address.
#[component]
pub fn LogOutPage() -> impl IntoView {
    view! {
        <PlainFrame>
            <PageHead title="Log out" lead="You can come back any time."/>
            <LogOutButton/>
        </PlainFrame>
    }
    .into_any()
}
