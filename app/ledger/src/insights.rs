//! What is worth a sentence: this month, or in the period of a report. Each insight has one rule, the numbers that it is made of, and the filter of
//! the records behind them.
//!
//! ```text
//! Seen (five months of totals, days, recent records) ─► rules ─► the best of each rule ─► at most three, by rank
//! ```

mod months;
mod payees;

use std::collections::BTreeSet;

use chrono::{NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use crate::book::Book;
use crate::dashboard::DaySpending;
use crate::filter::Filter;
use crate::id::{CategoryId, RecordId};
use crate::money::{Money, NumberFormat};
use crate::period::Period;
use crate::records::Record;
use crate::report::{ReportChoice, year_name};

/// How many are told at once.
pub const SHOWN: usize = 3;
/// How many months of totals the rules look at, the current one included.
pub const MONTHS: u32 = 5;
/// How many days back the rules look at records one by one.
pub const RECORD_DAYS: u64 = 130;

/// What the rules look at.
pub struct Seen<'a> {
    /// With the totals of the last [`MONTHS`] months.
    pub book: &'a Book,
    /// Expenses by day from [`days_from`] to today.
    pub days: &'a DaySpending,
    /// The newest expenses of the last [`RECORD_DAYS`] days, newest first.
    pub records: &'a [Record],
    /// The expenses of payees that charge at most once a month, from [`Seen::charges_from`] on, newest first.
    pub charges: &'a [Record],
    /// The first day that they are looked for on.
    pub charges_from: NaiveDate,
    /// Whether the book has records older than that: only then can a payee be new in it.
    pub has_older: bool,
    /// Of a report that is over, its last day.
    pub today: NaiveDate,
    /// The report that they are for; `None` for the month that is going on. It wants the totals of its period and of
    /// the three before it, and the expenses of each of its days; where it is longer than a month, no records.
    pub report: Option<ReportChoice>,
    /// Of a report that is longer than a year, what [`ReportChoice::years`] says, each with its totals: the last one
    /// is laid beside those before it.
    pub years: &'a [Period],
}

/// The first day that the newest charge of a row lies on, so that it is told `today`.
pub fn charged_from(today: NaiveDate) -> NaiveDate {
    Period::last_days(today, payees::CHARGE_DAYS).start
}

/// The first day whose spending the rules look at: that of the third month before this one.
pub fn days_from(today: NaiveDate) -> NaiveDate {
    Period::last_months(today, 4).first().map_or(today, |month| month.start)
}

/// One thing that was noticed, with its numbers; `on` is the day of the newest charge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Finding {
    PriceRise { payee: String, before: Money, now: Money, on: NaiveDate },
    Unusual { record: RecordId, category: CategoryId, payee: String, amount: Money, usual: Money, beside: Beside },
    CategoryHigh { category: CategoryId, spent: Money, usual: Money },
    Outlook { likely: Money, usual: Money },
    NewCharge { payee: String, amount: Money, times: usize, on: NaiveDate },
    Uncategorised { count: i64, sum: Money },
    Savings { rate: i64, before: i64 },
    Weekdays { weekday: Weekday, spent: Money, others: Money },
}

/// Which other expenses a single one is far above.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Beside {
    /// Those at the same payee for the same category.
    Payee,
    /// All of its category, as its payee is hardly known.
    Category,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Insight {
    pub finding: Finding,
    /// The records behind it.
    pub behind: Filter,
    pub told_of: ToldOf,
    /// The days that it speaks of, where it speaks of no single charge or record.
    pub within: Period,
}

/// What an insight speaks about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToldOf {
    /// The month that is going on.
    #[default]
    Now,
    /// The period of a report.
    Period,
    /// The last year of a report, and how many years before it are looked at.
    Year(Period, usize),
}

impl Insight {
    fn new(seen: &Seen<'_>, finding: Finding, behind: Filter) -> Self {
        let told_of = told_of(&finding, seen);
        let within = match (&finding, told_of) {
            (_, ToldOf::Year(year, _)) => year,
            (Finding::Savings { .. }, ToldOf::Now) => Period::month_before(seen.today),
            _ => seen.period(),
        };
        Self { finding, behind, told_of, within }
    }

