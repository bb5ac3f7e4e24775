//! A report: what came in, what was spent and on what in one period, beside the period before and the year before.
//!
//! ```text
//! ReportChoice (the URL) ─► the totals of its period ─► Report ─► tree of categories, lines, days, net worth
//! ```
//! Everything is in the home currency, and each sum names the filter of exactly the records that make it up.

mod choice;
mod heat;
mod tree;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::currency::Currency;
use crate::dashboard::savings_rate;
use crate::filter::Filter;
use crate::id::{AccountId, CategoryId};
use crate::money::{Money, clamp, sum};
use crate::period::Period;
use crate::records::{Kind, Record};
use crate::totals::{DailyTotals, TotalKind};

pub use choice::{ReportChoice, Step};
pub use heat::{HeatDay, HeatMonth, calendar};
pub use tree::{Branch, tree};

/// The longest period that is told day by day, in days: a year and the rest of its weeks.
pub const DAYS_MAX: i64 = 371;
/// The longest period whose bars are days; longer ones have a bar for each month.
const DAY_BARS_MAX: i64 = 62;

/// What came in and what was spent, in minor units of the home currency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flows {
    pub income: i64,
    pub expenses: i64,
}

impl Flows {
    /// Those of a period.
    pub fn of(totals: &DailyTotals, period: Period, home: Currency) -> Self {
        let of = |kind| totals.sum(period, kind, home);
        Self { income: of(TotalKind::Income), expenses: of(TotalKind::Expense) }
    }

    /// Below zero where more was spent than came in.
    pub fn saved(self) -> i64 {
        clamp(i128::from(self.income) - i128::from(self.expenses))
    }

    /// Whole percent of the income; `None` without one.
    pub fn savings_rate(self) -> Option<i64> {
        savings_rate(self.income, self.expenses)
    }
}

/// A category and what was spent or earned in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryLine {
    pub kind: Kind,
    /// `None` for records without one.
    pub category: Option<CategoryId>,
    pub minor: i64,
    pub count: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountLine {
    pub account: AccountId,
    pub flows: Flows,
}

/// A payee or a tag, and the expenses that bear it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameLine {
    pub name: String,
    pub minor: i64,
    pub count: i64,
}

/// What only the records themselves can tell, and totals cannot.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closer {
    /// The payees that got most.
    pub payees: Vec<NameLine>,
    /// Every tag; a record with two of them counts for both.
    pub tags: Vec<NameLine>,
    /// The largest expenses.
    pub largest: Vec<Record>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    pub choice: ReportChoice,
    pub home: Currency,
    pub flows: Flows,
    /// Of [`ReportChoice::before`] and of [`ReportChoice::year_before`].
    pub before: Flows,
    pub year_before: Flows,
    /// Expenses first, the largest of each kind first.
    pub categories: Vec<CategoryLine>,
    /// In the order they were made.
    pub accounts: Vec<AccountLine>,
    /// Days or calendar months, the first and last cut to the period.
    pub parts: Vec<(Period, Flows)>,
    /// What was spent on each day; empty for a period of more than [`DAYS_MAX`] days.
    pub days: Vec<(NaiveDate, i64)>,
    /// Net worth at the end of a day, minor units: twelve month ends, and the last day of the period.
    pub worth: Vec<(NaiveDate, i64)>,
    /// `None` where the period has too many records to look through.
    pub closer: Option<Closer>,
}

impl Report {
    /// From the totals of the period, whole months among them as one sum each, and for periods of up to
    /// [`DAYS_MAX`] days the flows of each day.
    pub fn new(
        choice: ReportChoice,
        home: Currency,
        totals: &DailyTotals,
        by_day: &BTreeMap<NaiveDate, Flows>,
    ) -> Self {
        let period = choice.period;
        let on = |day: &NaiveDate| by_day.get(day).copied().unwrap_or_default();
        let days: Vec<NaiveDate> = if period.days() <= DAYS_MAX { days_of(period) } else { Vec::new() };
        let parts = if period.days() <= DAY_BARS_MAX {
            days.iter().map(|day| (Period::day(*day), on(day))).collect()
        } else {
            months_of(period).into_iter().map(|month| (month, Flows::of(totals, month, home))).collect()
        };
        Self {
            choice,
            home,
            flows: Flows::of(totals, period, home),
            before: Flows::default(),
            year_before: Flows::default(),
            categories: categories(totals, period, home),
            accounts: accounts(totals, period, home),
            parts,
            days: days.iter().map(|day| (*day, on(day).expenses)).collect(),
            worth: Vec::new(),
            closer: None,
        }
    }

    pub fn money(&self, minor: i64) -> Money {
        Money::new(minor, self.home)
    }

    /// The records of one kind in the period.
    pub fn of_kind(&self, kind: Kind) -> Filter {
        Filter::of_kind(kind, self.choice.period)
    }

    /// The share that `minor` has in all of its kind, in whole percent rounded to the nearest.
    pub fn share(&self, kind: Kind, minor: i64) -> i64 {
        let whole = i128::from(if kind == Kind::Income { self.flows.income } else { self.flows.expenses });
        if whole > 0 { clamp((i128::from(minor) * 200 + whole) / (whole * 2)) } else { 0 }
    }

