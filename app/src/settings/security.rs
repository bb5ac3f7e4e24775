//! The password, and the browsers that are signed in.

use leptos::prelude::*;

use super::api::{ChangePassword, EndOthers, EndSession, SessionLine, list_sessions};
use crate::layout::{leave_to, me};
use crate::second_factor::CodeField;
use crate::ui::{Badge, ButtonKind, Card, Form, Load, PasswordField, PasswordOf, PostButton, Submit, Tone, toasts};

#[component]
pub(super) fn Password() -> impl IntoView {
    let has_password = me().has_password;
    let check = Callback::new(move |call: ChangePassword| call.form.parse(has_password).err().unwrap_or_default());
    let on_done = Callback::new(|()| leave_to("/settings?saved=1"));
    view! {
        <Card title="Password">
            <Form action={ServerAction::<ChangePassword>::new()} label="Change password" check on_done>
                <PasswordOf email=me().email/>
                {if has_password {
                    view! {
                        <PasswordField label="Current password" name="current"/>
                        <CodeField/>
                    }
                        .into_any()
                } else {
                    view! {
                        <p class="muted">
                            "You have none yet: you come in without. With one you can also log in by your email."
                        </p>
                    }
                        .into_any()
                }}
                <div class="grid-2">
                    <PasswordField
                        label="New password"
                        name="password"
                        autocomplete="new-password"
                        hint="At least 10 characters; a few words are best"
                    />
                    <PasswordField label="Confirm password" name="confirm" autocomplete="new-password"/>
                </div>
                <p class="muted small">"It signs other browsers out, and ends access tokens and calendar links."</p>
                <Submit kind=ButtonKind::Plain>{if has_password { "Change password" } else { "Set a password" }}</Submit>
            </Form>
        </Card>
    }
    .into_any()
}

#[component]
pub(super) fn Sessions() -> impl IntoView {
    let sessions = Resource::new(|| (), |()| list_sessions());
    let toasts = toasts();
    // It is ended for good within seconds, so there is nothing to take back: whoever it was logs in again.
    let again = Callback::new(move |()| {
        sessions.refetch();
        toasts.ok("Signed out there. To come back, log in again.");
    });
    let all_again = Callback::new(move |_: u64| {
        sessions.refetch();
        toasts.ok("Signed out everywhere else. To come back, log in again.");
    });
    view! {
        <Card title="Signed in">
            <p class="muted">"When each was used last is noted to within a quarter of an hour. Ending one is final: whoever it was logs in again."</p>
            <Load
                from=sessions
                children={move |lines: Vec<SessionLine>| view! { <SessionList lines again all_again/> }}
            />
        </Card>
    }
    .into_any()
}

#[component]
fn SessionList(lines: Vec<SessionLine>, again: Callback<()>, all_again: Callback<u64>) -> impl IntoView {
    let has_others = lines.len() > 1;
    let rows = lines
        .into_iter()
        .map(|line| {
            let end = (!line.current).then(|| {
                view! {
                    <PostButton
                        action={ServerAction::<EndSession>::new()}
                        label=format!("End the session of {}", line.device)
                        fields=vec![("id".to_owned(), line.id.clone())]
                        kind=ButtonKind::Quiet
                        on_done=again
                    >
                        "End"
                    </PostButton>
                }
            });
            view! {
                <li class="list-row">
                    <span class="list-words">
                        <span>{line.device}</span>
                        <span class="muted small">
                            {format!("Last used {} · logged in {}", moment(line.last_used), moment(line.since))}
                        </span>
                    </span>
                    {line.current.then(|| view! { <Badge tone=Tone::Good>"This browser"</Badge> })}
                    {end}
                </li>
            }
        })
        .collect_view();
    view! {
        <ul class="list">{rows}</ul>
        {has_others
            .then(|| {
                view! {
                    <PostButton action={ServerAction::<EndOthers>::new()} label="End all other sessions" on_done=all_again>
                        "End all other sessions"
                    </PostButton>
                }
            })}
    }
    .into_any()
}

/// "3 June 2027, 14:05".
fn moment(at: chrono::NaiveDateTime) -> String {
    at.format("%-d %B %Y, %H:%M").to_string()
}
