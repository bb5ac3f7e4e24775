//! Saving a record: shown at once and sent behind. What fails is taken back and can be opened again as it was typed.

use std::sync::Arc;

use ledger::guess::Guess;
use ledger::id::RecordId;
use ledger::record_form::RecordForm;
use ledger::records::Record;
use ledger::{Command, NumberFormat};

use super::api::save_record;
use super::editor::Editor;
use super::kept;
use crate::book::{BookState, Deed, was_overtaken};
use crate::budgets::tell_crossed;
use crate::error::AppError;
use crate::layout::{me, send_to_login};
use crate::ui::{ToastAction, Toasts, toasts};

/// What saves from any page; it outlives the form.
#[derive(Clone, Copy)]
pub(super) struct Saver {
    state: BookState,
    editor: Editor,
    toasts: Toasts,
    format: NumberFormat,
}

/// A form as it was typed, and the record that it changes; `None` for a new one.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub(super) struct Typed {
    pub form: RecordForm,
    pub known: Option<Record>,
}

impl Saver {
    pub fn here() -> Self {
        Self { state: BookState::here(), editor: Editor::here(), toasts: toasts(), format: me().format() }
    }

    /// Saves what the form has checked.
    pub fn save(self, typed: Typed) {
        let Some(Ok(record)) = self.state.read(|book| typed.form.parse(book, self.format)) else { return };
        let what = words_of(&record, self.format);
        let guess = Guess { command: Command::SaveRecord(record), known: typed.known.clone() };
        let done = if typed.known.is_none() { "Record added" } else { "Record saved" };
        let form = typed.form.clone();
        let deed = Deed::new(guess, move || save_record(form.clone(), String::new()))
            .then(move |changes| {
                self.toasts.ok(done);
                self.state.read(|book| tell_crossed(changes, book, self.toasts, self.format));
            })
            .or_else(move |error, deed| self.failed(&error, deed, &typed, &what));
        self.state.ahead(deed);
    }

    fn failed(self, error: &AppError, deed: Deed, typed: &Typed, what: &str) {
        if *error == AppError::SignedOut {
            kept::keep(&serde_json::to_string(&(self.editor.whose(), typed)).unwrap_or_default());
            send_to_login();
            return;
        }
        if was_overtaken(error) {
            let words =
                format!("{what} was not saved: it was changed elsewhere meanwhile. Open it to save it all the same.");
            return self.tell(words, None, self.over_what_is_there(typed));
        }
        let again = move || self.state.ahead(deed.clone());
        let retry: Option<ToastAction> = error.is_worth_a_retry().then(|| ("Try again", Arc::new(again) as _));
        self.tell(format!("{what} was not saved. {error}"), retry, typed.clone());
    }

    fn tell(self, message: String, first: Option<ToastAction>, typed: Typed) {
        let open: ToastAction = ("Open", Arc::new(move || self.editor.again(typed.clone())));
        self.toasts.taken_back(message, first.into_iter().chain([open]).collect());
    }

    /// What was typed, to be saved over what somebody else wrote, or as a new record where that is gone.
    fn over_what_is_there(self, typed: &Typed) -> Typed {
        let id = typed.known.as_ref().map(|known| known.id);
        let there = self.state.read(|book| id.and_then(|id| book.records.get(&id).cloned())).flatten();
        let form = match &there {
            Some(there) => RecordForm { revision: there.revision.to_string(), ..typed.form.clone() },
            None => RecordForm {
                id: RecordId(uuid::Uuid::now_v7()).to_string(),
                revision: String::new(),
                ..typed.form.clone()
            },
        };
        Typed { form, known: there }
    }

    /// Offers what was typed into a form that was closed.
    pub fn left(self, typed: Typed) {
        let back: ToastAction = ("Go back to it", Arc::new(move || self.editor.again(typed.clone())));
        self.toasts.warn_with("What you typed is not saved.", back);
    }

    /// Offers what this person could not save before they logged in again.
    pub fn offer_kept(self) {
        let kept = kept::take().and_then(|text| serde_json::from_str::<(String, Typed)>(&text).ok());
        let Some((user, typed)) = kept else { return };
        // Somebody else may have logged in.
        if self.editor.whose() == user {
            let again = typed.clone();
            let retry: ToastAction = ("Try again", Arc::new(move || self.save(again.clone())));
            self.tell("What you typed last was not saved: you had to log in first.".to_owned(), Some(retry), typed);
        }
    }
}

/// "Corner shop, ₹12.50"
pub(super) fn words_of(record: &Record, format: NumberFormat) -> String {
    let amount = format.money(record.amount);
    if record.payee.is_empty() { amount } else { format!("{}, {amount}", record.payee) }
}