    /// Names what it is about, so that a person can dismiss just this one: the charge or the record as long as it is
    /// told of, and of sums those of these days, here as in a report.
    pub fn key(&self) -> String {
        let of = match &self.finding {
            Finding::PriceRise { payee, on, .. } => return format!("price-rise:{on}:{payee}"),
            Finding::NewCharge { payee, on, .. } => return format!("new-charge:{on}:{payee}"),
            Finding::Unusual { record, .. } => return format!("unusual:{record}"),
            Finding::CategoryHigh { category, .. } => format!("category-high:{category}"),
            Finding::Outlook { .. } => "outlook".to_owned(),
            Finding::Uncategorised { .. } => "uncategorised".to_owned(),
            Finding::Savings { .. } => "savings".to_owned(),
            Finding::Weekdays { .. } => "weekdays".to_owned(),
        };
        format!("{of}:{}:{}", self.within.start, self.within.last_day())
    }

    /// The sentence that a person reads.
    pub fn words(&self, book: &Book, format: NumberFormat) -> String {
        let money = |money: &Money| format.money(*money);
        match &self.finding {
            Finding::PriceRise { payee, before, now, .. } => {
                format!("{payee} went up from {} to {}.", money(before), money(now))
            }
            Finding::Unusual { category, payee, amount, usual, beside, .. } => {
                let name = book.category_name(Some(*category));
                let at = if payee.is_empty() { String::new() } else { format!(" at {payee}") };
                let of = match beside {
                    Beside::Payee => format!("at {payee}"),
                    Beside::Category => format!("of all that is spent on {name}"),
                };
                format!("{} for {name}{at} is far more than the usual {} {of}.", money(amount), money(usual))
            }
            Finding::CategoryHigh { category, spent, usual } => {
                let (name, above) = (book.category_name(Some(*category)), above(spent.minor, usual.minor));
                let (when, of) = match self.told_of {
                    ToldOf::Now => ("this month".to_owned(), format!("the usual {}", money(usual))),
                    ToldOf::Period => ("in this period".to_owned(), format!("the usual {}", money(usual))),
                    ToldOf::Year(year, before) => {
                        let then = if before == 1 { "the year before" } else { "an average year before" };
                        (format!("in {}", year_name(year)), format!("the {} of {then}", money(usual)))
                    }
                };
                format!("{name}: {} {when}, {above} % above {of}.", money(spent))
            }
            Finding::Outlook { likely, usual } => {
                let by = Money::new(likely.minor.abs_diff(usual.minor).try_into().unwrap_or(i64::MAX), usual.currency);
                let side = if likely.minor > usual.minor { "more" } else { "less" };
                format!("The month is likely to end at {}, {} {side} than usual.", money(likely), money(&by))
            }
            Finding::NewCharge { payee, amount, times, .. } => {
                format!("{payee} has charged {} in {times} months in a row: something new that repeats.", money(amount))
            }
            Finding::Uncategorised { count, sum } => {
                let of = self.in_time("month", "period");
                format!("{count} expenses of this {of} have no category, {} together.", money(sum))
            }
            Finding::Savings { rate, before } => {
                let side = if rate > before { "up" } else { "down" };
                let (when, than) = match self.told_of {
                    ToldOf::Now => ("Last month".to_owned(), "three months"),
                    ToldOf::Period => ("In this period".to_owned(), "three periods"),
                    ToldOf::Year(year, 1) => (format!("In {}", year_name(year)), "year"),
                    ToldOf::Year(year, _) => (format!("In {}", year_name(year)), "years"),
                };
                format!("{when} {rate} % of the income stayed, {side} from {before} % in the {than} before.")
            }
            Finding::Weekdays { weekday, spent, others } => {
                format!("{} cost {} on average, other days {}.", day_name(*weekday), money(spent), money(others))
            }
        }
    }

