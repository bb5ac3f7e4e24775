//! What the dashboard answers, computed from a window of the book. Each answer comes with the filter of the
//! records behind it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use crate::book::Book;
use crate::currency::Currency;
use crate::filter::Filter;
use crate::id::CategoryId;
use crate::money::{Money, NumberFormat, clamp, sum};
use crate::period::Period;
use crate::records::Kind;
use crate::report::{Against, ReportChoice, average, running};
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
    /// The currencies of accounts that it leaves out, as they have no rate.
    pub uncounted: BTreeSet<Currency>,
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
    /// Beside the same days of last month; `None` when nothing was spent on either.
    pub same_days: Option<Difference>,
    /// Beside the same days of an average month of the last three; `None` when the first of those is empty.
    pub average: Option<Difference>,
    pub pace: Pace,
}

/// What was spent up to each day of a month, minor units of the home currency.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    /// Up to today.
    pub now: Vec<i64>,
    pub last_month: Vec<i64>,
    /// Of the last three months; empty when the first of those is.
    pub average: Vec<i64>,
}

/// What is spent now and what was spent then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub now: Money,
    pub then: Money,
    /// The report that shows both.
    pub shown: ReportChoice,
}

impl Difference {
    /// What is spent more now, below zero where it is less, in minor units.
    pub fn by(&self) -> i64 {
        clamp(i128::from(self.now.minor) - i128::from(self.then.minor))
    }

