//! A report: what came in, what was spent and on what in one period, beside the period before and the year before.
//!
//! ```text
//! ReportChoice (the URL) ─► the totals of its period ─► Report ─► tree of categories, lines, days, net worth
//! ```
//! Everything is in the home currency, and each sum names the filter of exactly the records that make it up.

mod beside;
mod choice;
mod heat;
mod pace;
mod tree;
mod usual;
mod years;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::book::Book;
use crate::budgets::Past;
use crate::currency::Currency;
use crate::dashboard::savings_rate;
use crate::filter::Filter;
use crate::id::{AccountId, BudgetId, CategoryId};
use crate::insights::Insight;
use crate::money::{Money, clamp, sum};
use crate::period::Period;
use crate::records::{Kind, Record};
use crate::totals::{DailyTotals, TotalKind};

pub use beside::Side;
pub use choice::{Against, ReportChoice, Step};
pub use heat::{HeatDay, HeatMonth, calendar};
pub use pace::{average, running};
pub use tree::{Branch, Slice, level, path, tree};
pub use usual::{Before, Usual};
pub use years::{Average, LastYear, Years, year_name};

/// The longest period that is told day by day, in days: a year and the rest of its weeks.
pub const DAYS_MAX: i64 = 371;
/// The longest period whose bars are days; longer ones have a bar for each month.
const DAY_BARS_MAX: i64 = 62;
/// The most calendar months that have a bar each; above them each year has one.
const MONTH_BARS_MAX: usize = 60;

/// How long the parts are that a period is told in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    Day,
    Month,
    Year,
}

impl Part {
    pub fn of(period: Period) -> Self {
        if period.days() <= DAY_BARS_MAX {
            Self::Day
        } else if cut(period, Period::month_of).take(MONTH_BARS_MAX + 1).count() <= MONTH_BARS_MAX {
            Self::Month
        } else {
            Self::Year
        }
    }

    /// The parts of a period, the first and last cut to it.
    fn all(self, period: Period) -> Vec<Period> {
        match self {
            Self::Day => cut(period, Period::day).collect(),
            Self::Month => cut(period, Period::month_of).collect(),
            Self::Year => cut(period, Period::year_of).collect(),
        }
    }
}

/// What came in and what was spent, in minor units of the home currency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flows {
    pub income: i64,
    pub expenses: i64,
}

impl Flows {
    /// Those of a period.
    pub fn of(totals: &DailyTotals, period: Period) -> Self {
        let of = |kind| totals.sum(period, kind);
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

/// A payee or a tag, and the expenses or the income that bear it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameLine {
    pub name: String,
    pub minor: i64,
    pub count: i64,
}

/// What only the records themselves can tell, and totals cannot.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closer {
    /// The payees that got, or gave, most.
    pub payees: Vec<NameLine>,
    /// How many others there are.
    #[serde(default)]
    pub more_payees: i64,
    /// The tags that most bears; a record with two of them counts for both.
    pub tags: Vec<NameLine>,
    #[serde(default)]
    pub more_tags: i64,
    /// The largest records.
    pub largest: Vec<Record>,
}

/// What an account held, in minor units of the home currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldLine {
    pub account: AccountId,
    /// Before the first day of the period, its opening balance included.
    pub before: i64,
    /// At the end of the last day.
    pub after: i64,
}

/// How a budget stood in its periods that share days with that of the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BudgetLine {
    pub budget: BudgetId,
    /// The newest first, by the limits that held then.
    pub past: Vec<Past>,
    /// Whether there are earlier ones that are not listed.
    pub has_more: bool,
}

/// Another period that the report is laid beside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Other {
    pub choice: ReportChoice,
    pub flows: Flows,
    pub categories: Vec<CategoryLine>,
    /// What was spent on each day; empty for a period of more than [`DAYS_MAX`] days.
    pub days: Vec<i64>,
    /// Of the days of the report that have come, and of as many of this one, while the report's period is going on.
    pub so_far: Option<[Side; 2]>,
}

impl Other {
    pub fn new(choice: ReportChoice, totals: &DailyTotals, by_day: &BTreeMap<NaiveDate, Flows>) -> Self {
        let days = days_of(choice.period).into_iter();
        Self {
            choice,
            flows: Flows::of(totals, choice.period),
            categories: categories(totals, choice.period),
            days: days.map(|day| by_day.get(&day).copied().unwrap_or_default().expenses).collect(),
            so_far: None,
        }
    }
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
    pub part: Part,
    /// Days, calendar months or years, the first and last cut to the period.
    pub parts: Vec<(Period, Flows)>,
    /// The twelve calendar months up to the one that a period told by day ends in; empty for those told by month or year.
    pub months: Vec<(Period, Flows)>,
    /// What was spent on each day; empty for a period of more than [`DAYS_MAX`] days.
    pub days: Vec<(NaiveDate, i64)>,
    /// Net worth at the end of a day, minor units: twelve month ends, and the last day of the period.
    pub worth: Vec<(NaiveDate, i64)>,
    /// What each account held, in the home currency.
    pub held: Vec<HeldLine>,
    /// Of [`ReportChoice::other`].
    pub other: Option<Other>,
    /// The average of the three periods before, where there is one.
    pub usual: Option<Usual>,
    /// Of a period of more than [`DAYS_MAX`] days, which has no usual one.
    pub years: Option<Years>,
    /// Those that were set in the period, by name.
    pub budgets: Vec<BudgetLine>,
    pub insights: Vec<Insight>,
    /// Of expenses; `None` where the period has too many records to look through.
    pub closer: Option<Closer>,
    /// The same of income.
    pub earned: Option<Closer>,
}

