//! One person: the state of their account and mail, and what staff can do about it.

use ledger::staff::WhyForm;
use leptos::html;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_params_map;
use serde::de::DeserializeOwned;

use super::api::{
    DeletePerson, KeepPerson, LetterLine, LetterState, PersonData, ResendTo, ResumePerson, SuspendPerson, find_person,
};
use super::frame::AdminHead;
use super::people::States;
use super::trail::Trail;
use crate::error::AppError;
use crate::layout::leave_to;
use crate::roles::may_call;
use crate::support::LookAtBook;
use crate::ui::form::{PostedHere, endpoint};
use crate::ui::{
    Badge, ButtonKind, Card, EmptyState, Field, Form, Hidden, Load, PostButton, Submit, Tone, browser, toasts,
};

#[component]
pub fn PersonPage() -> impl IntoView {
    let id = use_params_map().with_untracked(|params| params.get("id").unwrap_or_default());
    let person = Resource::new(|| (), move |()| find_person(id.clone()));
    let again = Callback::new(move |()| person.refetch());
    view! {
        <AdminHead title="Person"/>
        <div class="admin">
            <Load from=person children={move |person: PersonData| view! { <Cards person again/> }}/>
        </div>
    }
    .into_any()
}

#[component]
fn Cards(person: PersonData, again: Callback<()>) -> impl IntoView {
    let others = (!person.line.is_me).then(|| {
        let (line, leaving) = (person.line.clone(), person.leaves_on.is_some());
        view! { <Deeds person=line leaving again/> }
    });
    let (letters, trail) = (person.letters.clone(), person.trail.clone());
    let (user, until) = (person.line.user.clone(), person.consents_until.clone());
    view! {
        <Who person again/>
        <Letters letters/>
        <Consent user until/>
        {others}
        <Card title="What staff did">
            <Trail page=trail of_one=true/>
        </Card>
    }
    .into_any()
}

#[component]
fn Who(person: PersonData, again: Callback<()>) -> impl IntoView {
    let line = person.line;
    let leaves = person.leaves_on.map(|day| {
        let by = if person.leaves_by_staff { "staff wished it" } else { "they wished it" };
        view! { <Fact label="Will be deleted" value=format!("{day}, {by}")/> }
    });
    let facts = [
        ("Mail", line.email.clone()),
        ("Account id", line.user.clone()),
        ("Here since", line.since.clone()),
        ("Last used", person.last_used.unwrap_or_else(|| "Signed in nowhere".to_owned())),
        ("Open sessions", person.sessions.to_string()),
        ("Language and zone", format!("{}, {}", person.locale, person.time_zone)),
    ];
    let facts = facts.map(|(label, value)| view! { <Fact label value/> }).into_iter().collect_view();
    let toasts = toasts();
    let sent = Callback::new(move |()| {
        toasts.ok("A new letter is on its way");
        again.run(());
    });
    let resend = (!line.confirmed && !line.suspended).then(|| {
        view! {
            <PostButton
                action={ServerAction::<ResendTo>::new()}
                label="Send the confirmation again"
                fields=vec![("user".to_owned(), line.user.clone())]
                icon="mail"
                on_done=sent
            >
                "Send the confirmation again"
            </PostButton>
        }
    });
    let name = line.name.clone();
    view! {
        <Card testid="person">
            <div class="admin-who">
                <h2 class="card-title">{name}</h2>
                <States line/>
            </div>
            <dl class="facts">{facts}{leaves}</dl>
            {resend}
        </Card>
    }
    .into_any()
}

/// Their book, for as long as they let staff read it.
#[component]
fn Consent(user: String, until: Option<String>) -> impl IntoView {
    let on_done = Callback::new(|()| leave_to("/dashboard"));
    let inside = match until {
        Some(until) => view! {
            <p>"They let staff read their book until " <strong>{until}</strong> ". They are told of everything that you open."</p>
            <PostButton
                action={ServerAction::<LookAtBook>::new()}
                label="Look at their book"
                fields=vec![("user".to_owned(), user)]
                icon="eye"
                on_done
            >
                "Look at their book"
            </PostButton>
        }
        .into_any(),
        None => view! {
            <p class="muted">"Nobody of the staff can read it. If that would help, ask them to allow it under Support in their settings."</p>
        }
        .into_any(),
    };
    view! { <Card title="Their book">{inside}</Card> }.into_any()
}

/// More letters than that want the room of two facts.
const LONG: usize = 16;

/// A word and what it is.
#[component]
pub(super) fn Fact(label: &'static str, #[prop(into)] value: String) -> impl IntoView {
    let is_long = value.chars().count() > LONG;
    view! {
        <div class="fact" class:fact-long=is_long>
            <dt>{label}</dt>
            <dd>{value}</dd>
        </div>
    }
    .into_any()
}