    /// When it is told, in words.
    pub fn rule(&self) -> &'static str {
        let is_of_year = matches!(self.told_of, ToldOf::Year(..));
        match self.finding {
            Finding::PriceRise { .. } => "Told when a charge that was the same each month rises by 3 % or more.",
            Finding::Unusual { beside: Beside::Payee, .. } => self.in_time(
                "Told when an expense of the last seven days is at least three times the median of the others at its \
                 payee for the same category, three or more.",
                "Told when an expense of the period is at least three times the median of the others at its payee for \
                 the same category, three or more.",
            ),
            Finding::Unusual { beside: Beside::Category, .. } => self.in_time(
                "Told when an expense of the last seven days is at least three times the median of the others of its \
                 category, five or more, and fewer than three of them are of its payee.",
                "Told when an expense of the period is at least three times the median of the others of its category, \
                 five or more, and fewer than three of them are of its payee.",
            ),
            Finding::CategoryHigh { .. } if is_of_year => {
                "Told when a category has, in the last whole year of the report, one and a half times its average of \
                 the years before, or more."
            }
            Finding::CategoryHigh { .. } => self.in_time(
                "Told when a category has one and a half times its average of the last three months, or more.",
                "Told when a category has one and a half times its average of the three periods before, or more.",
            ),
            Finding::Outlook { .. } => {
                "What is spent so far, and what the last three months spent after this day on average. Told from the \
                 8th on, when that is a tenth or more away from an average month."
            }
            Finding::NewCharge { .. } => "Told when a new payee charges the same amount two or three months in a row.",
            Finding::Uncategorised { .. } => self.in_time(
                "Told when five or more expenses of the month have no category.",
                "Told when five or more expenses of the period have no category.",
            ),
            Finding::Savings { .. } if is_of_year => {
                "Told when the rate of the last whole year of the report is five points or more away from that of the \
                 years before."
            }
            Finding::Savings { .. } => self.in_time(
                "Told when the rate of last month is five points or more away from that of the three months before.",
                "Told when the rate of the period is five points or more away from that of the three before.",
            ),
            Finding::Weekdays { .. } => self.in_time(
                "Told when the days of one weekday cost at least twice as much as the others over the last eight weeks.",
                "Told when the days of one weekday cost at least twice as much as the others over eight weeks or more.",
            ),
        }
    }

    fn in_time(&self, now: &'static str, period: &'static str) -> &'static str {
        if self.told_of == ToldOf::Now { now } else { period }
    }

    /// Lower comes first: what can be acted on today before what is good to know.
    fn rank(&self) -> u8 {
        match self.finding {
            Finding::PriceRise { .. } => 0,
            Finding::Unusual { .. } => 1,
            Finding::CategoryHigh { .. } => 2,
            Finding::Outlook { .. } => 3,
            Finding::NewCharge { .. } => 4,
            Finding::Uncategorised { .. } => 5,
            Finding::Savings { .. } => 6,
            Finding::Weekdays { .. } => 7,
        }
    }
}

/// Whole percent that `now` lies above `usual`, rounded down.
fn above(now: i64, usual: i64) -> i128 {
    let (now, usual) = (i128::from(now), i128::from(usual.max(1)));
    (now - usual) * 100 / usual
}

fn day_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "Mondays",
        Weekday::Tue => "Tuesdays",
        Weekday::Wed => "Wednesdays",
        Weekday::Thu => "Thursdays",
        Weekday::Fri => "Fridays",
        Weekday::Sat => "Saturdays",
        Weekday::Sun => "Sundays",
    }
}

/// The best of each rule that was not dismissed, at most [`SHOWN`].
pub fn insights(seen: &Seen<'_>, dismissed: &BTreeSet<String>) -> Vec<Insight> {
    let mut found = months::all(seen);
    found.extend(payees::all(seen));
    found.retain(|insight| !dismissed.contains(&insight.key()));
    // Each rule gives its strongest first, and the order stays.
    found.sort_by_key(Insight::rank);
    found.dedup_by_key(|insight| insight.rank());
    found.truncate(SHOWN);
    found
}

fn told_of(finding: &Finding, seen: &Seen<'_>) -> ToldOf {
    match (finding, seen.years) {
        _ if seen.report.is_none() => ToldOf::Now,
        (Finding::CategoryHigh { .. } | Finding::Savings { .. }, [before @ .., last]) => {
            ToldOf::Year(*last, before.len())
        }
        _ => ToldOf::Period,
    }
}

/// What the dashboard asks the server for besides the window.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lately {
    /// Expenses of the days from [`days_from`] to today that have any, minor units of the home currency.
    pub days: Vec<(NaiveDate, i64)>,
    pub insights: Vec<Insight>,
}

#[cfg(test)]
mod tests;
