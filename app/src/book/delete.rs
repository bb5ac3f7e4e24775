//! Deleting, with the way back.

use ledger::{Changes, Command};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use serde::de::DeserializeOwned;

use super::{BookState, Deed};
use crate::error::AppError;
use crate::ui::{ButtonKind, PostButton};

/// "Delete", a button that is only an icon; once hydrated it shows at once, and the toast offers to take it back.
#[component]
pub fn DeleteButton<S, R>(
    action: ServerAction<S>,
    #[prop(into)] id: String,
    /// What it is called in the words that tell that it was done.
    name: String,
    /// What it does.
    delete: Command,
    /// What undo does, and the call that does it.
    restore: (Command, R),
) -> impl IntoView
where
    S: ServerFn<Output = Changes, Error = AppError> + DeserializeOwned + Clone + Send + Sync + 'static,
    R: ServerFn<Output = Changes, Error = AppError> + Clone + Send + Sync + 'static,
{
    let state = BookState::here();
    let fields = vec![("id".to_owned(), id)];
    let take = Callback::new(move |call: S| {
        let (words, still) = (format!("Deleted {name}"), format!("{name} is still deleted"));
        let restore = restore.clone();
        let undo = move || {
            let (command, call) = restore.clone();
            state.ahead(Deed::of(command, call).then(move |_| state.widen()).or_say(state, still.clone()));
        };
        let deed = Deed::of(delete.clone(), call)
            .telling(move || state.toasts.with_undo(words.clone(), undo.clone()))
            .or_say(state, format!("{name} was not deleted"));
        state.ahead(deed);
    });
    view! { <PostButton action label="Delete" fields kind=ButtonKind::Quiet icon="trash" take/> }.into_any()
}
