//! One record in the list.

use std::collections::BTreeSet;

use leptos::prelude::*;

use ledger::Book;
use ledger::Money;
use ledger::filter::Filter;
use ledger::id::RecordId;
use ledger::records::{Flow, Kind, Part, Record};

use super::api::DeleteRecord;
use super::days::DayTotals;
use super::editor::Editor;
use super::select::{LongPress, RowBox, Selection};
use super::undo::Undo;
use super::url::from_list;
use super::words::{category_words, day_view};
use crate::book::BookState;
use crate::layout::{me, today};
use crate::ui::{Amount, AmountKind, GoButton, PostButton, cell_length};

#[component]
pub fn RecordRow(
    book: Signal<Book>,
    record: Record,
    /// The rows that begin a day.
    begins: Memo<BTreeSet<RecordId>>,
    days: DayTotals,
    /// The URL of the list.
    here: Memo<String>,
    /// All rows of the list, in order.
    rows: Memo<Vec<Record>>,
) -> impl IntoView {
    let (selection, press) = (Selection::here(), LongPress::new(record.id, rows));
    let (format, today) = (me().format(), today());
    let (id, flow, account, day) = (record.id, record.flow, record.account, record.day);
    let kind = record.kind();
    let is_selected = Memo::new(move |_| selection.has(id));
    let (named, parts) = (record.clone(), record.parts.clone());
    let category = move || book.with(|book| category_words(&named, book));
    let currency = record.amount.currency;
    let lines = move || {
        book.with(|book| {
            let line = |part: &Part| {
                view! {
                    <li>
                        <span>{book.category_name(part.category).to_owned()}</span>
                        <span class="num">{format.money(Money::new(part.minor, currency))}</span>
                        {(!part.note.is_empty()).then(|| view! { <span class="muted">{part.note.clone()}</span> })}
                    </li>
                }
            };
            parts.iter().map(line).collect_view()
        })
    };
    let is_split = !record.parts.is_empty();
    let worth = move || {
        let home = book.with(|book| book.home);
        (currency != home && kind != Kind::Transfer).then(|| match record.rate {
            Some(_) => format.money(Money::new(record.home, home)),
            None => "No rate, counts as nothing".to_owned(),
        })
    };
    let accounts = move || {
        book.with(|book| match flow.to_account() {
            Some(to) => format!("{} → {}", book.account_name(account), book.account_name(to)),
            None => book.account_name(account).to_owned(),
        })
    };
    let (editor, followed) = (Editor::here(), record.clone());
    let on_their_way = BookState::here().on_their_way();
    let begins_day = Memo::new(move |_| begins.with(|begins| begins.contains(&id)));
    let day_total = move || {
        begins_day.get().then(|| days.of(day)).flatten().map(|total| {
            view! { <span class="day-total num">{format.money(total)}</span> }
        })
    };
    let amount_kind = match kind {
        Kind::Expense if flow.refund_of().is_some() => AmountKind::Income,
        Kind::Expense => AmountKind::Expense,
        Kind::Income => AmountKind::Income,
        Kind::Transfer => AmountKind::Transfer,
    };
    let amount = format.money(record.amount);
    let payee = if record.payee.is_empty() { "—".to_owned() } else { record.payee.clone() };
    view! {
        <tr
            class="record"
            class:is-chosen=move || editor.shows(id)
            on:focus=move |_| editor.follow(&followed)
            class:on-its-way=move || on_their_way.with(|records| records.contains_key(&id))
            class:is-selected=move || is_selected.get()
            class:begins-day=move || begins_day.get()
            class:is-long=cell_length(&amount) == Some("longest")
            data-testid="record"
            data-id=record.id.to_string()
            on:touchstart=move |_| press.begin(selection)
            on:touchmove=move |_| press.end()
            on:touchend=move |_| press.end()
            on:touchcancel=move |_| press.end()
        >
            <td class="record-day">
                <RowBox id name=name_of(&record, amount.clone()) rows/>
                <time datetime=day.to_string()>{move || day_view(day, today.get())}</time>
                {day_total}
            </td>
            <td class="record-payee">
                <span class="record-payee-name">{payee}</span>
                {flow.refund_of().map(|of| view! { <a class="tag reach" href=format!("/records/{of}/edit")>"Refund"</a> })}
                {(!record.note.is_empty()).then(|| view! { <span class="record-note muted small">{record.note.clone()}</span> })}
                {record.tags.iter().map(|tag| view! {
                    <a class="tag reach" href=Filter { tag: Some(tag.clone()), ..Filter::default() }.url()>"#" {tag.clone()}</a>
                }).collect_view()}
            </td>
            <td class="record-category-cell">
                {if is_split {
                    view! { <details class="record-parts"><summary class="reach">{category}</summary><ul>{lines}</ul></details> }.into_any()
                } else {
                    view! { <span>{category}</span> }.into_any()
                }}
            </td>
            <td class="record-account">{accounts}</td>
            <td class="num record-amount">
                <Amount text=amount.clone() minor=record.amount.minor kind=amount_kind />
                {move || worth().map(|worth| view! { <span class="record-home muted small">{worth}</span> })}
            </td>
            <td class="record-actions">
                <RowActions record=record.clone() here />
            </td>
        </tr>
    }
    .into_any()
}

/// What a row is called where it is not seen.
fn name_of(record: &Record, amount: String) -> String {
    if record.payee.is_empty() { amount } else { format!("{}, {amount}", record.payee) }
}

#[component]
fn RowActions(record: Record, here: Memo<String>) -> impl IntoView {
    let (editor, undo) = (Editor::here(), Undo::here());
    let (id, flow) = (record.id, record.flow);
    let (edited, copied) = (record.clone(), record.clone());
    let list = here.get_untracked();
    let refund = from_list(&format!("/records/new?refund={id}"), &list);
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
            {matches!(flow, Flow::Expense { .. }).then(|| view! {
                <GoButton
                    href=refund.clone()
                    label="Refund"
                    icon="undo-2"
                    on_click=Callback::new(move |()| editor.refund(id))
                />
            })}
            <PostButton
                action={ServerAction::<DeleteRecord>::new()}
                label="Delete"
                fields=vec![("id".to_owned(), id.to_string())]
                icon="trash"
                next=list
                take=Callback::new(move |_: DeleteRecord| undo.delete(record.clone()))
            />
        </div>
    }
    .into_any()
}
