//! The buttons of a bill. Each works without JavaScript; with it, what it did can be taken back from the toast.

use chrono::NaiveDate;
use leptos::prelude::*;

use ledger::bills::Bill;
use ledger::id::{BillId, RecordId};
use ledger::{Book, Changes};

use super::api::{BillChoice, DeleteBill, DueChoice, PayBill, ReopenBill, SkipBill, reopen_bill, restore_bill};
use crate::book::BookState;
use crate::layout::me;
use crate::ui::{ButtonKind, PostButton, Toasts, toasts};

/// Pays `due` with the amount of the bill, today, from its account.
#[component]
pub(super) fn MarkPaid(book: Signal<Book>, bill: Bill, due: NaiveDate) -> impl IntoView {
    let (state, toasts, format) = (BookState::here(), toasts(), me().format());
    let (id, amount) = (bill.id, bill.occurrence(due).amount);
    let words = format!("Paid {} · {}", bill.name, format.money(amount));
    let on_done = Callback::new(move |changes: Changes| {
        state.merge(&changes);
        tell_paid(state, toasts, id, due, &words);
        book.with_untracked(|book| crate::budgets::tell_crossed(&changes, book, toasts, format));
    });
    // The page that is hydrated keeps the id that the server wrote into it.
    let record = RecordId(uuid::Uuid::now_v7()).to_string();
    let mut fields = fields_of(id, due);
    fields.push(("record".to_owned(), record));
    view! {
        <PostButton action={ServerAction::<PayBill>::new()} label="Mark paid" fields icon="check" on_done>
            "Mark paid"
        </PostButton>
    }
    .into_any()
}

#[component]
pub(super) fn Skip(name: String, id: BillId, due: NaiveDate) -> impl IntoView {
    let (state, toasts) = (BookState::here(), toasts());
    let on_done = Callback::new(move |changes: Changes| {
        state.merge(&changes);
        toasts.with_undo(format!("Skipped {name}"), move || reopen(state, toasts, id, due));
    });
    let fields = fields_of(id, due);
    view! {
        <PostButton action={ServerAction::<SkipBill>::new()} label="Skip" fields kind=ButtonKind::Quiet on_done>
            "Skip"
        </PostButton>
    }
    .into_any()
}

/// Takes the last payment or skip of a settled bill back.
#[component]
pub(super) fn Reopen(id: BillId, due: NaiveDate) -> impl IntoView {
    let (state, toasts) = (BookState::here(), toasts());
    let on_done = Callback::new(move |changes: Changes| {
        state.merge(&changes);
        toasts.ok("Bill opened again");
    });
    let fields = fields_of(id, due);
    view! {
        <PostButton action={ServerAction::<ReopenBill>::new()} label="Reopen" fields kind=ButtonKind::Quiet on_done>
            "Reopen"
        </PostButton>
    }
    .into_any()
}

#[component]
pub(super) fn Delete(name: String, id: BillId) -> impl IntoView {
    let (state, toasts) = (BookState::here(), toasts());
    let on_done = Callback::new(move |changes: Changes| {
        state.merge(&changes);
        toasts.with_undo(format!("Deleted {name}"), move || restore(state, toasts, id));
    });
    let fields = vec![("id".to_owned(), id.to_string())];
    view! {
        <PostButton
            action={ServerAction::<DeleteBill>::new()}
            label="Delete"
            fields
            kind=ButtonKind::Quiet
            icon="trash"
            on_done/>
    }
    .into_any()
}

/// Says what was paid; undo takes the payment and its record back.
pub(super) fn tell_paid(state: BookState, toasts: Toasts, id: BillId, due: NaiveDate, words: &str) {
    toasts.with_undo(words, move || reopen(state, toasts, id, due));
}

pub(super) fn fields_of(bill: BillId, due: NaiveDate) -> Vec<(String, String)> {
    vec![("bill".to_owned(), bill.to_string()), ("due".to_owned(), due.to_string())]
}

fn reopen(state: BookState, toasts: Toasts, bill: BillId, due: NaiveDate) {
    leptos::task::spawn_local(async move {
        match reopen_bill(DueChoice { bill: bill.to_string(), due: due.to_string() }).await {
            Ok(changes) => state.merge(&changes),
            Err(error) => toasts.error(&error),
        }
    });
}

fn restore(state: BookState, toasts: Toasts, bill: BillId) {
    leptos::task::spawn_local(async move {
        match restore_bill(BillChoice { id: bill.to_string() }).await {
            Ok(changes) => state.merge(&changes),
            Err(error) => toasts.error(&error),
        }
    });
}
