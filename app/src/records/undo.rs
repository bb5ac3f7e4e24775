//! Taking a deletion back: from the toast of a row, or from the notice that follows a post without JavaScript.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use ledger::id::RecordId;
use ledger::{Changes, NumberFormat};

use super::api::{RecordChoice, RestoreRecord, restore_record};
use crate::book::BookState;
use crate::budgets::tell_crossed;
use crate::error::AppError;
use crate::layout::{go, me, send_to_login};
use crate::ui::{PostButton, Toasts, toasts};

/// What shows that a deletion was taken back; it outlives the row that offered it.
#[derive(Clone, Copy)]
pub(super) struct Undo {
    state: BookState,
    toasts: Toasts,
    format: NumberFormat,
}

impl Undo {
    pub fn here() -> Self {
        Self { state: BookState::here(), toasts: toasts(), format: me().format() }
    }

    /// Takes over that a record is gone, and offers it back.
    pub fn offer(self, id: RecordId, changes: &Changes) {
        self.state.merge(changes);
        self.toasts.with_undo("Record deleted", move || self.restore(id));
    }

    fn restore(self, id: RecordId) {
        leptos::task::spawn_local(async move {
            match restore_record(RecordChoice { id: id.to_string() }, String::new()).await {
                Ok(changes) => self.done(&changes),
                Err(AppError::SignedOut) => send_to_login(),
                Err(error) => self.toasts.error_with_retry(&error, move || self.restore(id)),
            }
        });
    }

    /// The record counts again, which can take a budget over its limit.
    fn done(self, changes: &Changes) {
        self.state.merge(changes);
        self.state.read(|book| tell_crossed(changes, book, self.toasts, self.format));
    }
}

/// Offers to take a deletion back where no toast could.
#[component]
pub(super) fn UndoNotice(
    /// The URL of the list, without what was deleted.
    list: Memo<String>,
) -> impl IntoView {
    let (query, undo) = (use_query_map(), Undo::here());
    let deleted = Memo::new(move |_| query.read().get("deleted").and_then(|id| id.parse::<RecordId>().ok()));
    let on_done = Callback::new(move |changes: Changes| {
        undo.done(&changes);
        go(&list.get_untracked());
    });
    move || {
        deleted.get().map(|id| {
            view! {
                <div class="notice row" role="status">
                    <span>"Record deleted."</span>
                    <PostButton
                        action={ServerAction::<RestoreRecord>::new()}
                        label="Undo"
                        fields=vec![("id".to_owned(), id.to_string())]
                        next=list.get_untracked()
                        on_done
                    >
                        "Undo"
                    </PostButton>
                </div>
            }
        })
    }
}
