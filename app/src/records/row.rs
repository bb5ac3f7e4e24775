//! One record in the list.

use std::collections::BTreeSet;

use leptos::prelude::*;

use ledger::filter::Filter;
use ledger::id::RecordId;
use ledger::records::{Kind, Record};
use ledger::{Book, Changes};

use super::api::DeleteRecord;
use super::days::DayTotals;
use super::editor::Editor;
use super::undo::Undo;
use super::url::from_list;
use super::words::day_words;
use crate::layout::{me, today};
use crate::ui::{Amount, AmountKind, GoButton, PostButton};

#[component]
pub fn RecordRow(
    book: Signal<Book>,
    record: Record,
    /// The rows that begin a day.
    begins: Memo<BTreeSet<RecordId>>,
    days: DayTotals,
    /// The URL of the list.
    here: Memo<String>,
) -> impl IntoView {
    let (format, today) = (me().format(), today());
    let (id, flow, account, day) = (record.id, record.flow, record.account, record.day);
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
    let begins_day = Memo::new(move |_| begins.with(|begins| begins.contains(&id)));
    let day_total = move || {
        begins_day.get().then(|| days.of(day)).flatten().map(|total| {
            view! { <span class="day-total num">{format.money(total)}</span> }
        })
    };
    let amount_kind = match kind {
        Kind::Expense => AmountKind::Expense,
        Kind::Income => AmountKind::Income,
        Kind::Transfer => AmountKind::Transfer,
    };
    let payee = if record.payee.is_empty() { "—".to_owned() } else { record.payee.clone() };
    view! {
        <tr class="record" class:begins-day=move || begins_day.get() data-testid="record" data-id=record.id.to_string()>
            <td class="record-day">
                <time datetime=day.to_string()>{move || day_words(day, today.get())}</time>
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
                <RowActions record=record.clone() here />
            </td>
        </tr>
    }
    .into_any()
}

#[component]
fn RowActions(record: Record, here: Memo<String>) -> impl IntoView {
    let (editor, undo) = (Editor::here(), Undo::here());
    let id = record.id;
    let on_done = Callback::new(move |changes: Changes| undo.offer(id, &changes));
    let (edited, copied) = (record.clone(), record);
    let list = here.get_untracked();
    view! {
        <div class="row-actions">
            <GoButton
                href=from_list(&format!("/records/{id}/edit"), &list)
                label="Edit"
                icon="pencil"
                on_click=Callback::new(move |()| editor.edit(edited.clone()))
            />
            <GoButton
                href=from_list(&format!("/records/new?copy={id}"), &list)
                label="Duplicate"
                icon="copy"
                on_click=Callback::new(move |()| editor.copy(copied.clone()))
            />
            <PostButton
                action={ServerAction::<DeleteRecord>::new()}
                label="Delete"
                fields=vec![("id".to_owned(), id.to_string())]
                icon="trash"
                next=list
                on_done
            />
        </div>
    }
    .into_any()
}
