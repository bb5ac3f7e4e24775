//! One record in the list.

use leptos::prelude::*;

use ledger::filter::Filter;
use ledger::list::DaySums;
use ledger::period::Period;
use ledger::records::{Kind, Record};
use ledger::totals::TotalKind;
use ledger::{Book, Changes, Money};

use super::api::{DeleteRecord, RecordChoice, restore_record};
use super::editor::{Editor, GoButton};
use super::words::day_words;
use crate::book::BookState;
use crate::layout::me;
use crate::ui::{Amount, AmountKind, Icon, PostButton, toasts};

#[component]
pub fn RecordRow(
    book: Signal<Book>,
    record: Record,
    begins_day: bool,
    filter: Memo<Filter>,
    days: RwSignal<Vec<DaySums>>,
) -> impl IntoView {
    let me = me();
    let format = me.format();
    let (flow, account, day) = (record.flow, record.account, record.day);
    let kind = record.kind();
    let category = move || match kind {
        Kind::Transfer => "Transfer".to_owned(),
        _ => book.with(|book| book.category_name(flow.category()).to_owned()),
    };
    let accounts = move || {
        book.with(|book| match flow.to_account() {
            Some(to) => format!("{} → {}", book.account_name(account), book.account_name(to)),
            None => book.account_name(account).to_owned(),
        })
    };
    let whole_days = move || filter.with(|filter| Filter { from: None, to: None, ..filter.clone() }.is_empty());
    let total = move || {
        let kept = whole_days().then(|| book.with(|book| kept_total(book, day))).flatten();
        kept.or_else(|| days.with(|days| listed_total(days, day)))
    };
    let day_total = move || {
        begins_day.then(total).flatten().map(|total| {
            view! { <span class="day-total num">{format.money(total)}</span> }
        })
    };
    let amount_kind = match kind {
        Kind::Expense => AmountKind::Expense,
        Kind::Income => AmountKind::Income,
        Kind::Transfer => AmountKind::Transfer,
    };
    let class = if begins_day { "record begins-day" } else { "record" };
    let payee = if record.payee.is_empty() { "—".to_owned() } else { record.payee.clone() };
    view! {
        <tr class=class data-testid="record" data-id=record.id.to_string()>
            <td class="record-day">
                <time datetime=day.to_string()>{day_words(day, me.today)}</time>
                {day_total}
            </td>
            <td class="record-payee">
                <span class="record-payee-name">{payee}</span>
                {(!record.note.is_empty()).then(|| view! { <span class="record-note muted small">{record.note.clone()}</span> })}
                {record.tags.iter().map(|tag| view! {
                    <a class="tag" href=Filter { tag: Some(tag.clone()), ..Filter::default() }.url()>"#" {tag.clone()}</a>
                }).collect_view()}
            </td>
            <td class="record-category-cell">{category}</td>
            <td class="record-account">{accounts}</td>
            <td class="num record-amount">
                <Amount text=format.money(record.amount) minor=record.amount.minor kind=amount_kind />
            </td>
            <td class="record-actions">
                <RowActions record=record.clone() />
            </td>
        </tr>
    }
    .into_any()
}

/// What the list answered for the day under the same filter: income less expenses, where one currency tells it.
fn listed_total(days: &[DaySums], day: chrono::NaiveDate) -> Option<Money> {
    let sums = &days.iter().find(|sums| sums.day == day)?.sums;
    match (sums.income.as_slice(), sums.expenses.as_slice()) {
        ([], [spent]) => Some(Money::new(-spent.minor, spent.currency)),
        ([earned], []) => Some(*earned),
        ([earned], [spent]) => earned.checked_sub(*spent),
        _ => None,
    }
}

/// What the day came to, from the totals that every save keeps up to date. `None` for days that the window does not hold.
fn kept_total(book: &Book, day: chrono::NaiveDate) -> Option<Money> {
    let day = Some(Period::day(day)).filter(|_| day >= book.by_day_from)?;
    let of = |kind| book.totals.sum(day, kind, book.home);
    let (income, expenses) = (of(TotalKind::Income), of(TotalKind::Expense));
    (income != 0 || expenses != 0).then(|| Money::new(income.saturating_sub(expenses), book.home))
}

#[component]
fn RowActions(record: Record) -> impl IntoView {
    let (editor, state, toasts) = (Editor::here(), BookState::here(), toasts());
    let id = record.id;
    let undo = move || {
        leptos::task::spawn_local(async move {
            match restore_record(RecordChoice { id: id.to_string() }).await {
                Ok(changes) => state.merge(&changes),
                Err(error) => toasts.error(&error),
            }
        });
    };
    let on_done = Callback::new(move |changes: Changes| {
        state.merge(&changes);
        toasts.with_undo("Record deleted", undo);
    });
    let (edited, copied) = (record.clone(), record);
    view! {
        <div class="row-actions">
            <GoButton href=format!("/records/{id}/edit") label="Edit" on_click=Callback::new(move |()| editor.edit(edited.clone()))>
                <Icon name="pencil" />
            </GoButton>
            <GoButton href=format!("/records/new?copy={id}") label="Duplicate" on_click=Callback::new(move |()| editor.copy(copied.clone()))>
                <Icon name="copy" />
            </GoButton>
            <PostButton action={ServerAction::<DeleteRecord>::new()} label="Delete" fields=vec![("id".to_owned(), id.to_string())] icon="trash" on_done/>
        </div>
    }
    .into_any()
}
