//! One bill in the list.

use leptos::either::Either;
use leptos::prelude::*;

use ledger::Book;
use ledger::bills::{Bill, Settlement};
use ledger::recurrence::Repeats;

use super::deeds::{Delete, MarkPaid, Reopen, Skip};
use super::page::Line;
use super::words::{day_of, due_words, tone_of};
use crate::layout::me;
use crate::ui::{Badge, ButtonKind, GoButton};

#[component]
pub(super) fn BillRow(book: Signal<Book>, line: Line) -> impl IntoView {
    let (bill, settled) = line;
    let amount = me().format().money(bill.amount);
    let known = bill.clone();
    let about = move || book.with(|book| about(&known, book));
    let actions = match (bill.next_due, &settled) {
        (Some(_), _) => Either::Left(view! { <OpenActions book bill=bill.clone()/> }),
        (None, last) => Either::Right(last.as_ref().map(|last| view! { <Reopen id=bill.id due=last.due/> })),
    };
    view! {
        <li class="list-row bill" data-testid="bill">
            <div class="bill-words">
                <span class="bill-name">{bill.name.clone()}</span>
                <span class="muted small">{about}</span>
            </div>
            <DueDay bill=bill.clone() settled/>
            <span class="bill-amount num" data-minor=bill.amount.minor.to_string()>{amount}</span>
            <div class="bill-actions">
                {actions}
                <Delete name=bill.name id=bill.id/>
            </div>
        </li>
    }
    .into_any()
}

/// "Every month · Rent · Bank"
fn about(bill: &Bill, book: &Book) -> String {
    let plan = (bill.repeats != Repeats::Once).then(|| bill.repeats.words());
    let category = bill.category.map(|id| book.category_name(Some(id)).to_owned());
    let account = bill.account.map(|id| book.account_name(id).to_owned());
    plan.into_iter().chain(category).chain(account).collect::<Vec<_>>().join(" · ")
}

/// When it falls due next, or how it was settled.
#[component]
fn DueDay(bill: Bill, settled: Option<Settlement>) -> impl IntoView {
    let today = me().today;
    let tone = tone_of(bill.status(today));
    let (day, words) = match (bill.next_due, settled) {
        (Some(due), _) => (Some(due), due_words(due, today)),
        (None, Some(Settlement { due, record, .. })) => {
            (Some(due), if record.is_some() { "Paid".to_owned() } else { "Skipped".to_owned() })
        }
        (None, None) => (None, "Settled".to_owned()),
    };
    view! {
        <div class="bill-due">
            {day.map(|day| view! { <time datetime=day.to_string()>{day_of(day, today)}</time> })}
            <Badge tone>{words}</Badge>
        </div>
    }
    .into_any()
}

#[component]
fn OpenActions(book: Signal<Book>, bill: Bill) -> impl IntoView {
    let edit = format!("/bills/{}/edit", bill.id);
    bill.next_due.map(|due| {
        view! {
            <MarkPaid book bill=bill.clone() due/>
            <Skip name=bill.name id=bill.id due/>
            <GoButton href=edit label="Edit" kind=ButtonKind::Quiet icon="pencil"/>
        }
    })
}
