//! Saving what has a form on a page of its own: its list shows it at once. What is refused comes back as it was typed.

use std::sync::Arc;

use ledger::{Changes, Command};
use leptos::prelude::Callable as _;
use leptos::server_fn::ServerFn;
use serde::Serialize;

use super::{BookState, Deed};
use crate::error::AppError;
use crate::layout::{go, send_to_login};
use crate::ui::form::Posted;
use crate::ui::{Leave, ToastAction, browser};

/// What is saved, and where that shows.
#[derive(Clone)]
pub struct Save {
    pub command: Command,
    /// What it is called.
    pub name: String,
    /// What is said when it is done.
    pub done: &'static str,
    /// The path of the list in which it stands.
    pub list: &'static str,
    /// The path of its form.
    pub form: String,
}

impl BookState {
    /// Goes on to the list, which shows it, while the call runs behind.
    pub fn save<S>(self, call: S, save: Save, leave: Option<Leave>)
    where
        S: ServerFn<Output = Changes, Error = AppError> + Serialize + Clone + Send + Sync + 'static,
    {
        let (typed, done, list) = (call.clone(), save.done, save.list);
        let deed = Deed::of(save.command.clone(), call)
            .then(move |_| {
                self.toasts.ok(done);
                self.widen();
            })
            .or_else(move |error, deed| self.not_saved(&typed, error, deed, &save));
        browser::ignore_second_click();
        self.ahead(deed);
        // Beside its list the form is closed, and the list stays as it is.
        match leave {
            Some(Leave(leave)) => leave.run(()),
            None => go(list),
        }
    }

    fn not_saved<S: ServerFn + Serialize>(self, typed: &S, error: AppError, deed: Deed, save: &Save) {
        if error == AppError::SignedOut {
            return send_to_login();
        }
        let message = format!("{} was not saved. {error}", save.name);
        let worth_a_retry = error.is_worth_a_retry();
        let (back, form) = (Posted::of_call(typed, error), save.form.clone());
        let bring_back = move || {
            self.posts.bring_back(back.clone(), &form);
            go(&form);
        };
        // Whoever has gone on to something else is not pulled away from it.
        if [save.list, save.form.as_str()].contains(&browser::path().as_str()) {
            return bring_back();
        }
        let again: ToastAction = ("Try again", Arc::new(move || self.ahead(deed.clone())));
        let open: ToastAction = ("Open", Arc::new(bring_back));
        self.toasts.taken_back(message, worth_a_retry.then_some(again).into_iter().chain([open]).collect());
    }
}
