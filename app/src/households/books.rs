//! The books of a person, to open another one.

use leptos::prelude::*;

use super::api::SwitchBook;
use crate::layout::{leave_to, me};
use crate::ui::{ButtonKind, Icon, PostButton};

/// Nothing for a person with one book.
#[component]
pub(crate) fn BookSwitch(
    /// As a list, inside a menu that closes when something in it is pressed.
    #[prop(optional)]
    flat: bool,
) -> impl IntoView {
    let me = me();
    if me.books.len() < 2 || me.looking.is_some() {
        return ().into_any();
    }
    // Everything on every page is of the other book then.
    let on_done = Callback::new(|()| leave_to("/dashboard"));
    let open = me.book.clone();
    let books = me
        .books
        .into_iter()
        .filter(move |book| book.id != open)
        .map(|book| {
            view! {
                <li>
                    <PostButton
                        action={ServerAction::<SwitchBook>::new()}
                        label=format!("Open {}", book.name)
                        fields=vec![("book".to_owned(), book.id)]
                        kind=ButtonKind::Quiet
                        on_done
                    >
                        {format!("Open {}", book.name)}
                    </PostButton>
                </li>
            }
        })
        .collect_view();
    if flat {
        return view! {
            <div class="book-switch">
                <p class="side-name">{me.book_name}</p>
                <ul class="ways">{books}</ul>
            </div>
        }
        .into_any();
    }
    view! {
        <details class="book-switch">
            <summary>
                <Icon name="wallet"/>
                <span>{me.book_name}</span>
                <Icon name="chevron-down"/>
            </summary>
            <ul class="ways">{books}</ul>
        </details>
    }
    .into_any()
}
