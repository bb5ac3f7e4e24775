//! Taking a deletion back: from the toast of a row, or from the notice that follows a post without JavaScript.

use leptos::prelude::*;

use ledger::guess::Guess;
use ledger::id::RecordId;
use ledger::records::Record;
use ledger::{Changes, Command, NumberFormat};

use super::api::{RecordChoice, RestoreRecord, delete_record, restore_record};
use super::save::words_of;
use crate::book::{BookState, Deed};
use crate::budgets::tell_crossed;
use crate::layout::{go, me};
use crate::ui::{PostButton, Toasts, query_here, toasts};

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

    /// Takes a record out of the list at once, and offers it back.
    pub fn delete(self, record: Record) {
        let id = record.id;
        let guess = Guess { command: Command::DeleteRecord(id), known: Some(record.clone()) };
        let what = words_of(&record, self.format);
        let undo = move |record: Record| self.toasts.with_undo("Record deleted", move || self.restore(record.clone()));
        let deed = Deed::new(guess, move || delete_record(choice(id), String::new()))
            .telling(move || undo(record.clone()))
            .or_say(self.state, format!("{what} was not deleted"));
        self.state.ahead(deed);
    }

    fn restore(self, record: Record) {
        let id = record.id;
        let what = words_of(&record, self.format);
        let guess = Guess { command: Command::RestoreRecord(id), known: Some(record) };
        let deed = Deed::new(guess, move || restore_record(choice(id), String::new()))
            .then(move |changes| self.tell(changes))
            .or_say(self.state, format!("{what} is still deleted"));
        self.state.ahead(deed);
    }

    /// The record counts again, which can take a budget over its limit.
    fn tell(self, changes: &Changes) {
        self.state.read(|book| tell_crossed(changes, book, self.toasts, self.format));
    }
}

fn choice(id: RecordId) -> RecordChoice {
    RecordChoice { id: id.to_string() }
}

/// Offers to take a deletion back where no toast could.
#[component]
pub(super) fn UndoNotice(
    /// The URL of the list, without what was deleted.
    list: Memo<String>,
) -> impl IntoView {
    let (query, undo) = (query_here(), Undo::here());
    let deleted = Memo::new(move |_| query.read().get("deleted").and_then(|id| id.parse::<RecordId>().ok()));
    let on_done = Callback::new(move |changes: Changes| {
        undo.state.merge(&changes);
        undo.tell(&changes);
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