    /// How many expenses there are.
    pub fn expense_count(&self) -> i64 {
        sum(self.categories.iter().filter(|line| line.kind == Kind::Expense).map(|line| line.count))
    }
}

fn days_of(period: Period) -> Vec<NaiveDate> {
    period.start.iter_days().take_while(|day| period.contains(*day)).collect()
}

/// The calendar months of a period, the first and last cut to it.
fn months_of(period: Period) -> Vec<Period> {
    let mut months = Vec::new();
    let mut start = period.start;
    while start < period.end {
        let end = Period::month_of(start).end.min(period.end);
        months.push(Period { start, end });
        start = end;
    }
    months
}

fn kind_of(total: TotalKind) -> Option<Kind> {
    match total {
        TotalKind::Expense => Some(Kind::Expense),
        TotalKind::Income => Some(Kind::Income),
        TotalKind::Out | TotalKind::In => None,
    }
}

fn categories(totals: &DailyTotals, period: Period, home: Currency) -> Vec<CategoryLine> {
    let mut sums: BTreeMap<(Kind, CategoryId), (i64, i64)> = BTreeMap::new();
    for (key, total) in totals.within(period).filter(|(key, _)| key.currency == home) {
        let Some(kind) = kind_of(key.kind) else { continue };
        let (minor, count) = sums.entry((kind, key.category)).or_default();
        (*minor, *count) = (sum([*minor, total.minor]), *count + total.count);
    }
    let line = |((kind, category), (minor, count))| {
        let category = Some(category).filter(|category| *category != CategoryId::NIL);
        CategoryLine { kind, category, minor, count }
    };
    let mut lines: Vec<CategoryLine> = sums.into_iter().map(line).collect();
    lines.sort_by_key(|line| (line.kind, std::cmp::Reverse(line.minor), line.category));
    lines
}

fn accounts(totals: &DailyTotals, period: Period, home: Currency) -> Vec<AccountLine> {
    let mut sums: BTreeMap<AccountId, Flows> = BTreeMap::new();
    for (key, total) in totals.within(period).filter(|(key, _)| key.currency == home) {
        let Some(kind) = kind_of(key.kind) else { continue };
        let flows = sums.entry(key.account).or_default();
        let side = if kind == Kind::Income { &mut flows.income } else { &mut flows.expenses };
        *side = sum([*side, total.minor]);
    }
    sums.into_iter().map(|(account, flows)| AccountLine { account, flows }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::totals::{Total, TotalKey};
    use chrono::Weekday;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn a_long_period_is_told_by_month_and_cut_at_its_ends() {
        let months = months_of(Period { start: day("2026-01-15"), end: day("2026-03-02") });
        let ends: Vec<(String, i64)> = months.iter().map(|month| (month.start.to_string(), month.days())).collect();
        assert_eq!(ends, [("2026-01-15".into(), 17), ("2026-02-01".into(), 28), ("2026-03-01".into(), 1)]);
    }

    #[test]
    fn what_is_told_adds_up_and_other_currencies_stay_out() {
        let key = |on: &str, kind, category, currency| TotalKey {
            day: day(on),
            kind,
            account: AccountId::NIL,
            category,
            currency,
        };
        let food = CategoryId(uuid::Uuid::from_u128(1));
        let mut totals = DailyTotals::default();
        for (on, kind, category, currency, minor) in [
            ("2026-11-01", TotalKind::Expense, food, Currency::INR, 700),
            ("2026-11-02", TotalKind::Expense, CategoryId::NIL, Currency::INR, 200),
            ("2026-11-02", TotalKind::Income, CategoryId::NIL, Currency::INR, 1000),
            ("2026-11-02", TotalKind::Out, CategoryId::NIL, Currency::INR, 5000),
            ("2026-11-02", TotalKind::Expense, food, Currency::USD, 9),
            ("2026-12-01", TotalKind::Expense, food, Currency::INR, 1),
        ] {
            totals.add_to(key(on, kind, category, currency), Total { minor, count: 1 });
        }
        let choice = ReportChoice::of(Step::Month, day("2026-11-20"), Weekday::Mon);
        let report = Report::new(choice, Currency::INR, &totals, &BTreeMap::new());
        assert_eq!(report.flows, Flows { income: 1000, expenses: 900 });
        assert_eq!((report.flows.saved(), report.flows.savings_rate()), (100, Some(10)));
        let lines: Vec<_> = report.categories.iter().map(|line| (line.kind, line.category, line.minor)).collect();
        assert_eq!(lines, [(Kind::Expense, Some(food), 700), (Kind::Expense, None, 200), (Kind::Income, None, 1000)]);
        assert_eq!((report.share(Kind::Expense, 700), report.share(Kind::Expense, 200)), (78, 22));
        assert_eq!((report.parts.len(), report.days.len(), report.expense_count()), (30, 30, 2));
        assert_eq!(report.accounts[0].flows, report.flows);
    }
}
