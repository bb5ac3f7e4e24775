//! One bill in the list.

use leptos::either::Either;
use leptos::prelude::*;

use ledger::Book;
use ledger::bills::Bill;
use ledger::id::BillId;
use ledger::recurrence::Repeats;

use super::deeds::{Delete, MarkPaid, Reopen, Skip};
use super::due::DueDay;
use super::page::Line;
use super::pay_form::PayOther;
use super::words::{amount_of, plan_of};
use crate::book::{Beside, Part};
use crate::layout::me;
use crate::ui::{ButtonKind, GoButton};

#[component]
pub(super) fn BillRow(book: Signal<Book>, line: Line) -> impl IntoView {
    let (bill, settled) = line;
    let me = me();
    let today = me.today;
    let shown = bill.occurrence(bill.planned_due());
    let known = bill.clone();
    let about = move || book.with(|book| about(&known, book));
    let (beside, id) = (Beside::<BillId>::here(), bill.id);
    let edit = form_page(id);
    let on_edit = Callback::new(move |()| beside.open(Part::Form, id, &form_page(id)));
    let actions = match (bill.next_due, &settled) {
        (Some(_), _) => Either::Left(view! { <OpenActions book bill=bill.clone()/> }),
        (None, last) => Either::Right(last.as_ref().map(|last| view! { <Reopen id=bill.id due=last.due/> })),
    };
    view! {
        <li
            class="list-row bill"
            class:is-chosen=move || beside.shows(id)
            on:focus=move |_| beside.follow(id)
            data-testid="bill"
        >
            <div class="bill-words">
                <a class="bill-name reach" href=format!("/bills/{id}") on:click=move |event| beside.follow_link(&event, id)>
                    {bill.name.clone()}
                </a>
                <span class="muted small">{about}</span>
            </div>
            <DueDay next=bill.next() status=bill.status(today) settled/>
            <span class="bill-amount num" data-minor=shown.amount.minor.to_string()>{amount_of(&shown, me.format())}</span>
            <div class="bill-actions">
                {actions}
                <GoButton href=edit label="Edit" kind=ButtonKind::Quiet icon="pencil" on_click=on_edit/>
                <Delete name=bill.name id=bill.id/>
            </div>
        </li>
    }
    .into_any()
}

/// Where a bill is edited.
pub(super) fn form_page(id: BillId) -> String {
    format!("/bills/{id}/edit")
}

/// "Every month · Rent · Bank"
fn about(bill: &Bill, book: &Book) -> String {
    let plan = (bill.repeats != Repeats::Once).then(|| plan_of(bill));
    let category = bill.category.map(|id| book.category_name(Some(id)).to_owned());
    let account = bill.account.map(|id| book.account_name(id).to_owned());
    plan.into_iter().chain(category).chain(account).collect::<Vec<_>>().join(" · ")
}

#[component]
fn OpenActions(book: Signal<Book>, bill: Bill) -> impl IntoView {
    bill.next_due.map(|due| {
        view! {
            <MarkPaid book bill=bill.clone() due/>
            <Skip name=bill.name.clone() id=bill.id due/>
            <PayOther bill due/>
        }
    })
}