impl Report {
    /// From the totals of the period, whole months or years among them as one sum each as [`Part::of`] it says, and
    /// for periods of up to [`DAYS_MAX`] days the flows of each day.
    pub fn new(
        choice: ReportChoice,
        home: Currency,
        totals: &DailyTotals,
        by_day: &BTreeMap<NaiveDate, Flows>,
    ) -> Self {
        let period = choice.period;
        let on = |day: &NaiveDate| by_day.get(day).copied().unwrap_or_default();
        let days = days_of(period);
        let part = Part::of(period);
        let flows = |of: &Period| if part == Part::Day { on(&of.start) } else { Flows::of(totals, *of) };
        let parts = part.all(period).into_iter().map(|of| (of, flows(&of))).collect();
        Self {
            choice,
            home,
            flows: Flows::of(totals, period),
            before: Flows::default(),
            year_before: Flows::default(),
            categories: categories(totals, period),
            accounts: accounts(totals, period),
            part,
            parts,
            months: Vec::new(),
            days: days.iter().map(|day| (*day, on(day).expenses)).collect(),
            worth: Vec::new(),
            held: Vec::new(),
            other: None,
            usual: None,
            years: None,
            budgets: Vec::new(),
            insights: Vec::new(),
            closer: None,
            earned: None,
        }
    }

    pub fn money(&self, minor: i64) -> Money {
        Money::new(minor, self.home)
    }

    /// The records of one kind in the period.
    pub fn of_kind(&self, kind: Kind) -> Filter {
        Filter::of_kind(kind, self.choice.period)
    }

    /// What the categories of a kind have their shares in, as the ring of the same report has: all that stands below
    /// nothing, without those of which more came back than was spent.
    pub fn whole(&self, kind: Kind, book: &Book) -> i64 {
        whole(level(&self.categories, kind, book, None).iter().map(|slice| slice.minor))
    }

    /// Its categories, and those that only the other period has, with nothing in them.
    pub fn lines_with_other(&self) -> Vec<CategoryLine> {
        let mut lines = self.categories.clone();
        let [_, then] = self.sides().map(|sides| sides.map(|side| side.categories)).unwrap_or_default();
        for line in &then {
            if !self.categories.iter().any(|own| (own.kind, own.category) == (line.kind, line.category)) {
                lines.push(CategoryLine { minor: 0, count: 0, ..*line });
            }
        }
        lines
    }

    /// How many records of a kind there are.
    pub fn count(&self, kind: Kind) -> i64 {
        sum(self.categories.iter().filter(|line| line.kind == kind).map(|line| line.count))
    }
}

/// What all of them have their shares in: those below zero are no part of a whole.
pub fn whole(minors: impl Iterator<Item = i64>) -> i64 {
    sum(minors.map(|minor| minor.max(0)))
}

/// The share that `minor` has in a whole, in whole percent rounded to the nearest; 0 for what is below zero.
pub fn share(minor: i64, whole: i64) -> i64 {
    let (part, whole) = (i128::from(minor.clamp(0, whole.max(0))), i128::from(whole));
    if whole > 0 { clamp((part * 200 + whole) / (whole * 2)) } else { 0 }
}

/// Its days one by one; none of a period of more than [`DAYS_MAX`] days.
fn days_of(period: Period) -> Vec<NaiveDate> {
    let is_short = period.days() <= DAYS_MAX;
    period.start.iter_days().take_while(|day| is_short && period.contains(*day)).collect()
}

/// The calendar parts of a period, the first and last cut to it.
fn cut(period: Period, around: fn(NaiveDate) -> Period) -> impl Iterator<Item = Period> {
    let part =
        move |start: NaiveDate| (start < period.end).then(|| Period { start, end: around(start).end.min(period.end) });
    std::iter::successors(part(period.start), move |before| part(before.end))
}

fn kind_of(total: TotalKind) -> Option<Kind> {
    match total {
        TotalKind::Expense => Some(Kind::Expense),
        TotalKind::Income => Some(Kind::Income),
        _ => None,
    }
}

fn categories(totals: &DailyTotals, period: Period) -> Vec<CategoryLine> {
    let mut sums: BTreeMap<(Kind, CategoryId), (i64, i64)> = BTreeMap::new();
    for (key, total) in totals.within(period) {
        let Some(kind) = kind_of(key.kind) else { continue };
        let (minor, count) = sums.entry((kind, key.category)).or_default();
        (*minor, *count) = (sum([*minor, total.home]), *count + total.count);
    }
    let line = |((kind, category), (minor, count))| {
        let category = Some(category).filter(|category| *category != CategoryId::NIL);
        CategoryLine { kind, category, minor, count }
    };
    let mut lines: Vec<CategoryLine> = sums.into_iter().map(line).collect();
    lines.sort_by_key(|line| (line.kind, std::cmp::Reverse(line.minor), line.category));
    lines
}

