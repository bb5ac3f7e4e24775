//! The newest records.

use leptos::prelude::*;

use ledger::Book;
use ledger::records::{Kind, Record};

use crate::layout::me;
use crate::records::{category_words, day_view};
use crate::ui::{Amount, AmountKind, Card, later};

/// How many are shown.
const SHOWN: usize = 5;

#[component]
pub(super) fn NewestRecords(book: Signal<Book>) -> impl IntoView {
    let newest = Memo::new(move |_| book.with(newest_of));
    view! {
        <Show when=move || newest.with(|newest| !newest.is_empty())>
            {later(move || view! {
                <Card title="Newest records">
                    <ul class="list">
                        <For each=move || newest.get() key=Record::clone let:record>
                            <NewestRecord book record/>
                        </For>
                    </ul>
                    <p class="card-more"><a class="reach" href="/records">"All records"</a></p>
                </Card>
            })}
        </Show>
    }
    .into_any()
}

fn newest_of(book: &Book) -> Vec<Record> {
    let mut records: Vec<&Record> = book.records.values().collect();
    records.sort_by_key(|record| std::cmp::Reverse(record.sort_key()));
    records.into_iter().take(SHOWN).cloned().collect()
}

#[component]
fn NewestRecord(book: Signal<Book>, record: Record) -> impl IntoView {
    let me = me();
    let kind = match record.kind() {
        Kind::Expense if record.flow.refund_of().is_some() => AmountKind::Income,
        Kind::Expense => AmountKind::Expense,
        Kind::Income => AmountKind::Income,
        Kind::Transfer => AmountKind::Transfer,
    };
    let named = record.clone();
    let category = Memo::new(move |_| book.with(|book| category_words(&named, book)));
    let day = day_view(record.day, me.today);
    let payee = record.payee.clone();
    let (named, below) = (!payee.is_empty(), payee.is_empty());
    view! {
        <li class="list-row newest">
            <span class="newest-words">
                <span class="newest-name">{move || if below { category.get() } else { payee.clone() }}</span>
                <span class="muted small">
                    {day} {move || named.then(|| format!(" · {}", category.get()))}
                </span>
            </span>
            <Amount text=me.format().money(record.amount) minor=record.amount.minor kind/>
        </li>
    }
    .into_any()
}
