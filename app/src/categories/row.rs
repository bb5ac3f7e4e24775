//! One category in the list.

use leptos::prelude::*;

use ledger::filter::Filter;
use ledger::period::Period;
use ledger::{Book, Money};

use super::api::ArchiveCategory;
use super::page::{Line, Mode};
use crate::book::ArchiveButton;
use crate::layout::{me, today};
use crate::ui::{ButtonKind, GoButton, Icon};

#[component]
pub(super) fn CategoryRow(book: Signal<Book>, line: Line) -> impl IntoView {
    let (format, today) = (me().format(), today());
    let Line { category, minor, mode } = line;
    let (kind, id) = (category.kind, category.id);
    let behind = move || Filter::of_kind(kind, Period::month_of(today.get())).in_category(Some(id)).url();
    let amount = format.money(Money::new(minor, book.with_untracked(|book| book.home)));
    let icon = if category.icon.is_empty() { "tag".to_owned() } else { category.icon.clone() };
    let edit = format!("/categories?edit={}", category.id);
    view! {
        <span class="category-icon"><Icon name=icon/></span>
        <span class="category-name">{category.name.clone()}</span>
        <a class="category-amount num" href=behind data-minor=minor.to_string()>
            {amount}
            <span class="visually-hidden">" this month"</span>
        </a>
        {(mode == Mode::Shown)
            .then(|| {
                view! {
                    <div class="category-actions">
                        <GoButton href=edit label="Rename" kind=ButtonKind::Quiet icon="pencil"/>
                        <ArchiveButton
                            action={ServerAction::<ArchiveCategory>::new()}
                            id=category.id.to_string()
                            archived=category.archived
                            name=category.name
                        />
                    </div>
                }
            })}
    }
    .into_any()
}
