//! The people here, found by their address.

use leptos::prelude::*;

use ledger::filter::escaped;

use super::api::{FoundPeople, PersonLine, find_persons};
use super::frame::AdminHead;
use crate::ui::{Badge, ButtonKind, ButtonLink, Card, EmptyState, Icon, Load, Tone, query_here};

#[component]
pub fn PeoplePage() -> impl IntoView {
    let query = query_here();
    let asked = Memo::new(move |_| {
        query.with(|query| (query.get("q").unwrap_or_default(), query.get("after").unwrap_or_default()))
    });
    let found = Resource::new(move || asked.get(), |(typed, after)| find_persons(typed, after));
    view! {
        <AdminHead title="People"/>
        <div class="admin">
            <form class="admin-find" method="get" action="/admin/users" role="search">
                <div class="search">
                    <Icon name="search"/>
                    <input
                        class="input"
                        type="search"
                        name="q"
                        aria-label="Find a person"
                        placeholder="Address or id"
                        autocomplete="off"
                        autocapitalize="off"
                        value=asked.get_untracked().0
                    />
                </div>
                <button type="submit" class=ButtonKind::Plain.class()>"Find"</button>
            </form>
            <Card>
                <Load from=found children={move |found: FoundPeople| view! { <Lines found typed=asked.get_untracked().0/> }}/>
            </Card>
        </div>
    }
    .into_any()
}

#[component]
fn Lines(found: FoundPeople, typed: String) -> impl IntoView {
    if found.people.is_empty() {
        return view! {
            <EmptyState icon="search" title="Nobody was found" text="Type how the address begins, or a whole id."/>
        }
        .into_any();
    }
    let more = found.next.map(|after| format!("/admin/users?q={}&after={after}", escaped(&typed)));
    let lines = found.people.into_iter().map(|line| view! { <Line line/> }).collect_view();
    view! {
        <ul class="list" aria-label="People">{lines}</ul>
        {more.map(|href| view! { <div class="row"><ButtonLink href>"More people"</ButtonLink></div> })}
    }
    .into_any()
}

#[component]
fn Line(line: PersonLine) -> impl IntoView {
    view! {
        <li class="list-row" data-testid="account">
            <span class="list-words">
                <a class="admin-name reach" href=format!("/admin/users/{}", line.user)>{line.name.clone()}</a>
                <span class="small">{line.email.clone()}</span>
                <span class="muted small">"Since " {line.since.clone()}</span>
            </span>
            <States line/>
        </li>
    }
    .into_any()
}

/// What is not usual about an account.
#[component]
pub(super) fn States(line: PersonLine) -> impl IntoView {
    view! {
        <span class="admin-states">
            {(!line.rank.is_empty()).then(|| view! { <Badge tone=Tone::Info>{line.rank}</Badge> })}
            {line.is_me.then(|| view! { <Badge>"You"</Badge> })}
            {(!line.confirmed).then(|| view! { <Badge tone=Tone::Near>"Not confirmed"</Badge> })}
            {line.suspended.then(|| view! { <Badge tone=Tone::Over>"Suspended"</Badge> })}
            {line.leaves.then(|| view! { <Badge tone=Tone::Over>"Being deleted"</Badge> })}
        </span>
    }
    .into_any()
}
