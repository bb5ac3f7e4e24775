//! What became of many records that were changed at once: said in one toast, which takes it back.

use ledger::bulk::Edited;
use ledger::{Changes, NumberFormat};

use super::api::undo_edit;
use crate::book::BookState;
use crate::budgets::tell_crossed;
use crate::error::AppError;
use crate::layout::{me, send_to_login};
use crate::ui::{Toasts, toasts};

/// It outlives what was pressed.
#[derive(Clone, Copy)]
pub(super) struct Teller {
    state: BookState,
    toasts: Toasts,
    format: NumberFormat,
}

impl Teller {
    pub fn here() -> Self {
        Self { state: BookState::here(), toasts: toasts(), format: me().format() }
    }

    /// `done` is what was done, behind "12 records".
    pub fn tell(self, edited: &Edited, done: &str) {
        self.take(&edited.changes);
        let stay = edited.stay_words();
        if edited.changed == 0 {
            let why = stay.unwrap_or_else(|| "All were so already.".to_owned());
            self.toasts.warn(format!("Nothing was changed. {why}"));
            return;
        }
        let words = format!("{} {done}. {}", counted(edited.changed), stay.unwrap_or_default());
        let revision = edited.changes.revision;
        self.toasts.with_undo(words.trim_end(), move || self.undo(revision));
    }

    fn undo(self, revision: i64) {
        leptos::task::spawn_local(async move {
            match self.state.answer(undo_edit(revision)).await {
                Ok((changes, left)) => {
                    self.take(&changes);
                    if left > 0 {
                        self.toasts.warn(format!("{} changed in the meantime and left as they are now", were(left)));
                    } else {
                        self.toasts.ok("Everything is as it was");
                    }
                }
                Err(AppError::SignedOut) => send_to_login(),
                Err(error) => self.toasts.error_with_retry(&error, move || self.undo(revision)),
            }
        });
    }

    /// The records count otherwise now, which can take a budget over its limit.
    fn take(self, changes: &Changes) {
        self.state.merge(changes);
        self.state.read(|book| tell_crossed(changes, book, self.toasts, self.format));
    }
}

fn counted(count: usize) -> String {
    if count == 1 { "1 record".to_owned() } else { format!("{count} records") }
}

fn were(count: usize) -> String {
    if count == 1 { "1 record was".to_owned() } else { format!("{count} records were") }
}
