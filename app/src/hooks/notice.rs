//! The way back after a webhook was deleted.

use leptos::prelude::*;

use super::api::RestoreHook;
use crate::layout::go;
use crate::ui::{UndoNotice, query_here};

#[component]
pub(crate) fn HookNotice() -> impl IntoView {
    let query = query_here();
    move || {
        query.read().get("unhooked").map(|id| {
            let (action, page) = (ServerAction::<RestoreHook>::new(), format!("/settings/webhooks/{id}"));
            let on_done = Callback::new(move |()| go(&page));
            view! { <UndoNotice words="Webhook deleted." action fields=vec![("id".to_owned(), id)] on_done/> }
        })
    }
}