fn accounts(totals: &DailyTotals, period: Period) -> Vec<AccountLine> {
    let mut sums: BTreeMap<AccountId, Flows> = BTreeMap::new();
    for (key, total) in totals.within(period) {
        let Some(kind) = kind_of(key.kind) else { continue };
        let flows = sums.entry(key.account).or_default();
        let side = if kind == Kind::Income { &mut flows.income } else { &mut flows.expenses };
        *side = sum([*side, total.home]);
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
        let period = Period { start: day("2026-01-15"), end: day("2026-03-20") };
        assert_eq!(Part::of(period), Part::Month);
        let months = Part::Month.all(Period { start: day("2026-01-15"), end: day("2026-03-02") });
        let ends: Vec<(String, i64)> = months.iter().map(|month| (month.start.to_string(), month.days())).collect();
        assert_eq!(ends, [("2026-01-15".into(), 17), ("2026-02-01".into(), 28), ("2026-03-01".into(), 1)]);
    }

    #[test]
    fn more_than_sixty_months_are_told_by_year() {
        let of = |start: &str, end: &str| Part::of(Period { start: day(start), end: day(end) });
        assert_eq!(of("2026-01-01", "2026-03-04"), Part::Day);
        assert_eq!(of("2021-01-01", "2026-01-01"), Part::Month);
        assert_eq!(of("2021-01-31", "2026-01-02"), Part::Year, "sixty months and a day of another");
        let ages = Period { start: day("1900-03-01"), end: day("2200-01-01") };
        let years = Part::of(ages).all(ages);
        assert_eq!((years.len(), years[0].days(), years[299].end), (300, 306, ages.end));
        let choice = ReportChoice::days(ages);
        let report = Report::new(choice, Currency::INR, &DailyTotals::default(), &BTreeMap::new());
        assert_eq!((report.parts.len(), report.days.len()), (300, 0));
    }

    #[test]
    fn what_is_told_adds_up_and_other_currencies_count_with_their_worth() {
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
            ("2026-11-01", TotalKind::Expense, food, Currency::INR, 620),
            ("2026-11-02", TotalKind::Expense, CategoryId::NIL, Currency::INR, 200),
            ("2026-11-02", TotalKind::Income, CategoryId::NIL, Currency::INR, 1000),
            ("2026-11-02", TotalKind::Out, CategoryId::NIL, Currency::INR, 5000),
            ("2026-11-02", TotalKind::Expense, food, Currency::USD, 9),
            ("2026-12-01", TotalKind::Expense, food, Currency::INR, 1),
        ] {
            let home = if currency == Currency::USD { 80 } else { minor };
            totals.add_to(key(on, kind, category, currency), Total { minor, home, count: 1 });
        }
        let choice = ReportChoice::of(Step::Month, day("2026-11-20"), Weekday::Mon);
        let report = Report::new(choice, Currency::INR, &totals, &BTreeMap::new());
        assert_eq!(report.flows, Flows { income: 1000, expenses: 900 });
        assert_eq!((report.flows.saved(), report.flows.savings_rate()), (100, Some(10)));
        let lines: Vec<_> = report.categories.iter().map(|line| (line.kind, line.category, line.minor)).collect();
        assert_eq!(lines, [(Kind::Expense, Some(food), 700), (Kind::Expense, None, 200), (Kind::Income, None, 1000)]);
        let book = Book::new(Currency::INR, Weekday::Mon);
        let whole = report.whole(Kind::Expense, &book);
        assert_eq!((whole, share(700, whole), share(200, whole)), (900, 78, 22));
        assert_eq!((report.parts.len(), report.days.len(), report.count(Kind::Expense)), (30, 30, 3));
        assert_eq!(report.accounts[0].flows, report.flows);
    }

    #[test]
    fn what_came_back_takes_no_share_from_what_was_spent() {
        let food = CategoryId(uuid::Uuid::from_u128(1));
        let mut totals = DailyTotals::default();
        for (category, home) in [(food, 300), (CategoryId::NIL, -500)] {
            let (kind, account, currency) = (TotalKind::Expense, AccountId::NIL, Currency::INR);
            let key = TotalKey { day: day("2026-11-01"), kind, account, category, currency };
            totals.add_to(key, Total { minor: home, home, count: 1 });
        }
        let choice = ReportChoice::of(Step::Month, day("2026-11-20"), Weekday::Mon);
        let report = Report::new(choice, Currency::INR, &totals, &BTreeMap::new());
        let whole = report.whole(Kind::Expense, &Book::new(Currency::INR, Weekday::Mon));
        assert_eq!((report.flows.expenses, whole), (-200, 300));
        assert_eq!([300, 100, -500].map(|minor| share(minor, whole)), [100, 33, 0]);
        assert_eq!((share(7, 0), share(7, -3), share(i64::MAX, i64::MAX)), (0, 0, 100));
    }
}
