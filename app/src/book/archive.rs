//! Archiving: taking something out of what is offered for new records, and bringing it back.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use ledger::Changes;

use super::BookState;
use crate::error::AppError;
use crate::ui::{ButtonKind, PostButton, toasts};

/// Whether something is offered for new records.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ArchiveForm {
    pub id: String,
    /// Any text for yes.
    pub archived: String,
}

/// "Archive", or "Unarchive" for what is archived.
#[component]
pub fn ArchiveButton<S>(
    action: ServerAction<S>,
    #[prop(into)] id: String,
    /// What it is called in the words that tell that it was done.
    name: String,
    /// Whether it is archived now.
    archived: bool,
) -> impl IntoView
where
    S: ServerFn<Output = Changes, Error = AppError> + DeserializeOwned + Clone + Send + Sync + 'static,
{
    let (state, toasts) = (BookState::here(), toasts());
    let (label, icon, wanted) =
        if archived { ("Unarchive", "archive-restore", "") } else { ("Archive", "archive", "on") };
    let on_done = Callback::new(move |changes: Changes| {
        state.merge(&changes);
        toasts.ok(if archived { format!("{name} is offered again") } else { format!("{name} archived") });
    });
    let fields = vec![("id".to_owned(), id), ("archived".to_owned(), wanted.to_owned())];
    view! { <PostButton action label fields kind=ButtonKind::Quiet icon on_done/> }.into_any()
}
