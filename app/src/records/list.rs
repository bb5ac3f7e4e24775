//! The rows: those loaded, with what was saved or deleted since laid over them.

use leptos::prelude::*;

use ledger::Book;
use ledger::filter::Filter;
use ledger::list::{Cursor, DaySums, RecordPage};
use ledger::records::Record;

use super::api::list_records;
use super::row::RecordRow;
use crate::book::{BookState, Touched};
use crate::ui::{Button, ButtonLink, EmptyState, TableFrame, toasts};

#[component]
pub fn RecordList(book: Signal<Book>, filter: Memo<Filter>, first: RecordPage) -> impl IntoView {
    let loaded = RwSignal::new(first.records);
    let next = RwSignal::new(first.next);
    let days = RwSignal::new(first.days);
    let touched = BookState::here().touched();
    let rows = Memo::new(move |_| {
        touched.with(|touched| {
            book.with(|book| loaded.with(|loaded| shown(loaded, touched, &filter.get(), book, next.get().is_some())))
        })
    });
    let empty = Memo::new(move |_| rows.with(Vec::is_empty));
    view! {
        <Show when=move || empty.get() fallback=move || view! {
            <TableFrame label="Records">
                <thead>
                    <tr>
                        <th scope="col">"Date"</th>
                        <th scope="col">"Payee"</th>
                        <th scope="col">"Category"</th>
                        <th scope="col">"Account"</th>
                        <th scope="col" class="num">"Amount"</th>
                        <th scope="col"><span class="visually-hidden">"Actions"</span></th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || rows.get() key=|row| (row.0.id, row.0.revision, row.1) let:row>
                        <RecordRow book record=row.0 begins_day=row.1 filter days />
                    </For>
                </tbody>
            </TableFrame>
        }>
            <NoRecords filter />
        </Show>
        <LoadMore filter loaded next days />
    }
    .into_any()
}

/// The rows in order, each with whether it is the first of its day.
fn shown(loaded: &[Record], touched: &Touched, filter: &Filter, book: &Book, more: bool) -> Vec<(Record, bool)> {
    let end = loaded.last().map(Record::sort_key);
    let mut rows: Vec<Record> = loaded.iter().filter(|row| !touched.records.contains_key(&row.id)).cloned().collect();
    let fresh = touched.records.values().flatten().filter(|record| filter.matches(record, book));
    // What lies beyond the last row loaded comes with the page that it belongs to.
    rows.extend(fresh.filter(|record| !more || end.is_none_or(|end| record.sort_key() >= end)).cloned());
    rows.sort_by_key(|row| std::cmp::Reverse(row.sort_key()));
    let days: Vec<_> = rows.iter().map(|row| row.day).collect();
    rows.into_iter()
        .enumerate()
        .map(|(index, row)| {
            let begins = index == 0 || days[index - 1] != row.day;
            (row, begins)
        })
        .collect()
}

#[component]
fn NoRecords(filter: Memo<Filter>) -> impl IntoView {
    move || {
        if filter.get().is_empty() {
            view! {
                <EmptyState icon="receipt" title="No records yet" text="Add what you spent or earned today. It takes a few seconds.">
                    <ButtonLink href="/records/new">"Write the first one"</ButtonLink>
                </EmptyState>
            }.into_any()
        } else {
            view! {
                <EmptyState icon="search" title="No matches" text="Nothing here fits the search and the filters.">
                    <ButtonLink href="/records">"Show all records"</ButtonLink>
                </EmptyState>
            }
            .into_any()
        }
    }
}

/// Adds the next rows in place; a link to the next page until the page is interactive.
#[component]
fn LoadMore(
    filter: Memo<Filter>,
    loaded: RwSignal<Vec<Record>>,
    next: RwSignal<Option<Cursor>>,
    days: RwSignal<Vec<DaySums>>,
) -> impl IntoView {
    let interactive = RwSignal::new(false);
    Effect::new(move |_| interactive.set(true));
    let busy = RwSignal::new(false);
    let toasts = toasts();
    let load = Callback::new(move |()| {
        busy.set(true);
        leptos::task::spawn_local(async move {
            match list_records(filter.get_untracked(), next.get_untracked()).await {
                Ok(page) => {
                    loaded.try_update(|rows| rows.extend(page.records));
                    days.try_update(|days| days.extend(page.days));
                    next.try_set(page.next);
                }
                Err(error) => toasts.error(&error),
            }
            busy.try_set(false);
        });
    });
    let href = move || {
        let url = filter.get().url();
        let join = if url.contains('?') { '&' } else { '?' };
        next.get().map(|cursor| format!("{url}{join}after={cursor}"))
    };
    view! {
        <div class="load-more">
            {move || href().map(|href| if interactive.get() {
                view! { <Button on_click=load busy>"Load more"</Button> }.into_any()
            } else {
                view! { <ButtonLink href>"Load more"</ButtonLink> }.into_any()
            })}
        </div>
    }
    .into_any()
}
