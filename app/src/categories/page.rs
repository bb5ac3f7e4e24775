//! `/categories`, and with `?order=on` the same to be put in order.

use leptos::prelude::*;

use ledger::Book;
use ledger::categories::Category;
use ledger::id::CategoryId;
use ledger::period::Period;
use ledger::records::Kind;
use ledger::totals::TotalKind;

use super::merge::MergedNotice;
use super::order::CategoryOrder;
use super::recent::{RecentMerges, recent_merges};
use super::row::CategoryRow;
use crate::book::WithBook;
use crate::layout::today;
use crate::roles::may_call;
use crate::ui::{ButtonKind, ButtonLink, Card, GoButton, PageHead, query_here};

const KINDS: [(Kind, &str); 2] = [(Kind::Expense, "Expenses"), (Kind::Income, "Income")];

#[component]
pub fn CategoriesPage() -> impl IntoView {
    let query = query_here();
    let ordering = Memo::new(move |_| query.read().get("order").is_some());
    // Made here and not below: what lies inside something that is waited for is made more than once on the server.
    let merges = recent_merges();
    view! {
        <PageHead title="Categories" lead="What money is spent on and earned by. The amounts are of this month.">
            {move || if ordering.get() {
                view! { <ButtonLink href="/categories" kind=ButtonKind::Primary icon="check">"Done"</ButtonLink> }.into_any()
            } else {
                may_call("move_category").then(|| view! {
                    <ButtonLink href="/categories?order=on" kind=ButtonKind::Quiet icon="list">"Change order"</ButtonLink>
                }).into_any()
            }}
            <GoButton href="/categories/new" label="Add category" kind=ButtonKind::Primary icon="plus">
                "Add category"
            </GoButton>
        </PageHead>
        <MergedNotice/>
        <WithBook children={move |book: Signal<Book>| {
            let groups = move || {
                let ordering = ordering.get();
                KINDS.map(|(kind, title)| if ordering {
                    view! { <CategoryOrder book kind title/> }.into_any()
                } else {
                    view! { <CategoryGroup book kind title/> }.into_any()
                }).collect_view()
            };
            view! {
                <div class="categories">{groups}</div>
                {merges.map(|merges| view! { <RecentMerges book merges/> })}
            }
        }}/>
    }
    .into_any()
}

/// A category, and what it came to this month in minor units of the home currency.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub category: Category,
    pub depth: usize,
    pub minor: i64,
    /// With all that stands below it.
    pub whole: i64,
}

#[component]
fn CategoryGroup(book: Signal<Book>, kind: Kind, title: &'static str) -> impl IntoView {
    let today = today();
    let lines = Memo::new(move |_| book.with(|book| lines_of(book, kind, Period::month_of(today.get()))));
    let of = move |archived: bool| {
        lines.with(|lines| lines.iter().filter(|line| line.category.archived == archived).cloned().collect::<Vec<_>>())
    };
    let archived = Memo::new(move |_| of(true));
    view! {
        <Card title>
            <Lines book lines=Signal::derive(move || of(false))/>
            <Show when=move || archived.with(|archived| !archived.is_empty())>
                <details class="archived">
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
    let key = |line: &Line| (line.category.id, line.category.revision, line.depth, line.minor, line.whole);
    view! {
        <ul class="list">
            <For each=move || lines.get() key let:line>
                <CategoryRow book line/>
            </For>
        </ul>
    }
    .into_any()
}

/// The categories of a kind in their tree. What stands below an archived one keeps its indent.
fn lines_of(book: &Book, kind: Kind, month: Period) -> Vec<Line> {
    let total = if kind == Kind::Income { TotalKind::Income } else { TotalKind::Expense };
    let sum = |counts: &dyn Fn(CategoryId) -> bool| {
        book.totals.sum_where(month, |key| key.kind == total && counts(key.category))
    };
    let line = |(depth, category): (usize, &Category)| {
        let minor = sum(&|id| id == category.id);
        let below = book.categories_within(category.id);
        let whole = if below.len() > 1 { sum(&|id| below.contains(&id)) } else { minor };
        Line { category: category.clone(), depth, minor, whole }
    };
    book.category_tree(kind).into_iter().map(line).collect()
}
