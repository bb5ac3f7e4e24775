//! Archiving: taking something out of what is offered for new records, and bringing it back.

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
pub fn ArchiveButton<S>(
    action: ServerAction<S>,
    #[prop(into)] id: String,
    /// What it is called in the words that tell that it was done.
    name: String,
    /// Whether it is archived now.
    archived: bool,
    /// What the button does.
    command: Command,
) -> impl IntoView
where
    S: ServerFn<Output = Changes, Error = AppError> + DeserializeOwned + Clone + Send + Sync + 'static,
{
    let state = BookState::here();
    let (label, icon, wanted) =
        if archived { ("Unarchive", "archive-restore", "") } else { ("Archive", "archive", "on") };
    let take = Callback::new(move |call: S| {
        let done = if archived { format!("{name} is offered again") } else { format!("{name} archived") };
        let failed = if archived { format!("{name} is still archived") } else { format!("{name} was not archived") };
        let deed = Deed::of(command.clone(), call).then(move |_| state.toasts.ok(done.clone())).or_say(state, failed);
        state.ahead(deed);
    });
    let fields = vec![("id".to_owned(), id), ("archived".to_owned(), wanted.to_owned())];
    view! { <PostButton action label fields kind=ButtonKind::Quiet icon take/> }.into_any()
}
