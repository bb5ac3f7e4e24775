//! One category in the list.

use leptos::prelude::*;

use ledger::categories::Category;
use ledger::filter::Filter;
use ledger::period::Period;
use ledger::{Book, Command, Money};

use super::api::ArchiveCategory;
use super::page::Line;
use crate::book::ArchiveButton;
use crate::layout::{me, today};
use crate::ui::{ButtonKind, GoButton, Icon};

#[component]
pub(super) fn CategoryRow(book: Signal<Book>, line: Line) -> impl IntoView {
    let (format, today) = (me().format(), today());
    let Line { category, depth, minor, whole } = line;
    let (kind, id) = (category.kind, category.id);
    let of_month = move || Filter::of_kind(kind, Period::month_of(today.get()));
    let home = book.with_untracked(|book| book.home);
    let money = move |minor| format.money(Money::new(minor, home));
    let (edit, merge) = (format!("/categories/{id}/edit"), format!("/categories/{id}/merge"));
    let class = format!("list-row category indent-{depth}");
    view! {
        <li class=class data-testid="category">
            <span class=format!("category-icon {}", tint_of(&category))><Icon name=icon_of(&category)/></span>
            <span class="category-name">{category.name.clone()}</span>
            <span class="category-amounts num">
                <a class="category-amount" href=move || of_month().in_category(Some(id)).url() data-minor=minor.to_string()>
                    {money(minor)}
                    <span class="visually-hidden">" this month"</span>
                </a>
                {(whole != minor).then(|| view! {
                    <a class="category-whole small" href=move || of_month().under_category(id).url() data-minor=whole.to_string()>
                        {money(whole)} " with all below"
                    </a>
                })}
            </span>
            <div class="category-actions">
                <GoButton href=edit label="Rename" kind=ButtonKind::Quiet icon="pencil"/>
                <GoButton href=merge label="Merge" kind=ButtonKind::Quiet icon="merge"/>
                <ArchiveButton
                    action={ServerAction::<ArchiveCategory>::new()}
                    id=id
                    archived=category.archived
                    command=|id, archived| Command::ArchiveCategory { id, archived }
                    name=category.name
                />
            </div>
        </li>
    }
    .into_any()
}

pub(super) fn icon_of(category: &Category) -> String {
    if category.icon.is_empty() { "tag".to_owned() } else { category.icon.clone() }
}

/// The class of its colour.
pub(super) fn tint_of(category: &Category) -> String {
    format!("tint-{}", category.colour + 1)
}
