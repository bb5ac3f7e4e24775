//! Taking something back: from a toast once the page is interactive, or from the notice on the page that follows.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use serde::de::DeserializeOwned;

use super::button::PostButton;
use super::toast::{Toasts, toasts};
use super::waits::Waits;
use crate::error::AppError;
use crate::layout::send_to_login;

/// Words about what was done, and "Undo".
#[component]
pub fn UndoNotice<S>(
    words: &'static str,
    /// Takes it back.
    action: ServerAction<S>,
    /// What is sent, by field name of the argument `form`.
    #[prop(optional)]
    fields: Vec<(String, String)>,
    #[prop(into)] on_done: Callback<S::Output>,
) -> impl IntoView
where
    S: ServerFn<Error = AppError> + DeserializeOwned + Clone + Send + Sync + 'static,
    S::Output: Clone + Send + Sync + 'static,
{
    view! {
        <div class="undo-notice" role="status">
            <span>{words}</span>
            <PostButton action label="Undo" fields on_done>"Undo"</PostButton>
        </div>
    }
    .into_any()
}

/// Offers to take back what is no part of the book. It outlives what was pressed.
#[derive(Clone, Copy)]
pub struct Undo {
    toasts: Toasts,
    waits: Waits,
}

impl Undo {
    pub fn here() -> Self {
        Self { toasts: toasts(), waits: Waits::here() }
    }

    /// Says what was done; "Undo" calls `call`, and then `then` unless its page is left.
    pub fn offer<F>(self, said: String, call: impl Fn() -> F + Clone + Send + Sync + 'static, then: Callback<()>)
    where
        F: Future<Output = Result<(), AppError>> + Send + 'static,
    {
        self.toasts.with_undo(said, move || self.take_back(call.clone(), then));
    }

    fn take_back<F>(self, call: impl Fn() -> F + Clone + Send + Sync + 'static, then: Callback<()>)
    where
        F: Future<Output = Result<(), AppError>> + Send + 'static,
    {
        leptos::task::spawn_local(async move {
            match self.waits.answer(call()).await {
                Ok(()) => {
                    then.try_run(());
                }
                Err(AppError::SignedOut) => send_to_login(),
                Err(error) => self.toasts.error_with_retry(&error, move || self.take_back(call.clone(), then)),
            }
        });
    }
}
