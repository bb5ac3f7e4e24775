//! What a record is tied to: a refund to its expense, an expense to its refunds.

use leptos::prelude::*;

use ledger::list::Ties;

use super::api::find_ties;
use super::words::day_words;
use crate::layout::{me, today};

#[component]
pub(super) fn TiesNote(
    /// The expense.
    id: String,
    /// Whether this stands in the form of one of its refunds.
    is_refund: bool,
    /// Where the page has asked already: what asks from inside of something that is waited for has another number on
    /// each side. Only a dialog asks here.
    known: Option<Ties>,
) -> impl IntoView {
    let note = move |ties: Ties| (is_refund || !ties.refunds.is_empty()).then(|| view! { <Words ties is_refund /> });
    if let Some(ties) = known {
        return note(ties).into_any();
    }
    let ties = Resource::new(move || id.clone(), find_ties);
    view! {
        <Transition>
            // What it is tied to is good to know and no reason to hold the form back.
            {move || Suspend::new(async move { note(ties.await.unwrap_or_default()) })}
        </Transition>
    }
    .into_any()
}

#[component]
fn Words(ties: Ties, is_refund: bool) -> impl IntoView {
    let (format, today) = (me().format(), today());
    let left = ties.left().map(|left| format!("{} of it is left to refund.", format.money(left)));
    let words = move |record: &ledger::records::Record| {
        let payee = if record.payee.is_empty() { String::new() } else { format!("{}, ", record.payee) };
        format!("{payee}{}, {}", day_words(record.day, today.get_untracked()), format.money(record.amount))
    };
    let link = move |record: &ledger::records::Record| {
        view! { <a href=format!("/records/{}/edit", record.id)>{words(record)}</a> }
    };
    let of = match &ties.expense {
        Some(expense) if is_refund => view! { <p>"A refund of " {link(expense)} "."</p> }.into_any(),
        None if is_refund => view! { <p>"The expense of this refund was deleted. The refund stays."</p> }.into_any(),
        _ => view! { <p>"Refunded: " {ties.refunds.iter().map(|refund| view! { <span>{link(refund)} " "</span> }).collect_view()}</p> }
            .into_any(),
    };
    view! { <div class="record-ties small" data-testid="record-ties">{of} {left.map(|left| view! { <p class="muted">{left}</p> })}</div> }
        .into_any()
}
