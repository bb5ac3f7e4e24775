//! Deeds that show at once: a guess is laid over the book, and the call runs behind it. The answer replaces the guess,
//! and a failure takes it back.

use std::pin::Pin;
use std::sync::Arc;

use ledger::command::{CHANGED_ELSEWHERE, Deleted};
use ledger::guess::Guess;
use ledger::{Book, Changes, Command};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::BookState;
use crate::error::AppError;
use crate::layout::send_to_login;
use crate::ui::ToastAction;

type Answer = Pin<Box<dyn Future<Output = Result<Changes, AppError>> + Send>>;

/// One deed: what it shows, how it is done, and what is said then. It may be done again after a failure.
#[derive(Clone)]
pub struct Deed {
    guess: Guess,
    told: Option<Arc<dyn Fn() -> u32 + Send + Sync>>,
    call: Arc<dyn Fn() -> Answer + Send + Sync>,
    done: Arc<dyn Fn(&Changes) + Send + Sync>,
    failed: Arc<dyn Fn(AppError, Deed) + Send + Sync>,
}

impl Deed {
    /// `call` does what the guess shows, once however often it is made.
    pub fn new<F>(guess: Guess, call: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<Changes, AppError>> + Send + 'static,
    {
        let call = Arc::new(move || -> Answer { Box::pin(call()) });
        Self { guess, told: None, call, done: Arc::new(|_| {}), failed: Arc::new(|_, _| {}) }
    }

    /// What a call of a server function does.
    pub fn of<S>(command: Command, call: S) -> Self
    where
        S: ServerFn<Output = Changes, Error = AppError> + Clone + Send + Sync + 'static,
    {
        Self::new(Guess { command, known: None }, move || call.clone().run_on_client())
    }

    /// Says that it was done, each time that it is tried: the number of the toast, which is closed if it fails.
    #[must_use]
    pub fn telling(self, told: impl Fn() -> u32 + Send + Sync + 'static) -> Self {
        Self { told: Some(Arc::new(told)), ..self }
    }

    /// Called with the answer, when the book has it.
    #[must_use]
    pub fn then(self, done: impl Fn(&Changes) + Send + Sync + 'static) -> Self {
        Self { done: Arc::new(done), ..self }
    }

    /// Called with what went wrong and the deed itself, when nothing of it shows any more.
    #[must_use]
    pub fn or_else(self, failed: impl Fn(AppError, Self) + Send + Sync + 'static) -> Self {
        Self { failed: Arc::new(failed), ..self }
    }

    /// Says `failed` and why, and offers another try where that may help.
    #[must_use]
    pub fn or_say(self, state: BookState, failed: impl Into<String>) -> Self {
        let failed = failed.into();
        self.or_else(move |error, deed| {
            if error == AppError::SignedOut {
                return send_to_login();
            }
            let again = move || state.ahead(deed.clone());
            let retry: Option<ToastAction> = error.is_worth_a_retry().then(|| ("Try again", Arc::new(again) as _));
            state.toasts.taken_back(format!("{failed}. {error}"), retry.into_iter().collect());
        })
    }
}

/// Those that are not answered, the earliest first. One is under way at a time, so that the server takes them in the
/// order in which they were done.
#[derive(Clone, Default)]
pub(super) struct Line {
    /// Each with its number and that of its toast.
    deeds: Vec<(u32, Deed, Option<u32>)>,
    next: u32,
    under_way: bool,
}

impl Line {
    /// Whether all is answered.
    pub fn is_done(&self) -> bool {
        self.deeds.is_empty()
    }

    pub fn guesses(&self) -> impl Iterator<Item = &Guess> {
        self.deeds.iter().map(|(_, deed, _)| &deed.guess)
    }
}

impl BookState {
    /// Shows what a deed does, and does it.
    pub fn ahead(self, deed: Deed) {
        let toast = deed.told.as_ref().map(|told| told());
        self.line.update(|line| {
            line.deeds.push((line.next, deed, toast));
            line.next = line.next.wrapping_add(1);
        });
        self.go_on();
    }

    /// Waits for an answer, which a person can stop: what was done all the same shows a little later.
    pub async fn answer<T>(self, call: impl Future<Output = Result<T, AppError>>) -> Result<T, AppError> {
        let answer = self.waits.answer(call).await;
        if matches!(answer, Err(AppError::Stopped)) {
            self.catch_up_later();
        }
        answer
    }

    /// Sends the first of the line, unless it is under way.
    fn go_on(self) {
        let first = self.line.try_update_untracked(|line| {
            let first = if line.under_way { None } else { line.deeds.first().cloned() };
            line.under_way |= first.is_some();
            first
        });
        let Some((number, deed, toast)) = first.flatten() else { return };
        leptos::task::spawn_local(async move {
            let call = async {
                match (deed.call)().await {
                    Err(error) => self.look_for(&deed.guess, error).await,
                    done => done,
                }
            };
            let answer = self.answer(Box::pin(call)).await;
            if let Ok(changes) = &answer {
                self.note_done(&deed.guess, changes).await;
            }
            self.line.try_update(|line| {
                line.deeds.retain(|(known, ..)| *known != number);
                line.under_way = false;
            });
            match answer {
                Ok(changes) => (deed.done)(&changes),
                Err(error) => {
                    if let Some(toast) = toast {
                        self.toasts.close(toast);
                    }
                    (deed.failed)(error, deed.clone());
                }
            }
            self.go_on();
        });
    }

    /// A call that failed may have done its work all the same, and what stands in its way may be news: the book is
    /// brought up to date, and what it then holds is no failure.
    async fn look_for(self, guess: &Guess, error: AppError) -> Result<Changes, AppError> {
        if error == AppError::SignedOut || self.catch_up_now().await.is_err() {
            return Err(error);
        }
        match &guess.command {
            command if self.server_book(|book| is_done(command, book)) => Ok(Changes::default()),
            Command::DeleteRecord(id) if error == AppError::NotFound => {
                Ok(Changes { deleted: vec![Deleted::Record(*id)], ..Changes::default() })
            }
            _ => Err(error),
        }
    }
}

/// Whether a book is already as a command leaves it.
fn is_done(command: &Command, book: &Book) -> bool {
    match command {
        Command::SaveRecord(record) | Command::PayBill { record, .. } => {
            book.records.get(&record.id).is_some_and(|known| known.same_as(record))
        }
        other => {
            let mut after = book.clone();
            after.apply(other).is_ok() && after.revision == book.revision
        }
    }
}

/// Whether what was typed was overtaken by what somebody else wrote.
pub fn was_overtaken(error: &AppError) -> bool {
    matches!(error, AppError::NotFound) || matches!(error, AppError::Conflict(words) if words == CHANGED_ELSEWHERE)
}
