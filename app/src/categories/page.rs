//! `/categories`, and with `?edit=ID` the form that renames one.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use ledger::Book;
use ledger::categories::Category;
use ledger::form::name_key;
use ledger::id::CategoryId;
use ledger::period::Period;
use ledger::records::Kind;
use ledger::totals::TotalKind;

use super::form::RenameForm;
use super::row::CategoryRow;
use crate::book::WithBook;
use crate::layout::today;
use crate::ui::{ButtonKind, Card, GoButton, PageHead};

#[component]
pub fn CategoriesPage() -> impl IntoView {
    view! {
        <PageHead title="Categories" lead="What money is spent on and earned by. The amounts are of this month.">
            <GoButton href="/categories/new" label="Add category" kind=ButtonKind::Primary icon="plus">
                "Add category"
            </GoButton>
        </PageHead>
        <WithBook children={move |book: Signal<Book>| {
            view! {
                <div class="categories">
                    <CategoryGroup book kind=Kind::Expense title="Expenses"/>
                    <CategoryGroup book kind=Kind::Income title="Income"/>
                </div>
            }
        }}/>
    }
    .into_any()
}

/// A category, and what it came to this month in minor units of the home currency.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub category: Category,
    pub minor: i64,
    pub mode: Mode,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Mode {
    Shown,
    Renamed,
    /// Another one is being renamed.
    Waiting,
}

#[component]
fn CategoryGroup(book: Signal<Book>, kind: Kind, title: &'static str) -> impl IntoView {
    let (query, today) = (use_query_map(), today());
    let editing = Memo::new(move |_| query.read().get("edit").and_then(|id| id.parse::<CategoryId>().ok()));
    let lines =
        Memo::new(move |_| book.with(|book| lines_of(book, kind, Period::month_of(today.get()), editing.get())));
    let open = move || lines.with(|lines| lines.iter().filter(|line| !line.category.archived).cloned().collect());
    let archived = Memo::new(move |_| {
        lines.with(|lines| lines.iter().filter(|line| line.category.archived).cloned().collect::<Vec<_>>())
    });
    view! {
        <Card title>
            <Lines book lines=Signal::derive(open)/>
            <Show when=move || archived.with(|archived| !archived.is_empty())>
                <details class="archived" open=move || archived.with(|lines| lines.iter().any(|line| line.mode == Mode::Renamed))>
                    <summary>"Archived (" {move || archived.with(Vec::len)} ")"</summary>
                    <Lines book lines=archived.into()/>
                </details>
            </Show>
        </Card>
    }
    .into_any()
}

#[component]
fn Lines(book: Signal<Book>, lines: Signal<Vec<Line>>) -> impl IntoView {
    let key = |line: &Line| (line.category.id, line.category.revision, line.minor, line.mode);
    view! {
        <ul class="list">
            <For each=move || lines.get() key let:line>
                <li class="list-row category" data-testid="category">
                    {if line.mode == Mode::Renamed {
                        leptos::either::Either::Left(view! { <RenameForm book category=line.category/> })
                    } else {
                        leptos::either::Either::Right(view! { <CategoryRow book line/> })
                    }}
                </li>
            </For>
        </ul>
    }
    .into_any()
}

/// The categories of a kind by name.
fn lines_of(book: &Book, kind: Kind, month: Period, editing: Option<CategoryId>) -> Vec<Line> {
    let total = if kind == Kind::Income { TotalKind::Income } else { TotalKind::Expense };
    let mut lines: Vec<Line> = book
        .categories
        .values()
        .filter(|category| category.kind == kind)
        .map(|category| {
            let counts = |key: &ledger::totals::TotalKey| {
                key.kind == total && key.category == category.id && key.currency == book.home
            };
            let minor = book.totals.sum_where(month, counts);
            let mode = match editing {
                None => Mode::Shown,
                Some(id) if id == category.id => Mode::Renamed,
                Some(_) => Mode::Waiting,
            };
            Line { category: category.clone(), minor, mode }
        })
        .collect();
    lines.sort_by_cached_key(|line| name_key(&line.category.name));
    lines
}
