//! `/bills`.

use chrono::NaiveDate;
use leptos::prelude::*;

use ledger::Book;
use ledger::bills::{Bill, Settlement, Status};

use super::notice::UndoNotice;
use super::row::BillRow;
use crate::book::WithBook;
use crate::layout::me;
use crate::ui::{ButtonKind, ButtonLink, Card, EmptyState, GoButton, PageHead};

const GROUPS: [(Status, &str); 4] = [
    (Status::Overdue, "Overdue"),
    (Status::Due, "Due today"),
    (Status::Upcoming, "Upcoming"),
    (Status::Settled, "Settled"),
];

#[component]
pub fn BillsPage() -> impl IntoView {
    view! {
        <PageHead title="Bills" lead="What falls due, so that nothing comes as a surprise.">
            <GoButton href="/bills/new" label="Add bill" kind=ButtonKind::Primary icon="plus">"Add bill"</GoButton>
        </PageHead>
        <UndoNotice/>
        <WithBook children={move |book: Signal<Book>| {
            let is_empty = Memo::new(move |_| book.with(|book| book.bills.is_empty()));
            view! {
                <Show when=move || is_empty.get() fallback=move || view! {
                    <div class="bills">
                        {GROUPS.map(|(status, title)| view! { <BillGroup book status title/> })}
                    </div>
                }>
                    <EmptyState
                        icon="calendar-clock"
                        title="No bills yet"
                        text="Add rent, electricity or a subscription once. Expenso shows it before it falls due, and paying it takes one click."
                    >
                        <ButtonLink href="/bills/new" kind=ButtonKind::Primary icon="plus">"Add the first bill"</ButtonLink>
                    </EmptyState>
                </Show>
            }
        }}/>
    }
    .into_any()
}

/// A bill, and how it was settled last.
pub(super) type Line = (Bill, Option<Settlement>);

#[component]
fn BillGroup(book: Signal<Book>, status: Status, title: &'static str) -> impl IntoView {
    let today = me().today;
    let lines = Memo::new(move |_| book.with(|book| lines_of(book, status, today)));
    let key = |(bill, _): &Line| (bill.id, bill.revision);
    view! {
        <Show when=move || lines.with(|lines| !lines.is_empty())>
            <Card title>
                <ul class="list">
                    <For each=move || lines.get() key let:line>
                        <BillRow book line/>
                    </For>
                </ul>
            </Card>
        </Show>
    }
    .into_any()
}

/// The earliest due first; of settled ones the one that was settled last.
fn lines_of(book: &Book, status: Status, today: NaiveDate) -> Vec<Line> {
    let last = |bill: &Bill| {
        let days = (bill.id, NaiveDate::MIN)..=(bill.id, NaiveDate::MAX);
        book.settlements.range(days).next_back().map(|(_, settled)| settled.clone())
    };
    let bills = book.bills.values().filter(|bill| bill.status(today) == status);
    let mut lines: Vec<Line> = bills.map(|bill| (bill.clone(), last(bill))).collect();
    lines.sort_by_key(|(bill, settled)| {
        let settled = settled.as_ref().filter(|_| bill.next_due.is_none()).map(|settled| settled.due);
        (bill.next().map(|next| next.day), std::cmp::Reverse(settled), bill.id)
    });
    lines
}