#[component]
fn Letters(letters: Vec<LetterLine>) -> impl IntoView {
    let is_empty = letters.is_empty();
    let lines = letters
        .into_iter()
        .map(|letter| {
            let (tone, words, why) = match letter.state {
                LetterState::Sent(at) => (Tone::Good, format!("Sent {at}"), String::new()),
                LetterState::Waiting => (Tone::Neutral, "On its way".to_owned(), String::new()),
                LetterState::Failing(why) => (Tone::Near, "Tried again soon".to_owned(), why),
                LetterState::GivenUp(why) => (Tone::Over, "Not sent".to_owned(), why),
            };
            view! {
                <li class="list-row" data-testid="letter">
                    <span class="list-words">
                        <span>{letter.kind}</span>
                        <span class="muted small">{letter.at}</span>
                        {(!why.is_empty()).then(|| view! { <span class="small">{why}</span> })}
                    </span>
                    <Badge tone>{words}</Badge>
                </li>
            }
        })
        .collect_view();
    view! {
        <Card title="Letters">
            {if is_empty {
                view! { <EmptyState icon="mail" title="No letters lately" text="The last ten of ninety days stand here."/> }.into_any()
            } else {
                view! { <ul class="list">{lines}</ul> }.into_any()
            }}
        </Card>
    }
    .into_any()
}

/// What an administrator can do to the account of somebody else.
#[component]
fn Deeds(person: super::api::PersonLine, leaving: bool, again: Callback<()>) -> impl IntoView {
    let user = person.user;
    if !may_call(endpoint::<SuspendPerson>()) {
        return ().into_any();
    }
    view! {
        <Card title="Account">
            {if person.suspended {
                view! {
                    <WhyBox<ResumePerson>
                        title="End the suspension"
                        text="They can log in again, and get letters again."
                        action={ServerAction::<ResumePerson>::new()}
                        user=user.clone()
                        form=|call| call.form
                        kind=ButtonKind::Plain
                        again
                    />
                }.into_any()
            } else {
                view! {
                    <WhyBox<SuspendPerson>
                        title="Suspend the account"
                        text="Their sessions end at once. They cannot log in, and get no letters; their programs are told nothing. Nothing is deleted."
                        action={ServerAction::<SuspendPerson>::new()}
                        user=user.clone()
                        form=|call| call.form
                        again
                    />
                }.into_any()
            }}
            {if leaving {
                view! {
                    <WhyBox<KeepPerson>
                        title="Keep the account"
                        text="It is not deleted."
                        action={ServerAction::<KeepPerson>::new()}
                        user
                        form=|call| call.form
                        kind=ButtonKind::Plain
                        again
                    />
                }.into_any()
            } else {
                view! {
                    <WhyBox<DeletePerson>
                        title="Delete the account"
                        text="In seven days, with every book that nobody else keeps. Until then they can take their data along, and you can keep it."
                        action={ServerAction::<DeletePerson>::new()}
                        user
                        form=|call| call.form
                        again
                    />
                }.into_any()
            }}
        </Card>
    }
    .into_any()
}

/// Something that is done for a reason, folded away until it is wanted.
#[component]
fn WhyBox<S>(
    title: &'static str,
    text: &'static str,
    action: ServerAction<S>,
    user: String,
    /// The form of a call.
    form: fn(S) -> WhyForm,
    #[prop(default = ButtonKind::Danger)] kind: ButtonKind,
    again: Callback<()>,
) -> impl IntoView
where
    S: ServerFn<Error = AppError, Output = ()> + DeserializeOwned + Clone + Send + Sync + 'static,
{
    let check = Callback::new(move |call: S| form(call).parse().err().unwrap_or_default());
    let node = NodeRef::<html::Details>::new();
    // What stands in its place then is another deed, which nobody has asked for.
    let on_done = Callback::new(move |()| {
        if let Some(details) = node.get_untracked() {
            details.set_open(false);
            browser::empty_form(&details);
        }
        browser::focus_soon(vec![".fold > summary".to_owned()]);
        again.run(());
    });
    // What was refused is seen at once.
    let is_open = PostedHere::of(endpoint::<S>()).is_some();
    view! {
        <details class="fold" open=is_open node_ref=node>
            <summary>{title}</summary>
            <Form action label=title check on_done>
                <p class="muted">{text}</p>
                <Hidden name="user" value=user/>
                <Field label="Reason" name="why" maxlength=200 hint="Stands in the audit trail, which they can read"/>
                <Submit kind>{title}</Submit>
            </Form>
        </details>
    }
    .into_any()
}
