//! `/records`.

use leptos::prelude::*;

use ledger::Book;
use ledger::filter::Filter;
use ledger::list::{Cursor, FilterSums, RecordPage};

use super::api::{list_records, sum_records};
use super::bulk::BulkBar;
use super::editor::AddRecord;
use super::filters::{Filters, filter_words, read_filter};
use super::list::RecordList;
use super::select::Selection;
use super::undo::UndoNotice;
use super::unrated::UnratedNote;
use super::url::list_url;
use crate::book::{BookState, WithBook};
use crate::error::AppError;
use crate::layout::me;
use crate::ui::{Icon, Load, PageHead, later, query_here};

#[component]
pub fn RecordsPage() -> impl IntoView {
    let query = query_here();
    let filter = Memo::new(move |_| read_filter(&query.read()));
    let selection = Selection::provide();
    Effect::new(move |_| {
        filter.track();
        selection.clear();
    });
    let after = Memo::new(move |_| query.read().get("after").and_then(|text| text.parse::<Cursor>().ok()));
    // Where a form without JavaScript comes back to.
    let here = Memo::new(move |_| list_url(&filter.get(), after.get()));
    // Made here and not below: what lies inside something that is waited for is made more than once on the server.
    let touched = BookState::here().touched();
    let reloads = Memo::new(move |_| touched.with(|touched| touched.reloads));
    let page = Resource::new(
        move || (filter.get(), after.get(), reloads.get()),
        |(filter, after, _)| list_records(filter, after),
    );
    let sums = Resource::new(
        move || (filter.get(), touched.with(|touched| touched.answers)),
        |(filter, answers)| async move { sum_records(filter).await.map(|sums| (answers, sums)) },
    );
    view! {
        <PageHead title="Records">
            <AddRecord />
        </PageHead>
        <UndoNotice list=here />
        <WithBook children={move |book: Signal<Book>| view! {
            <Filters book filter />
            {later(move || view! { <div class="list-head"><Sums book filter sums /> <SelectButton /></div> })}
            <Show when=move || after.get().is_some()>
                <p><a href=move || filter.get().url()>"Newest records"</a></p>
            </Show>
            <Show when=move || filter.get().without_rate><UnratedNote book/></Show>
            <BulkBar book filter />
            <Load from=page children={move |first: RecordPage| view! { <RecordList book filter first here /> }} />
        }} />
    }
    .into_any()
}

/// Begins to select rows, where no key and no pointer would.
#[component]
fn SelectButton() -> impl IntoView {
    let selection = Selection::here();
    view! {
        <Show when=move || selection.possible && !selection.on.get()>
            <button
                type="button"
                class="button button-quiet needs-script"
                data-command="Select records"
                on:click=move |_| selection.on.set(true)
            >
                <Icon name="square-check" />
                <span>"Select"</span>
            </button>
        </Show>
    }
    .into_any()
}

/// After how many answers it was asked for, and the exact sum of what is filtered.
type Summed = (u32, FilterSums);

/// The exact sum of what is filtered, with what was done since it was asked for.
#[component]
fn Sums(book: Signal<Book>, filter: Memo<Filter>, sums: Resource<Result<Summed, AppError>>) -> impl IntoView {
    let (format, state) = (me().format(), BookState::here());
    let (touched, on_their_way) = (state.touched(), state.shifts());
    let now = move |(answers, sums): &Summed| {
        let (filter, mut now) = (filter.get(), sums.clone());
        book.with(|book| {
            touched.with(|touched| touched.done_since(*answers).for_each(|shift| now.shift(shift, &filter, book)));
            on_their_way.with(|shifts| shifts.iter().for_each(|shift| now.shift(shift, &filter, book)));
        });
        now
    };
    view! {
        <Load from=sums rows=1 children={move |sums: Summed| move || {
            let sums = now(&sums);
            let what = move || book.with(|book| filter_words(&filter.get(), book));
            let records = if sums.count == 1 { "record" } else { "records" };
            let count = format!("{} {records}", format.grouped(sums.count.unsigned_abs()));
            let part = |label: &'static str, testid: &'static str, amounts: &[ledger::Money]| {
                amounts.iter().map(|money| view! {
                    <div>
                        <dt>{label}</dt>
                        <dd class="num" data-testid=testid data-minor=money.minor.to_string()>{format.money(*money)}</dd>
                    </div>
                }).collect_view()
            };
            view! {
                <section class="sums" aria-label="Sum of the records shown">
                    <p class="muted">
                        <span data-testid="sum-count" data-count=sums.count.to_string()>{count}</span>
                        {move || if what().is_empty() { "" } else { " · " }} <span>{what}</span>
                    </p>
                    <dl>
                        {part("Expenses", "sum-expenses", &sums.expenses)}
                        {part("Income", "sum-income", &sums.income)}
                        {part("Transfers", "sum-transfers", &sums.transfers)}
                    </dl>
                </section>
            }
        }} />
    }
    .into_any()
}
