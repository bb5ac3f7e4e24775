//! Deleting, with the way back.

use std::future::Future;

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use serde::de::DeserializeOwned;

use ledger::Changes;

use super::BookState;
use crate::error::AppError;
use crate::layout::me;
use crate::ui::{ButtonKind, PostButton, toasts};

/// "Delete", a button that is only an icon; once hydrated the toast offers to take it back.
#[component]
pub fn DeleteButton<S, R, F>(
    action: ServerAction<S>,
    #[prop(into)] id: String,
    /// What it is called in the words that tell that it was done.
    name: String,
    /// Asks the server to take the deletion of this id back.
    restore: R,
) -> impl IntoView
where
    S: ServerFn<Output = Changes, Error = AppError> + DeserializeOwned + Clone + Send + Sync + 'static,
    R: Fn(String) -> F + Copy + Send + Sync + 'static,
    F: Future<Output = Result<Changes, AppError>> + 'static,
{
    let (state, toasts, today) = (BookState::here(), toasts(), me().today);
    let fields = vec![("id".to_owned(), id.clone())];
    let on_done = Callback::new(move |changes: Changes| {
        state.merge(&changes);
        let id = id.clone();
        let _ = toasts.with_undo(format!("Deleted {name}"), move || {
            let restored = restore(id.clone());
            leptos::task::spawn_local(async move {
                match restored.await {
                    Ok(changes) => {
                        state.merge(&changes);
                        state.widen(today);
                    }
                    Err(error) => toasts.error(&error),
                }
            });
        });
    });
    view! { <PostButton action label="Delete" fields kind=ButtonKind::Quiet icon="trash" on_done/> }.into_any()
}
