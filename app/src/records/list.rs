//! The rows: those loaded, with what was saved or deleted since laid over them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use leptos::prelude::*;

use ledger::Book;
use ledger::filter::Filter;
use ledger::id::RecordId;
use ledger::list::{Cursor, RecordPage};
use ledger::records::Record;

use super::api::list_records;
use super::days::DayTotals;
use super::editor::Editor;
use super::press::Press;
use super::row::RecordRow;
use super::select::Selection;
use super::swipe::Swipe;
use super::url::list_url;
use crate::book::{BookState, Touched};
use crate::error::AppError;
use crate::layout::send_to_login;
use crate::roles::may_open;
use crate::ui::{Button, ButtonKind, ButtonLink, EmptyState, GoButton, TableFrame, Toasts, Waits, later, toasts};

#[component]
pub fn RecordList(
    book: Signal<Book>,
    filter: Memo<Filter>,
    first: RecordPage,
    /// The URL of this list.
    here: Memo<String>,
) -> impl IntoView {
    let selection = Selection::here();
    let fetched_at = first.revision;
    let days = DayTotals::new(book, filter, first.days);
    let more = More::new(filter, first.records, first.next, days);
    let swipe = Swipe::new();
    let (touched, on_their_way) = (BookState::here().touched(), BookState::here().on_their_way());
    let rows = Memo::new(move |_| {
        let beyond = more.next.with(Option::is_some);
        let (filter, ahead) = (filter.get(), on_their_way.get());
        touched.with(|touched| {
            book.with(|book| {
                more.loaded.with(|loaded| shown(loaded, fetched_at, (touched, &ahead), &filter, book, beyond))
            })
        })
    });
    let press = Press::new(rows);
    let begins = Memo::new(move |_| rows.with(|rows| first_of_days(rows)));
    let empty = Memo::new(move |_| rows.with(Vec::is_empty));
    Effect::new(move |before: Option<u32>| {
        let answers = touched.with(|touched| touched.answers);
        if before.is_some_and(|before| before != answers) {
            let listed: BTreeSet<NaiveDate> = rows.with_untracked(|rows| rows.iter().map(|row| row.day).collect());
            let stale = |touched: &Touched| touched.days_since(fetched_at).filter(|day| listed.contains(day)).collect();
            days.ask_again(touched.with_untracked(stale));
        }
        answers
    });
    view! {
        <Show when=move || empty.get() fallback=move || later(move || view! {
            <div class:selecting=move || selection.on.get()>
            <TableFrame label="Records">
                <thead>
                    <tr>
                        <th scope="col">"Date"</th>
                        <th scope="col">"Payee"</th>
                        <th scope="col" class="record-category-cell">"Category"</th>
                        <th scope="col" class="record-account">"Account"</th>
                        <th scope="col" class="num">"Amount"</th>
                        <th scope="col"><span class="visually-hidden">"Actions"</span></th>
                    </tr>
                </thead>
                <tbody
                    on:pointerdown=move |event| {
                        swipe.begin(&event);
                        press.begin(&event);
                    }
                    on:pointermove=move |event| swipe.go_on(&event)
                    on:pointerup=move |event| swipe.end(&event)
                    on:click=move |event| press.end(&event)
                >
                    // All of the record: what was guessed of a revision may differ from what the server says of it.
                    <For each=move || rows.get() key=Record::clone let:record>
                        {later(move || view! { <RecordRow book record begins days here rows /> })}
                    </For>
                </tbody>
            </TableFrame>
            </div>
        })>
            <NoRecords filter />
        </Show>
        <LoadMore more />
    }
    .into_any()
}

/// The rows in order: those of the list that was fetched at a revision, what was written since, and what is on its way.
fn shown(
    loaded: &[Record],
    fetched_at: i64,
    (touched, ahead): (&Touched, &BTreeMap<RecordId, Option<Record>>),
    filter: &Filter,
    book: &Book,
    more: bool,
) -> Vec<Record> {
    let end = loaded.last().map(Record::sort_key);
    let is_settled = |record: &&Record| !ahead.contains_key(&record.id);
    let mut rows: Vec<Record> = touched.still(loaded).filter(is_settled).cloned().collect();
    let fresh = touched.fresh(fetched_at, loaded).filter(is_settled).chain(ahead.values().flatten());
    let fresh = fresh.filter(|record| filter.matches(record, book));
    // What lies beyond the last row loaded comes with the page that it belongs to.
    rows.extend(fresh.filter(|record| !more || end.is_none_or(|end| record.sort_key() >= end)).cloned());
    rows.sort_by_key(|row| std::cmp::Reverse(row.sort_key()));
    rows
}

/// The rows that begin a day.
fn first_of_days(rows: &[Record]) -> BTreeSet<RecordId> {
    rows.chunk_by(|one, next| one.day == next.day).filter_map(|day| Some(day.first()?.id)).collect()
}

#[component]
fn NoRecords(filter: Memo<Filter>) -> impl IntoView {
    let editor = Editor::here();
    move || {
        if filter.get().is_empty() {
            view! {
                <EmptyState
                    icon="receipt"
                    title="No records yet"
                    text=if may_open("/records/new") {
                        "Add what you spent or earned today. It takes a few seconds."
                    } else {
                        "What the people of this book write down shows here."
                    }
                >
                    <GoButton
                        href="/records/new"
                        label="Write the first one"
                        kind=ButtonKind::Plain
                        on_click=Callback::new(move |()| editor.add())
                    >
                        "Write the first one"
                    </GoButton>
                </EmptyState>
            }
            .into_any()
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

/// The rows loaded so far, and the way to the next ones.
#[derive(Clone, Copy)]
struct More {
    filter: Memo<Filter>,
    loaded: RwSignal<Vec<Record>>,
    next: RwSignal<Option<Cursor>>,
    days: DayTotals,
    busy: RwSignal<bool>,
    toasts: Toasts,
    waits: Waits,
}

impl More {
    fn new(filter: Memo<Filter>, loaded: Vec<Record>, next: Option<Cursor>, days: DayTotals) -> Self {
        let (loaded, next) = (RwSignal::new(loaded), RwSignal::new(next));
        Self { filter, loaded, next, days, busy: RwSignal::new(false), toasts: toasts(), waits: Waits::here() }
    }

    /// A toast offers it again after a failure, perhaps when the list is left already.
    fn load(self) {
        let (Some(filter), Some(next)) = (self.filter.try_get_untracked(), self.next.try_get_untracked()) else {
            return;
        };
        self.busy.set(true);
        leptos::task::spawn_local(async move {
            match self.waits.answer(list_records(filter, next)).await {
                Ok(page) => {
                    self.loaded.try_update(|rows| rows.extend(page.records));
                    self.days.add(page.days);
                    self.next.try_set(page.next);
                }
                Err(AppError::SignedOut) => send_to_login(),
                Err(error) => self.toasts.error_with_retry(&error, move || self.load()),
            }
            self.busy.try_set(false);
        });
    }
}

/// Adds the next rows in place; a link to the next page until the page is interactive.
#[component]
fn LoadMore(more: More) -> impl IntoView {
    let interactive = RwSignal::new(false);
    Effect::new(move |_| interactive.set(true));
    let load = Callback::new(move |()| more.load());
    let href = move || more.next.get().map(|next| list_url(&more.filter.get(), Some(next)));
    view! {
        <div class="load-more">
            {move || href().map(|href| if interactive.get() {
                view! { <Button on_click=load busy=more.busy>"Load more"</Button> }.into_any()
            } else {
                view! { <ButtonLink href>"Load more"</ButtonLink> }.into_any()
            })}
        </div>
    }
    .into_any()
}
