//! Archiving: taking something out of what is offered for new records, and bringing it back.

use std::fmt::Display;

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use ledger::{Changes, Command};

use super::{BookState, Deed};
use crate::error::AppError;
use crate::ui::{ButtonKind, PostButton};

/// Whether something is offered for new records.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ArchiveForm {
    pub id: String,
    /// Any text for yes.
    pub archived: String,
}

/// "Archive", or "Unarchive" for what is archived; once hydrated it shows at once.
#[component]
pub fn ArchiveButton<S, Id>(
    action: ServerAction<S>,
    id: Id,
    /// What it is called in the words that tell that it was done.
    name: String,
    /// Whether it is archived now.
    archived: bool,
    /// Archives it, or no longer.
    command: fn(Id, bool) -> Command,
) -> impl IntoView
where
    S: ServerFn<Output = Changes, Error = AppError>
        + From<ArchiveForm>
        + DeserializeOwned
        + Clone
        + Send
        + Sync
        + 'static,
    Id: Copy + Display + Send + Sync + 'static,
{
    let state = BookState::here();
    let (label, icon) = if archived { ("Unarchive", "archive-restore") } else { ("Archive", "archive") };
    let said = if archived { format!("{name} is offered again") } else { format!("{name} archived") };
    let deed = move |archive: bool| {
        let form = ArchiveForm { id: id.to_string(), archived: on_or_not(archive).to_owned() };
        let failed = if archive { format!("{name} was not archived") } else { format!("{name} is still archived") };
        Deed::of(command(id, archive), S::from(form)).or_say(state, failed)
    };
    let take = Callback::new(move |_: S| {
        let (back, said) = (deed.clone(), said.clone());
        let undo = move || state.ahead(back(archived));
        let tell = move |_: &Changes| {
            state.toasts.with_undo(said.clone(), undo.clone());
        };
        state.ahead(deed(!archived).then(tell));
    });
    let fields = vec![("id".to_owned(), id.to_string()), ("archived".to_owned(), on_or_not(!archived).to_owned())];
    view! { <PostButton action label fields kind=ButtonKind::Quiet icon take/> }.into_any()
}

/// A switch in a form.
fn on_or_not(on: bool) -> &'static str {
    if on { "on" } else { "" }
}
