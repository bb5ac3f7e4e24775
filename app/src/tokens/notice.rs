//! The way back where no toast could offer it.

use leptos::prelude::*;

use super::api::RestoreToken;
use crate::layout::go;
use crate::ui::{UndoNotice, query_here};

#[component]
pub fn TokenNotice() -> impl IntoView {
    let query = query_here();
    let on_done = Callback::new(|()| go("/settings?saved=1"));
    move || {
        query.read().get("revoked").map(|id| {
            let action = ServerAction::<RestoreToken>::new();
            view! { <UndoNotice words="Token revoked." action fields=vec![("id".to_owned(), id)] on_done/> }
        })
    }
}
