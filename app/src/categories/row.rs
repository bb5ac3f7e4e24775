//! One category in the list.

use leptos::prelude::*;

use ledger::filter::Filter;
use ledger::period::Period;
use ledger::{Book, Changes, Money};

use super::api::ArchiveCategory;
use super::page::{Line, Mode};
use crate::book::BookState;
use crate::layout::me;
use crate::ui::{ButtonKind, GoButton, Icon, PostButton, toasts};

#[component]
pub(super) fn CategoryRow(book: Signal<Book>, line: Line) -> impl IntoView {
    let me = me();
    let Line { category, minor, mode } = line;
    let behind = Filter::of_kind(category.kind, Period::month_of(me.today)).in_category(Some(category.id));
    let amount = me.format().money(Money::new(minor, book.with_untracked(|book| book.home)));
    let icon = if category.icon.is_empty() { "tag".to_owned() } else { category.icon.clone() };
    let edit = format!("/categories?edit={}", category.id);
    view! {
        <span class="category-icon"><Icon name=icon/></span>
        <span class="category-name">{category.name.clone()}</span>
        <a class="category-amount num" href=behind.url() data-minor=minor.to_string()>
            {amount}
            <span class="visually-hidden">" this month"</span>
        </a>
        {(mode == Mode::Shown)
            .then(|| {
                view! {
                    <div class="category-actions">
                        <GoButton href=edit label="Rename" kind=ButtonKind::Quiet icon="pencil"/>
                        <Archive id=category.id.to_string() archived=category.archived name=category.name/>
                    </div>
                }
            })}
    }
    .into_any()
}

#[component]
fn Archive(id: String, archived: bool, name: String) -> impl IntoView {
    let (state, toasts) = (BookState::here(), toasts());
    let (label, icon, wanted) =
        if archived { ("Unarchive", "archive-restore", "") } else { ("Archive", "archive", "on") };
    let on_done = Callback::new(move |changes: Changes| {
        state.merge(&changes);
        toasts.ok(if archived { format!("{name} is offered again") } else { format!("{name} archived") });
    });
    let fields = vec![("id".to_owned(), id), ("archived".to_owned(), wanted.to_owned())];
    view! {
        <PostButton action={ServerAction::<ArchiveCategory>::new()} label fields kind=ButtonKind::Quiet icon on_done/>
    }
    .into_any()
}
