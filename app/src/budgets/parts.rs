//! What a budget counts now, and where the records are listed.

use chrono::NaiveDate;
use leptos::prelude::*;

use ledger::budgets::Budget;
use ledger::filter::Filter;
use ledger::records::Kind;
use ledger::{Book, Money};

use crate::layout::me;

/// One link where one list holds all that counts; else a link for each category, with what it spent.
#[component]
pub(super) fn BudgetParts(book: Signal<Book>, budget: Budget) -> impl IntoView {
    let (today, format) = (me().today, me().format());
    if budget.categories.len() < 2 {
        let only = budget.categories.first().copied();
        let spent = book.with_untracked(|book| Filter::of_kind(Kind::Expense, budget.period(today, book.week_start)));
        let listed = if only.is_some() { spent.in_category(only) } else { spent };
        return view! { <p class="card-more"><a href=listed.url()>"Show the records"</a></p> }.into_any();
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
        let minor = book.totals.expenses(period, |category| category == Some(id));
        Part {
            name: book.category_name(Some(id)).to_owned(),
            spent: Money::new(minor, currency),
            href: Filter::of_kind(Kind::Expense, period).in_category(Some(id)).url(),
        }
    };
    let mut parts: Vec<Part> = budget.categories.iter().copied().map(part).collect();
    parts.sort_by_key(|part| std::cmp::Reverse(part.spent.minor));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use ledger::Currency;
    use ledger::id::{AccountId, BudgetId, CategoryId};
    use ledger::period::Span;
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
            id: BudgetId::NIL,
            name: "Food and fuel".into(),
            limit: Money::new(10_000, Currency::INR),
            span: Span::Month,
            categories: [category(1), category(2)].into(),
            roll_over: false,
            since: today,
            thresholds: Vec::new(),
            revision: 1,
        };
        let parts = parts_of(&budget, &book, today);
        let minors: Vec<i64> = parts.iter().map(|part| part.spent.minor).collect();
        assert_eq!(minors, [700, 500]);
        assert_eq!(minors.iter().sum::<i64>(), budget.progress(&book.totals, today, book.week_start).spent.minor);
        assert_eq!(
            parts[0].href,
            format!("/records?from=2027-02-01&to=2027-02-28&kind=expense&category={}", category(2))
        );
    }
}
