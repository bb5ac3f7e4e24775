//! The way back where no toast could offer it: on the page that follows a post without JavaScript.

use leptos::either::EitherOf3;
use leptos::prelude::*;

use ledger::Changes;
use ledger::id::BillId;

use super::api::{ReopenBill, RestoreBill};
use super::deeds::fields_of;
use crate::book::BookState;
use crate::layout::go;
use crate::ui::{PostButton, query_here};

#[component]
pub(super) fn UndoNotice() -> impl IntoView {
    let query = query_here();
    move || {
        let bill = |name: &str| query.read().get(name).and_then(|id| id.parse::<BillId>().ok());
        let due = query.read().get("due").and_then(|due| due.parse().ok());
        match (bill("deleted"), bill("paid"), bill("skipped"), due) {
            (Some(id), ..) => EitherOf3::A(view! { <Restore id/> }),
            (None, Some(id), _, Some(due)) => {
                EitherOf3::B(view! { <Reopen words="Bill paid." fields=fields_of(id, due)/> })
            }
            (None, None, Some(id), Some(due)) => {
                EitherOf3::B(view! { <Reopen words="Bill skipped." fields=fields_of(id, due)/> })
            }
            _ => EitherOf3::C(()),
        }
    }
}

#[component]
fn Restore(id: BillId) -> impl IntoView {
    let fields = vec![("id".to_owned(), id.to_string())];
    view! {
        <div class="undo-notice" role="status">
            <span>"Bill deleted."</span>
            <PostButton action={ServerAction::<RestoreBill>::new()} label="Undo" fields on_done=undone()>"Undo"</PostButton>
        </div>
    }
    .into_any()
}

#[component]
fn Reopen(words: &'static str, fields: Vec<(String, String)>) -> impl IntoView {
    view! {
        <div class="undo-notice" role="status">
            <span>{words}</span>
            <PostButton action={ServerAction::<ReopenBill>::new()} label="Undo" fields on_done=undone()>"Undo"</PostButton>
        </div>
    }
    .into_any()
}

/// Takes the answer over and the notice away.
fn undone() -> Callback<Changes> {
    let state = BookState::here();
    Callback::new(move |changes: Changes| {
        state.merge(&changes);
        go("/bills");
    })
}
