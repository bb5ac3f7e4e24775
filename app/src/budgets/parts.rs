//! What a budget counts now, and where the records are listed.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use leptos::prelude::*;

use ledger::budgets::Budget;
use ledger::filter::Filter;
use ledger::id::CategoryId;
use ledger::period::Period;
use ledger::records::Kind;
use ledger::{Book, Money};

use crate::layout::me;

/// One link where one list holds all that counts; else a link for each category, with what it spent.
#[component]
pub(super) fn BudgetParts(book: Signal<Book>, budget: Budget) -> impl IntoView {
    let (today, format) = (me().today, me().format());
    if budget.categories.len() < 2 {
        let listed = book.with_untracked(|book| behind(&budget, budget.period(today, book.week_start), book));
        return view! { <p class="card-more"><a class="reach" href=listed>"Show the records"</a></p> }.into_any();
    }
    let parts = Memo::new(move |_| book.with(|book| parts_of(&budget, book, today)));
    let items = move || {
        let item = |part: Part| {
            view! {
                <li>
                    <a href=part.href>
                        {part.name} " "
                        <span class="num" data-minor=part.spent.minor.to_string()>{format.money(part.spent)}</span>
                    </a>
                </li>
            }
        };
        parts.get().into_iter().map(item).collect_view()
    };
    view! { <ul class="budget-parts" aria-label="Spent by category">{items}</ul> }.into_any()
}

/// Where the records of a period are listed; those of several categories stand among all others.
pub(crate) fn behind(budget: &Budget, period: Period, book: &Book) -> String {
    if let Some(tag) = &budget.tag {
        return Filter { tag: Some(tag.clone()), ..Filter::of_kind(Kind::Expense, period) }.url();
    }
    match budget.categories.first() {
        Some(only) if budget.categories.len() == 1 => listed(*only, period, book),
        _ => Filter::of_kind(Kind::Expense, period).url(),
    }
}

/// Where what was spent on a category, and on all below it, is listed.
fn listed(category: CategoryId, period: Period, book: &Book) -> String {
    let spent = Filter::of_kind(Kind::Expense, period);
    let has_below = book.has_categories_below(category);
    if has_below { spent.under_category(category).url() } else { spent.in_category(Some(category)).url() }
}

/// The share of one category.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    name: String,
    spent: Money,
    href: String,
}

/// What each category of the budget spent in the period of `today`, the largest first.
fn parts_of(budget: &Budget, book: &Book, today: NaiveDate) -> Vec<Part> {
    let (period, currency) = (budget.period(today, book.week_start), budget.limit.currency);
    let part = |id| {
        let inside = book.with_below(&[id].into());
        let minor = book.totals.expenses(period, |category| category.is_some_and(|id| inside.contains(&id)));
        Part {
            name: book.category_name(Some(id)).to_owned(),
            spent: Money::new(minor, currency),
            href: listed(id, period, book),
        }
    };
    // One that lies below another is in that one's share.
    let is_top = |id: &CategoryId| {
        let others: BTreeSet<CategoryId> = budget.categories.iter().copied().filter(|other| other != id).collect();
        !book.with_below(&others).contains(id)
    };
    let mut parts: Vec<Part> = budget.categories.iter().copied().filter(is_top).map(part).collect();
    parts.sort_by_key(|part| std::cmp::Reverse(part.spent.minor));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use ledger::Currency;
    use ledger::id::{AccountId, BudgetId};
    use ledger::totals::{Total, TotalKey, TotalKind};

    #[test]
    fn the_parts_of_a_budget_add_up_to_what_is_spent() {
        let category = |number| CategoryId(uuid::Uuid::from_u128(number));
        let today: NaiveDate = "2027-02-10".parse().expect("a day");
        let mut book = Book::new(Currency::INR, chrono::Weekday::Mon);
        for (number, day, minor) in
            [(1, "2027-02-01", 500), (2, "2027-02-28", 700), (3, "2027-02-02", 9), (1, "2027-01-31", 50)]
        {
            let key = TotalKey {
                day: day.parse().expect("a day"),
                kind: TotalKind::Expense,
                account: AccountId::NIL,
                category: category(number),
                currency: Currency::INR,
            };
            book.totals.set(key, Total::one(minor));
        }
        let budget = Budget {
            categories: [category(1), category(2)].into(),
            ..Budget::monthly(BudgetId::NIL, "Food and fuel", Money::new(10_000, Currency::INR), today)
        };
        let parts = parts_of(&budget, &book, today);
        let minors: Vec<i64> = parts.iter().map(|part| part.spent.minor).collect();
        assert_eq!(minors, [700, 500]);
        assert_eq!(minors.iter().sum::<i64>(), book.judged(&budget).progress(today).spent.minor);
        assert_eq!(
            parts[0].href,
            format!("/records?from=2027-02-01&to=2027-02-28&kind=expense&category={}", category(2))
        );
    }
}
