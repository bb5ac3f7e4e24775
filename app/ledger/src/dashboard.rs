//! What the dashboard answers, computed from a window of the book. Each answer comes with the filter of the
//! records behind it.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::book::Book;
use crate::filter::Filter;
use crate::id::CategoryId;
use crate::money::Money;
use crate::period::Period;
use crate::records::Kind;
use crate::totals::TotalKind;

/// A sum and the records that make it up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    pub money: Money,
    pub behind: Filter,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dashboard {
    /// The calendar month of today.
    pub month: Period,
    pub income: Figure,
    pub expenses: Figure,
    /// What is in all accounts together.
    pub balance: Money,
    /// What the plain monthly budget leaves; `None` without one.
    pub budget_left: Option<Money>,
    /// Expenses of the seven days that end today.
    pub last_7_days: Figure,
    /// Expenses of the calendar month before this one.
    pub last_month: Figure,
    /// Expenses of the month by category, largest first; those without a category as `None`.
    pub by_category: Vec<(Option<CategoryId>, Figure)>,
    /// Twelve months, oldest first, this one last.
    pub by_month: Vec<MonthFigures>,
    /// Expenses of each day of the month.
    pub by_day: Vec<(NaiveDate, Figure)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthFigures {
    pub month: Period,
    pub income: Figure,
    pub expenses: Figure,
}

/// All in the home currency; transfers are neither income nor expenses.
pub fn dashboard(book: &Book, today: NaiveDate) -> Dashboard {
    let month = Period::month_of(today);
    Dashboard {
        month,
        income: figure(book, Kind::Income, month),
        expenses: figure(book, Kind::Expense, month),
        balance: book.net_worth(),
        budget_left: book
            .plain_monthly_budget()
            .map(|budget| budget.progress(&book.totals, today, book.week_start).left),
        last_7_days: figure(book, Kind::Expense, Period::last_days(today, 7)),
        last_month: figure(book, Kind::Expense, Period::month_before(today)),
        by_category: by_category(book, month),
        by_month: Period::last_months(today, 12)
            .into_iter()
            .map(|month| MonthFigures {
                month,
                income: figure(book, Kind::Income, month),
                expenses: figure(book, Kind::Expense, month),
            })
            .collect(),
        by_day: month
            .start
            .iter_days()
            .take_while(|day| month.contains(*day))
            .map(|day| (day, figure(book, Kind::Expense, Period::day(day))))
            .collect(),
    }
}

fn figure(book: &Book, kind: Kind, period: Period) -> Figure {
    let total = if kind == Kind::Income { TotalKind::Income } else { TotalKind::Expense };
    let money = Money::new(book.totals.sum(period, total, book.home), book.home);
    Figure { money, behind: Filter::of_kind(kind, period) }
}

fn by_category(book: &Book, period: Period) -> Vec<(Option<CategoryId>, Figure)> {
    let mut sums: BTreeMap<Option<CategoryId>, i64> = BTreeMap::new();
    for (key, total) in book.totals.within(period) {
        if key.kind == TotalKind::Expense && key.currency == book.home {
            let category = Some(key.category).filter(|category| *category != CategoryId::NIL);
            *sums.entry(category).or_default() += total.minor;
        }
    }
    let mut figures: Vec<(Option<CategoryId>, Figure)> = sums
        .into_iter()
        .map(|(category, minor)| {
            let behind = Filter::of_kind(Kind::Expense, period).in_category(category);
            (category, Figure { money: Money::new(minor, book.home), behind })
        })
        .collect();
    figures.sort_by_key(|(category, figure)| (std::cmp::Reverse(figure.money.minor), *category));
    figures
}