    /// "₹1,240.00 less than by this day last month", where `than` is "by this day last month".
    pub fn words(&self, than: &str, format: NumberFormat) -> String {
        let by = self.by();
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

/// Compares the month with what the server tells of the spending of the days of the last three.
pub fn compared(book: &Book, days: &DaySpending, today: NaiveDate) -> Compared {
    let month = Period::month_of(today);
    let so_far = Period { end: Period::day(today).end, ..month };
    let spent = |period: Period| sum(days.range(period.start..period.end).map(|(_, minor)| *minor));
    let of = |period: Period| {
        let days_of = period.start.iter_days().take_while(move |day| period.contains(*day));
        running(days_of.map(|day| days.get(&day).copied().unwrap_or_default()))
    };
    let months: Vec<Period> = Period::last_months(today, 4).into_iter().take(3).collect();
    // A book that is younger than the three months has no usual month.
    let first = months.first().copied().filter(|month| spent(*month) > 0);
    let now_by_day = so_far.start.iter_days().take_while(|day| so_far.contains(*day));
    let pace = Pace {
        now: running(now_by_day.map(|day| book.totals.sum(Period::day(day), TotalKind::Expense))),
        last_month: of(Period::month_before(today)),
        average: if first.is_some() { average(&months.into_iter().map(of).collect::<Vec<_>>()) } else { Vec::new() },
    };
    let now = pace.now.last().copied().unwrap_or_default();
    // Up to the same day, or all of a month that is shorter.
    let day = usize::try_from(today.day0()).unwrap_or_default();
    let same_day = |pace: &[i64]| pace.get(day).or(pace.last()).copied().unwrap_or_default();
    let difference =
        |then: i64, shown| Difference { now: Money::new(now, book.home), then: Money::new(then, book.home), shown };
    let then = same_day(&pace.last_month);
    Compared {
        same_days: (now != 0 || then != 0)
            .then(|| difference(then, ReportChoice::days(so_far).beside(Some(Against::Month)))),
        average: first.map(|first| {
            difference(same_day(&pace.average), ReportChoice::days(Period { start: first.start, ..so_far }))
        }),
        pace,
    }
}

/// All in the home currency; transfers are neither income nor expenses.
pub fn dashboard(book: &Book, today: NaiveDate) -> Dashboard {
    let month = Period::month_of(today);
    Dashboard {
        month,
        income: figure(book, Kind::Income, month),
        expenses: figure(book, Kind::Expense, month),
        balance: book.net_worth(today),
        uncounted: book.uncounted(),
        budget_left: book.plain_monthly_budget().map(|budget| book.judged(budget).progress(today).left),
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

impl Dashboard {
    /// What came in this month less what was spent in it.
    pub fn saved(&self) -> Figure {
        let minor = clamp(i128::from(self.income.money.minor) - i128::from(self.expenses.money.minor));
        Figure { money: Money::new(minor, self.income.money.currency), behind: Filter::within(self.month) }
    }

    /// Whole percent of the month's income that is not spent; `None` without income.
    pub fn savings_rate(&self) -> Option<i64> {
        savings_rate(self.income.money.minor, self.expenses.money.minor)
    }
}

/// What all accounts held together, in minor units of the home currency and at the rates of each day: at the ends of
/// the twelve months before this one, and at the end of today. What is noted for later days is no part of it yet.
pub fn worth(book: &Book, today: NaiveDate) -> Vec<(NaiveDate, i64)> {
    let now = book.held();
    let at = |day: NaiveDate| {
        let later = Period { start: Period::day(day).end, end: crate::window::days(today).end };
        let mut held = now.clone();
        for (key, total) in book.totals.within(later) {
            *held.entry(key.currency).or_default() -= i128::from(total.minor) * i128::from(key.kind.sign());
        }
        book.worth_of(&held, day).minor
    };
    worth_days(today).into_iter().map(|day| (day, at(day))).collect()
}

/// The days that [`worth`] tells of.
pub fn worth_days(today: NaiveDate) -> Vec<NaiveDate> {
    let ends = Period::last_months(today, 12).into_iter().filter_map(|month| month.start.pred_opt());
    ends.chain([today]).collect()
}

fn figure(book: &Book, kind: Kind, period: Period) -> Figure {
    let total = if kind == Kind::Income { TotalKind::Income } else { TotalKind::Expense };
    let money = Money::new(book.totals.sum(period, total), book.home);
    Figure { money, behind: Filter::of_kind(kind, period) }
}

fn by_category(book: &Book, period: Period) -> Vec<(Option<CategoryId>, Figure)> {
    let mut sums: BTreeMap<Option<CategoryId>, i64> = BTreeMap::new();
    for (key, total) in book.totals.within(period) {
        if key.kind == TotalKind::Expense {
            let category = Some(key.category).filter(|category| *category != CategoryId::NIL);
            *sums.entry(category).or_default() += total.home;
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
    use crate::accounts::{Account, AccountKind};
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
            book.totals.add_to(key, Total::one(*minor));
        }
        book
    }

    #[test]
    fn net_worth_goes_back_to_what_was_there_and_waits_for_what_is_to_come() {
        use TotalKind::{Expense, Income};
        let mut kept = book(&[
            ("2026-03-01", Income, 500),
            ("2027-01-01", Expense, 70),
            ("2027-02-10", Expense, 20),
            ("2027-02-11", Expense, 10),
        ]);
        let opening = Money::new(1000, Currency::INR);
        let account = Account::plain(AccountId::NIL, "Cash", AccountKind::Cash, opening);
        kept.accounts.insert(account.id, Account { revision: 1, ..account });
        kept.balances.insert(AccountId::NIL, 1400);
        let points = worth(&kept, day("2027-02-10"));
        assert_eq!((points.len(), points[0]), (13, (day("2026-02-28"), 1000)));
        assert_eq!(points[10..], [(day("2026-12-31"), 1500), (day("2027-01-31"), 1430), (day("2027-02-10"), 1410)]);
    }

    #[test]
    fn past_months_stand_still_when_a_newer_rate_is_known() {
        let mut kept = book(&[]);
        let opening = Money::new(1000, Currency::USD);
        let account = Account::plain(AccountId::NIL, "Dollars", AccountKind::Bank, opening);
        kept.accounts.insert(account.id, Account { revision: 1, ..account });
        let mut ends = |rates: &[(&str, i64)]| {
            for (on, rate) in rates {
                let rate = crate::rates::Rate::try_from(rate * 10_000_000_000).expect("a rate");
                kept.rates.insert((Currency::USD, day(on)), rate);
            }
            worth(&kept, day("2028-03-15"))[10..].iter().map(|(_, minor)| *minor).collect::<Vec<_>>()
        };
        assert_eq!(ends(&[]), [0, 0, 0], "January, February and today without a rate");
        assert_eq!(ends(&[("2028-02-29", 83)]), [83_000; 3], "the first one that is known counts before it too");
        assert_eq!(ends(&[("2028-03-14", 90)]), [83_000, 83_000, 90_000]);
        assert_eq!(ends(&[("2028-03-16", 95)]), [83_000, 83_000, 90_000], "that of tomorrow moves nothing yet");
        assert_eq!(ends(&[("2028-01-31", 80)]), [80_000, 83_000, 90_000]);
    }

    #[test]
    fn what_is_held_counts_by_the_rate_of_today_and_never_by_one_of_a_day_to_come() {
        let mut kept = book(&[]);
        let opening = Money::new(1000, Currency::USD);
        let account = Account::plain(AccountId::NIL, "Dollars", AccountKind::Bank, opening);
        kept.accounts.insert(account.id, account.clone());
        let today = day("2028-03-15");
        for (on, rate, worth) in [
            ("2099-01-01", 8300, Some(8_300_000)),
            ("2028-03-20", 84, Some(84_000)),
            ("2028-03-14", 83, Some(83_000)),
            ("2028-03-16", 8300, Some(83_000)),
            ("2028-03-15", 82, Some(82_000)),
        ] {
            let rate = crate::rates::Rate::try_from(rate * 10_000_000_000).expect("a rate");
            kept.rates.insert((Currency::USD, day(on)), rate);
            let figure = dashboard(&kept, today).balance.minor;
            assert_eq!(kept.worth(&account, today).map(|money| money.minor), worth, "after that of {on}");
            assert_eq!((Some(figure), worth_line_end(&kept, today)), (worth, worth), "after that of {on}");
        }
    }

    /// What the line of the net worth says of today, in minor units.
    fn worth_line_end(book: &Book, today: NaiveDate) -> Option<i64> {
        worth(book, today).last().map(|(_, minor)| *minor)
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
        for (today, then) in
            [("2027-03-31", 28), ("2028-03-29", 29), ("2027-03-10", 10), ("2027-01-01", 1), ("2027-05-30", 30)]
        {
            let before = Period::month_before(day(today)).start;
            let days = before.iter_days().take(31).map(|day| (day, 1)).collect();
            let same = compared(&book(&[]), &days, day(today)).same_days;
            assert_eq!(same.map(|same| same.then.minor), Some(then), "{today}");
        }
    }

    #[test]
    fn differences_are_told_in_words_with_exact_amounts() {
        use TotalKind::Expense;
        let kept =
            book(&[("2027-02-03", Expense, 176_000), ("2027-02-10", Expense, 74_000), ("2027-02-11", Expense, 9)]);
        let days = DaySpending::from([
            (day("2026-11-10"), 900_000),
            (day("2026-11-11"), 900_000),
            (day("2026-12-31"), 300_000),
            (day("2027-01-10"), 374_000),
            (day("2027-01-11"), 300_000),
        ]);
        let told = compared(&kept, &days, day("2027-02-10"));
        let format = NumberFormat::of("en-IN");
        let same = told.same_days.expect("something was spent");
        assert_eq!(same.words("by this day last month", format), "₹1,240.00 less than by this day last month");
        assert_eq!(same.shown.url(), "/reports?from=2027-02-01&to=2027-02-10&beside=month");
        let average = told.average.expect("three months");
        assert_eq!((average.now.minor, average.then.minor), (250_000, 424_666));
        assert_eq!(average.shown.url(), "/reports?from=2026-11-01&to=2027-02-10");
        assert_eq!((told.pace.now.len(), told.pace.last_month.len(), told.pace.average.len()), (10, 31, 31));
        assert_eq!(told.pace.average.last(), Some(&924_666));
        let young = compared(&kept, &DaySpending::from([(day("2027-01-10"), 1)]), day("2027-02-10"));
        assert_eq!((young.average, young.pace.average), (None, vec![]));
        let none = compared(&book(&[]), &DaySpending::new(), day("2027-02-10"));
        assert_eq!((none.same_days, none.average), (None, None));
    }
}
