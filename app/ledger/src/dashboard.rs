//! What the dashboard answers, computed from a window of the book. Each answer comes with the filter of the
//! records behind it.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use crate::book::Book;
use crate::filter::Filter;
use crate::id::CategoryId;
use crate::money::{Money, NumberFormat, clamp, sum};
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

impl MonthFigures {
    /// What came in less what was spent, and all records of the month.
    pub fn net(&self) -> Figure {
        let minor = clamp(i128::from(self.income.money.minor) - i128::from(self.expenses.money.minor));
        Figure { money: Money::new(minor, self.income.money.currency), behind: Filter::within(self.month) }
    }
}

/// Expenses of days in minor units of the home currency; days without any are left out.
pub type DaySpending = BTreeMap<NaiveDate, i64>;

/// How the month stands beside those before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// Whole percent of the month's income that is not spent; `None` without income.
    pub savings_rate: Option<i64>,
    /// Beside the same days of last month; `None` when nothing was spent on either.
    pub same_days: Option<Difference>,
    /// Beside an average month of the last three; `None` when those are empty.
    pub average: Option<Difference>,
}

/// What is spent now and what was spent then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub now: Money,
    pub then: Money,
    /// The records of then.
    pub behind: Filter,
}

impl Difference {
    /// "₹1,240.00 less than by this day last month", where `than` is "by this day last month".
    pub fn words(&self, than: &str, format: NumberFormat) -> String {
        let by = clamp(i128::from(self.now.minor) - i128::from(self.then.minor));
        let amount = format.money(Money::new(by.saturating_abs(), self.now.currency));
        match by {
            0 => format!("As much as {than}"),
            1.. => format!("{amount} more than {than}"),
            _ => format!("{amount} less than {than}"),
        }
    }
}

/// The share of an income that is not spent, in whole percent rounded to the nearest; below zero where more was
/// spent than came in. `None` without income.
pub fn savings_rate(income: i64, expenses: i64) -> Option<i64> {
    let (income, expenses) = (i128::from(income), i128::from(expenses));
    (income > 0).then(|| clamp(((income - expenses) * 200 + income).div_euclid(income * 2)))
}

/// Compares the month with what the server tells of the spending of last month's days.
pub fn compared(book: &Book, days: &DaySpending, today: NaiveDate) -> Compared {
    let month = Period::month_of(today);
    let money = |minor| Money::new(minor, book.home);
    let spent = |period| book.totals.sum(period, TotalKind::Expense, book.home);
    let same = same_days_before(today);
    let now = spent(Period { end: Period::day(today).end, ..month });
    let then = sum(days.range(same.start..same.end).map(|(_, minor)| *minor));
    let months: Vec<Period> = Period::last_months(today, 4).into_iter().take(3).collect();
    let average = sum(months.iter().map(|month| spent(*month))) / 3;
    let behind = months.first().map_or_else(Filter::default, |first| {
        Filter::of_kind(Kind::Expense, Period { start: first.start, end: month.start })
    });
    Compared {
        savings_rate: savings_rate(book.totals.sum(month, TotalKind::Income, book.home), spent(month)),
        same_days: (now != 0 || then != 0).then(|| Difference {
            now: money(now),
            then: money(then),
            behind: Filter::of_kind(Kind::Expense, same),
        }),
        // A book that is younger than the three months has no usual month.
        average: months.first().is_some_and(|month| spent(*month) > 0).then(|| Difference {
            now: money(spent(month)),
            then: money(average),
            behind,
        }),
    }
}

/// The days of last month up to the same day, or all of it where it is shorter.
fn same_days_before(today: NaiveDate) -> Period {
    let before = Period::month_before(today);
    let last = before.start.with_day(today.day()).filter(|day| before.contains(*day));
    Period { end: last.map_or(before.end, |last| Period::day(last).end), ..before }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::currency::Currency;
    use crate::id::AccountId;
    use crate::totals::{Total, TotalKey};
    use chrono::Weekday;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn book(totals: &[(&str, TotalKind, i64)]) -> Book {
        let mut book = Book::new(Currency::INR, Weekday::Mon);
        for (on, kind, minor) in totals {
            let (account, category) = (AccountId::NIL, CategoryId::NIL);
            let key = TotalKey { day: day(on), kind: *kind, account, category, currency: Currency::INR };
            book.totals.add_to(key, Total { minor: *minor, count: 1 });
        }
        book
    }

    #[test]
    fn a_savings_rate_is_a_whole_percent_of_an_income_that_is_there() {
        for (income, expenses, rate) in [
            (0, 0, None),
            (0, 500, None),
            (100_000, 0, Some(100)),
            (100_000, 66_500, Some(34)),
            (100_000, 66_501, Some(33)),
            (100_000, 100_000, Some(0)),
            (100_000, 150_000, Some(-50)),
            (300, 200, Some(33)),
            (i64::MAX, 1, Some(100)),
        ] {
            assert_eq!(savings_rate(income, expenses), rate, "{expenses} of {income}");
        }
    }

    #[test]
    fn a_month_is_compared_with_the_same_days_even_where_the_last_one_is_shorter() {
        for (today, start, end) in [
            ("2027-03-31", "2027-02-01", "2027-03-01"),
            ("2028-03-29", "2028-02-01", "2028-03-01"),
            ("2027-03-10", "2027-02-01", "2027-02-11"),
            ("2027-01-01", "2026-12-01", "2026-12-02"),
        ] {
            assert_eq!(same_days_before(day(today)), Period { start: day(start), end: day(end) }, "{today}");
        }
    }

    #[test]
    fn differences_are_told_in_words_with_exact_amounts() {
        use TotalKind::{Expense, Income};
        let kept = book(&[
            ("2026-11-20", Expense, 900_000),
            ("2026-10-01", Expense, 300_000),
            ("2027-01-01", Expense, 600_000),
            ("2027-01-01", Income, 1_000_000),
            ("2027-02-03", Income, 1_000_000),
            ("2027-02-03", Expense, 176_000),
            ("2027-02-20", Expense, 74_000),
        ]);
        let days = DaySpending::from([(day("2027-01-10"), 300_000), (day("2027-01-11"), 300_000)]);
        let told = compared(&kept, &days, day("2027-02-10"));
        let format = NumberFormat::of("en-IN");
        assert_eq!(told.savings_rate, Some(75));
        let same = told.same_days.expect("something was spent");
        assert_eq!(same.words("by this day last month", format), "₹1,240.00 less than by this day last month");
        assert_eq!(same.behind.url(), "/records?from=2027-01-01&to=2027-01-10&kind=expense");
        let average = told.average.expect("three months");
        assert_eq!((average.now.minor, average.then.minor), (250_000, 500_000));
        assert_eq!(average.behind.url(), "/records?from=2026-11-01&to=2027-01-31&kind=expense");
        let none = compared(&book(&[]), &DaySpending::new(), day("2027-02-10"));
        assert_eq!((none.savings_rate, none.same_days, none.average), (None, None, None));
    }
}
