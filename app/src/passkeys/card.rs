//! The card of the settings: the passkeys there are, and another one.

use leptos::prelude::*;

use super::PasskeysHere;
use super::add::AddButton;
use super::api::{PasskeyLine, RemovePasskey, RenamePasskey, list_passkeys};
use crate::ui::form::{PostedHere, endpoint};
use crate::ui::{ButtonKind, Card, Field, Form, Hidden, Load, PostButton, Submit};

/// Nothing where the server has no name that browsers know passkeys for.
#[component]
pub(crate) fn PasskeysCard() -> impl IntoView {
    if !PasskeysHere::are_possible() {
        return ().into_any();
    }
    let keys = Resource::new(|| (), |()| list_passkeys());
    let again = Callback::new(move |()| keys.refetch());
    view! {
        <Card title="Passkeys" testid="passkeys">
            <p class="muted">
                "With a passkey you log in by fingerprint, face or the PIN of your device, without password and code. Nobody can phish or guess it."
            </p>
            <Load from=keys rows=1 children={move |lines: Vec<PasskeyLine>| view! { <Lines lines again/> }}/>
            <AddButton on_added=again/>
        </Card>
    }
    .into_any()
}

#[component]
fn Lines(lines: Vec<PasskeyLine>, again: Callback<()>) -> impl IntoView {
    if lines.is_empty() {
        return ().into_any();
    }
    let rows = lines.into_iter().map(|line| view! { <Line line again/> }).collect_view();
    view! {
        <ul class="list" aria-label="Passkeys">{rows}</ul>
        <p class="muted small">"A passkey that is deleted here does not come back: add a new one."</p>
    }
    .into_any()
}

#[component]
fn Line(line: PasskeyLine, again: Callback<()>) -> impl IntoView {
    let day = |day: chrono::NaiveDate| day.format("%-d %B %Y").to_string();
    let used = line.last_used.map_or_else(|| "never used".to_owned(), |last| format!("last used {}", day(last)));
    // Two of the same browser are told apart by their days.
    let which = format!("the passkey {} of {}", line.name, day(line.since));
    let (delete, rename) = (format!("Delete {which}"), format!("Rename {which}"));
    let (form, fields) = (format!("rename-{}", line.id), vec![("id".to_owned(), line.id.clone())]);
    let words = format!("Added {} · {used}", day(line.since));
    let PasskeyLine { id, name, .. } = line;
    // What was refused is seen at once.
    let posted = PostedHere::of(endpoint::<RenamePasskey>());
    let is_open = posted.is_some_and(|posted| posted.values.get("id") == Some(&id));
    let check = Callback::new(|call: RenamePasskey| call.form.parse().err().unwrap_or_default());
    view! {
        <li class="list-row passkey">
            <span class="list-words">
                <span>{name.clone()}</span>
                <span class="muted small">{words}</span>
            </span>
            <PostButton
                action={ServerAction::<RemovePasskey>::new()}
                label=delete
                fields
                kind=ButtonKind::Quiet
                icon="trash"
                on_done=again
            >
                "Delete"
            </PostButton>
            <details class="passkey-rename" open=is_open>
                <summary aria-label=rename.clone()>"Rename"</summary>
                <Form
                    action={ServerAction::<RenamePasskey>::new()}
                    id=form
                    label=rename
                    check
                    on_done=again
                >
                    <Hidden name="id" value=id/>
                    <Field label="Call it" name="name" value=name autocomplete="off" maxlength=80/>
                    <Submit kind=ButtonKind::Plain>"Rename"</Submit>
                </Form>
            </details>
        </li>
    }
    .into_any()
}
