//! A letter to everybody: written, looked at, and sent once.

use ledger::staff::{SUBJECT_MAX, TEXT_MAX};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::api::{
    BroadcastLine, BroadcastPreview, DiscardBroadcast, MessageChoice, SaveBroadcast, SendBroadcast, find_broadcast,
    list_broadcasts,
};
use super::frame::AdminHead;
use crate::layout::{go, leave_to};
use crate::ui::form::id_of_new;
use crate::ui::{Badge, ButtonKind, Card, EmptyState, Field, Form, Hidden, Load, PostButton, Submit, TextArea, Tone};

#[component]
pub fn BroadcastsPage() -> impl IntoView {
    let letters = Resource::new(|| (), |()| list_broadcasts());
    let id = id_of_new("save_broadcast");
    view! {
        <AdminHead title="Write to everybody"/>
        <div class="admin">
            <Card title="A new letter">
                <Letter id subject=String::new() text=String::new()/>
            </Card>
            <Card title="Letters so far">
                <Load from=letters rows=2 children={|letters: Vec<BroadcastLine>| view! { <Lines letters/> }}/>
            </Card>
        </div>
    }
    .into_any()
}

/// The form of a letter, whose button leads to where it is looked at.
#[component]
fn Letter(id: String, subject: String, text: String) -> impl IntoView {
    let check = Callback::new(|call: SaveBroadcast| call.form.parse().err().unwrap_or_default());
    let on_done = Callback::new(|id: String| leave_to(&format!("/admin/broadcast/{id}")));
    let limit = |most: usize| u32::try_from(most).unwrap_or_default();
    view! {
        <Form action={ServerAction::<SaveBroadcast>::new()} label="Letter to everybody" check on_done>
            <Hidden name="id" value=id/>
            <Field label="Subject" name="subject" maxlength=limit(SUBJECT_MAX) value=subject/>
            <TextArea label="What it says" name="text" rows=8 maxlength=limit(TEXT_MAX) value=text hint="Plain words; an empty line begins a paragraph"/>
            <Submit kind=ButtonKind::Plain icon="eye">"Look at it"</Submit>
        </Form>
    }
    .into_any()
}

#[component]
fn Lines(letters: Vec<BroadcastLine>) -> impl IntoView {
    if letters.is_empty() {
        return view! { <EmptyState icon="mail" title="Nothing was written yet" text="A letter goes to everybody whose address is confirmed."/> }
            .into_any();
    }
    let lines = letters
        .into_iter()
        .map(|letter| {
            view! {
                <li class="list-row" data-testid="broadcast">
                    <span class="list-words">
                        <a class="admin-name reach" href=format!("/admin/broadcast/{}", letter.id)>{letter.subject.clone()}</a>
                        <span class="muted small">{letter.at.clone()}</span>
                    </span>
                    <State letter/>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="list">{lines}</ul> }.into_any()
}

#[component]
fn State(letter: BroadcastLine) -> impl IntoView {
    let (tone, words) = match (letter.sent, letter.done) {
        (false, _) => (Tone::Neutral, "Not sent".to_owned()),
        (true, false) => (Tone::Near, format!("On its way to {} so far", letter.written)),
        (true, true) => (Tone::Good, format!("Written to {}", letter.written)),
    };
    view! { <Badge tone>{words}</Badge> }.into_any()
}

#[component]
pub fn BroadcastPage() -> impl IntoView {
    let id = use_params_map().with_untracked(|params| params.get("id").unwrap_or_default());
    let letter = Resource::new(|| (), move |()| find_broadcast(MessageChoice { id: id.clone() }));
    let again = Callback::new(move |()| letter.refetch());
    view! {
        <AdminHead title="Letter to everybody"/>
        <div class="admin">
            <Load from=letter children={move |preview: BroadcastPreview| view! { <Preview preview again/> }}/>
        </div>
    }
    .into_any()
}

#[component]
fn Preview(preview: BroadcastPreview, again: Callback<()>) -> impl IntoView {
    let letter = preview.letter.clone();
    let fields = vec![("id".to_owned(), letter.id.clone())];
    let gone = Callback::new(|()| go("/admin/broadcast"));
    let send = match preview.people {
        ..=0 => String::new(),
        1 => "Send it to one person".to_owned(),
        people => format!("Send it to {people} people"),
    };
    let deeds = (!letter.sent).then(|| {
        view! {
            {send.is_empty().then(|| view! { <p class="muted">"Nobody would get it: a letter goes to everybody whose address is confirmed, and nobody's is yet."</p> })}
            <div class="row">
                {(!send.is_empty())
                    .then(|| {
                        view! {
                            <PostButton
                                action={ServerAction::<SendBroadcast>::new()}
                                label=send.clone()
                                fields=fields.clone()
                                kind=ButtonKind::Primary
                                icon="mail"
                                on_done=again
                            >
                                {send.clone()}
                            </PostButton>
                        }
                    })}
                <PostButton
                    action={ServerAction::<DiscardBroadcast>::new()}
                    label="Throw it away"
                    fields
                    kind=ButtonKind::Quiet
                    icon="trash"
                    on_done=gone
                >
                    "Throw it away"
                </PostButton>
            </div>
        }
    });
    let change = (!letter.sent).then(|| {
        let (id, subject, text) = (letter.id.clone(), letter.subject.clone(), preview.text.clone());
        view! {
            <Card title="Change it">
                <Letter id subject text/>
            </Card>
        }
    });
    let (subject, text) = (letter.subject.clone(), preview.text);
    view! {
        <Card testid="preview">
            <div class="admin-who">
                <h2 class="card-title">{subject}</h2>
                <State letter/>
            </div>
            <p class="as-typed">{text}</p>
            {deeds}
        </Card>
        {change}
    }
    .into_any()
}
