//! `/bills/settled`: the bills of which nothing more falls due, however long ago.

use leptos::either::Either;
use leptos::prelude::*;

use ledger::bills::Settled;

use super::api::{SETTLED_SHOWN, load_settled_bills};
use super::words::day_of;
use crate::book::BookState;
use crate::error::AppError;
use crate::layout::me;
use crate::roles::may_open;
use crate::ui::{ButtonKind, ButtonLink, Card, EmptyState, Load, PageHead, query_here};

const PATH: &str = "/bills/settled";

#[component]
pub fn SettledBillsPage() -> impl IntoView {
    let (query, touched) = (query_here(), BookState::here().touched());
    let before = Memo::new(move |_| query.read().get("before").unwrap_or_default());
    let found =
        Resource::new(move || (before.get(), touched.get().answers), move |(before, _)| load_settled_bills(before));
    view! {
        <PageHead title="Settled bills" lead="Nothing more falls due of them.">
            <ButtonLink href="/bills" kind=ButtonKind::Quiet>"All bills"</ButtonLink>
        </PageHead>
        <Load from=found children={move |found: Vec<Settled>| view! { <SettledList found/> }}/>
    }
    .into_any()
}

#[component]
fn SettledList(found: Vec<Settled>) -> impl IntoView {
    if found.is_empty() {
        return view! { <Card><p class="muted">"No bill is settled for good yet."</p></Card> }.into_any();
    }
    let shown = found.get(..SETTLED_SHOWN);
    let older = shown.filter(|shown| shown.len() < found.len()).and_then(<[Settled]>::last);
    let older = older.map(|last| {
        let href = format!("{PATH}?before={}", last.bill);
        view! { <p class="card-more"><a class="reach" href=href>"Older ones"</a></p> }
    });
    let rows = found.iter().take(SETTLED_SHOWN).cloned().map(|bill| view! { <SettledRow bill/> }).collect_view();
    view! {
        <Card>
            <ul class="list">{rows}</ul>
            {older}
        </Card>
    }
    .into_any()
}

#[component]
fn SettledRow(bill: Settled) -> impl IntoView {
    let me = me();
    let last = bill.last.map(|last| {
        view! { <time class="muted small" datetime=last.to_string()>{format!("Last due {}", day_of(last, me.today))}</time> }
    });
    view! {
        <li class="list-row" data-testid="settled-bill">
            <span class="list-words">
                <a class="bill-name reach" href=format!("/bills/{}", bill.bill)>{bill.name}</a>
                {last}
            </span>
            <span class="num bill-ahead-amount" data-minor=bill.amount.minor.to_string()>{me.format().money(bill.amount)}</span>
        </li>
    }
    .into_any()
}

/// Where no bill is open, and none was settled lately.
#[component]
pub(super) fn NoBills(
    /// Those settled long ago.
    settled: Resource<Result<Vec<Settled>, AppError>>,
) -> impl IntoView {
    let empty = |settled: Vec<Settled>| {
        if settled.is_empty() {
            return Either::Left(view! { <NoBillsYet/> });
        }
        Either::Right(view! {
            <EmptyState icon="calendar-clock" title="No open bills" text="All that were added are settled.">
                <ButtonLink href=PATH>"Settled bills"</ButtonLink>
                <ButtonLink href="/bills/new" kind=ButtonKind::Primary icon="plus">"Add a bill"</ButtonLink>
            </EmptyState>
        })
    };
    view! { <Load from=settled children=empty/> }.into_any()
}

#[component]
fn NoBillsYet() -> impl IntoView {
    view! {
        <EmptyState
            icon="calendar-clock"
            title="No bills yet"
            text=if may_open("/bills/new") {
                "Add rent, electricity or a subscription once. Expenso shows it before it falls due, and paying it takes one click."
            } else {
                "What the people of this book add shows here before it falls due."
            }
        >
            <ButtonLink href="/bills/new" kind=ButtonKind::Primary icon="plus">"Add the first bill"</ButtonLink>
        </EmptyState>
    }
    .into_any()
}

/// The way to those that the list of bills no longer holds.
#[component]
pub(super) fn SettledLink() -> impl IntoView {
    view! { <p class="card-more"><a class="reach" href=PATH>"Settled bills"</a></p> }.into_any()
}
