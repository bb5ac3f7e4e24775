//! A new webhook, and the page of one: its secret, a test, and what came of its messages.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::api::{AddHook, DeleteHook, HookAttempt, HookChoice, HookPage as Detail, TestHook, get_hook};
use crate::layout::{go, leave_to};
use crate::ui::{
    Badge, ButtonKind, ButtonLink, Card, Checkbox, EmptyState, Field, Form, Load, PageHead, PostButton, Submit, Tone,
};

#[component]
pub fn NewHookPage() -> impl IntoView {
    let check = Callback::new(|call: AddHook| call.form.parse().err().unwrap_or_default());
    let on_done = Callback::new(|id: String| go(&format!("/settings/webhooks/{id}")));
    view! {
        <PageHead title="Add webhook" lead="A POST with JSON, signed so that your program knows it is us."/>
        <Card>
            <Form action={ServerAction::<AddHook>::new()} label="Webhook" check on_done>
                <Field
                    label="Address"
                    name="url"
                    kind="url"
                    inputmode="url"
                    maxlength=500
                    required=true
                    hint="Such as https://example.org/hook. Private networks are refused"
                />
                <fieldset class="field">
                    <legend class="field-label">"Tell it when"</legend>
                    <Checkbox label="A record is saved or deleted" name="record_saved" checked=true/>
                    <Checkbox label="A budget is crossed" name="budget_crossed" checked=true/>
                    <Checkbox label="A bill is due" name="bill_due" checked=true/>
                </fieldset>
                <div class="row">
                    <Submit kind=ButtonKind::Primary>"Add"</Submit>
                    <ButtonLink href="/settings" kind=ButtonKind::Plain>"Cancel"</ButtonLink>
                </div>
            </Form>
        </Card>
    }
    .into_any()
}

#[component]
pub fn HookPage() -> impl IntoView {
    let id = use_params_map().with_untracked(|params| params.get("id").unwrap_or_default());
    let hook = Resource::new(|| (), {
        let id = id.clone();
        move |()| get_hook(HookChoice { id: id.clone() })
    });
    let again = Callback::new(move |()| hook.refetch());
    view! {
        <PageHead title="Webhook">
            <ButtonLink href="/settings" kind=ButtonKind::Quiet icon="chevron-left">"Settings"</ButtonLink>
        </PageHead>
        <Load from=hook children={move |detail: Detail| view! { <HookCards detail again/> }}/>
    }
    .into_any()
}

#[component]
fn HookCards(detail: Detail, again: Callback<()>) -> impl IntoView {
    let fields = vec![("id".to_owned(), detail.hook.id.clone())];
    let id = detail.hook.id;
    let gone = Callback::new(move |()| leave_to(&format!("/settings?unhooked={id}")));
    let told: Vec<&str> = detail.hook.events.iter().map(|event| event.label()).collect();
    view! {
        <div class="settings">
            <Card title="Where it goes">
                <p>{detail.hook.url}</p>
                <p class="muted small">{told.join(" · ")}</p>
                <label class="field">
                    <span class="field-label">"Signing secret"</span>
                    <input class="input" type="text" readonly value=detail.secret/>
                    <span class="field-hint">
                        "Each message bears webhook-id, webhook-timestamp and webhook-signature, as Standard Webhooks says."
                    </span>
                </label>
                <div class="row">
                    <PostButton
                        action={ServerAction::<TestHook>::new()}
                        label="Send a test"
                        fields=fields.clone()
                        on_done=again
                    >
                        "Send a test"
                    </PostButton>
                    <PostButton
                        action={ServerAction::<DeleteHook>::new()}
                        label="Delete webhook"
                        fields
                        kind=ButtonKind::Quiet
                        icon="trash"
                        on_done=gone
                    >
                        "Delete webhook"
                    </PostButton>
                </div>
            </Card>
            <Attempts attempts=detail.attempts again/>
        </div>
    }
    .into_any()
}

/// "Not taken" of "not taken".
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[component]
fn Attempts(attempts: Vec<HookAttempt>, again: Callback<()>) -> impl IntoView {
    let is_empty = attempts.is_empty();
    let rows = attempts
        .into_iter()
        .map(|attempt| {
            let words = match (attempt.status, &attempt.why) {
                (Some(status), None) => format!("Taken ({status})"),
                (Some(status), Some(why)) => format!("{} ({status})", sentence(why)),
                (None, Some(why)) => sentence(why),
                (None, None) => String::new(),
            };
            let tone = if attempt.why.is_none() { Tone::Good } else { Tone::Over };
            view! {
                <li class="list-row" data-testid="attempt">
                    <span class="list-words">
                        <span>{attempt.event}</span>
                        <span class="muted small">{attempt.at}</span>
                    </span>
                    <Badge tone>{words}</Badge>
                </li>
            }
        })
        .collect_view();
    view! {
        <Card title="Last messages">
            {if is_empty {
                view! { <EmptyState icon="mail" title="Nothing was sent yet" text="Send a test to see whether it listens."/> }.into_any()
            } else {
                view! { <ul class="list">{rows}</ul> }.into_any()
            }}
            <div class="row">
                <button type="button" class=format!("{} needs-script", ButtonKind::Quiet.class()) on:click=move |_| again.run(())>
                    "Look again"
                </button>
            </div>
        </Card>
    }
    .into_any()
}
