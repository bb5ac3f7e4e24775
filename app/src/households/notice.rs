//! The way back where no toast could offer it: on the page that follows.

use leptos::prelude::*;

use super::api::{RejoinBook, RestoreInvitation, RestorePerson};
use crate::layout::{go, leave_to};
use crate::ui::{UndoNotice, query_here};

/// On the dashboard of another book, after one was left.
#[component]
pub(crate) fn LeftNotice() -> impl IntoView {
    let query = query_here();
    // Everything on every page is of the other book then.
    let on_done = Callback::new(|()| leave_to("/dashboard"));
    move || {
        query.read().get("left").map(|book| {
            let action = ServerAction::<RejoinBook>::new();
            view! { <UndoNotice words="You have left the book." action fields=vec![("book".to_owned(), book)] on_done/> }
        })
    }
}

/// After somebody was removed from the book, or an invitation was taken back.
#[component]
pub(super) fn PeopleNotice() -> impl IntoView {
    let query = query_here();
    let on_done = Callback::new(|()| go("/settings?saved=1"));
    let removed = move || {
        query.read().get("removed").map(|user| {
            let action = ServerAction::<RestorePerson>::new();
            view! { <UndoNotice words="They were removed from the book." action fields=vec![("user".to_owned(), user)] on_done/> }
        })
    };
    let uninvited = move || {
        query.read().get("uninvited").map(|id| {
            let action = ServerAction::<RestoreInvitation>::new();
            view! { <UndoNotice words="The invitation was taken back." action fields=vec![("id".to_owned(), id)] on_done/> }
        })
    };
    view! { {removed} {uninvited} }
}
