//! A period of more than a year: what an average month and an average year of it are, and its last year beside those
//! before.

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{DAYS_MAX, Flows, Part, ReportChoice, Step, cut};
use crate::dashboard::Difference;
use crate::money::{Money, clamp};
use crate::period::Period;
use crate::totals::DailyTotals;

/// What one of several whole months, or years, is on average.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Average {
    /// How many there are.
    pub count: i64,
    /// Of one of them, in minor units of the home currency.
    pub flows: Flows,
    /// The days of all of them.
    pub shown: ReportChoice,
}

/// Of the whole months and years that are over and not older than the records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Years {
    /// `None` with fewer than two.
    pub month: Option<Average>,
    pub year: Option<Average>,
    pub last: Option<LastYear>,
}

/// The last year of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastYear {
    pub shown: ReportChoice,
    pub flows: Flows,
    /// Of those before it.
    pub before: Average,
}

impl ReportChoice {
    /// Whether it is too long to be told day by day, and is told by its years.
    pub fn is_long(self) -> bool {
        self.period.days() > DAYS_MAX
    }

    /// Its whole calendar months that are over, from that of the first record on, as one period.
    fn whole_months(self, first: NaiveDate, today: NaiveDate) -> Period {
        let start = self.period.start.max(Period::month_of(first).start);
        let end = self.period.end.min(Period::month_of(today).start);
        Period { start, end: end.max(start) }.around_months()[1]
    }

    /// The years of a long period that can be laid beside each other, the oldest first: twelve whole months each, of
    /// which the last ends with the last month that is over; calendar years where it is told in those. `first` is the
    /// day of the first record. None of a period that is not long.
    pub fn years(self, first: NaiveDate, today: NaiveDate) -> Vec<Period> {
        if !self.is_long() {
            return Vec::new();
        }
        let months = self.whole_months(first, today);
        if Part::of(self.period) == Part::Year {
            return cut(months.around_years()[1], Period::year_of).collect();
        }
        let year = |end: NaiveDate| {
            let start = end.checked_sub_months(Months::new(12)).filter(|start| *start >= months.start)?;
            Some(Period { start, end })
        };
        let mut years: Vec<Period> = std::iter::successors(year(months.end), |later| year(later.start)).collect();
        years.reverse();
        years
    }
}

/// "2026", or "the year to February 2027" for twelve months that are no calendar year.
pub fn year_name(year: Period) -> String {
    if year == Period::year_of(year.start) {
        return year.start.year().to_string();
    }
    format!("the year to {}", year.last_day().format("%B %Y"))
}

fn shown(days: Period) -> ReportChoice {
    let step = (days == Period::year_of(days.start)).then_some(Step::Year);
    ReportChoice { step, ..ReportChoice::days(days) }
}

impl Average {
    /// Of the months or years that lie side by side in `days`.
    fn of(totals: &DailyTotals, days: Period, count: usize) -> Self {
        let (all, count) = (Flows::of(totals, days), i64::try_from(count.max(1)).unwrap_or(i64::MAX));
        let part = |minor: i64| clamp(i128::from(minor) / i128::from(count));
        let flows = Flows { income: part(all.income), expenses: part(all.expenses) };
        Self { count, flows, shown: shown(days) }
    }
}

impl Years {
    /// From the totals of the period, months or years among them as one sum each as [`Part::of`] it says; `first` is
    /// the day of the first record.
    pub fn of(choice: ReportChoice, totals: &DailyTotals, first: NaiveDate, today: NaiveDate) -> Self {
        let years = choice.years(first, today);
        let side_by_side = |years: &[Period]| Some(Period { start: years.first()?.start, end: years.last()?.end });
        let average = |years: &[Period]| Some(Average::of(totals, side_by_side(years)?, years.len()));
        let month = if Part::of(choice.period) == Part::Year {
            // Single months of its years are not looked at.
            side_by_side(&years).map(|all| (all, years.len() * 12))
        } else {
            let months = choice.whole_months(first, today);
            Some((months, cut(months, Period::month_of).count()))
        };
        let last = years.split_last().and_then(|(last, before)| {
            Some(LastYear { shown: shown(*last), flows: Flows::of(totals, *last), before: average(before)? })
        });
        Self {
            month: month.filter(|(_, count)| *count > 1).map(|(all, count)| Average::of(totals, all, count)),
            year: average(&years).filter(|all| all.count > 1),
            last,
        }
    }
}

impl LastYear {
    /// What was spent in it beside an average one of those before.
    pub fn difference(&self, money: impl Fn(i64) -> Money) -> Difference {
        Difference { now: money(self.flows.expenses), then: money(self.before.flows.expenses), shown: self.shown }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::currency::Currency;
    use crate::id::{AccountId, CategoryId};
    use crate::totals::{Total, TotalKey, TotalKind};

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    /// From the first day up to the last, both included.
    fn days(start: &str, last: &str) -> ReportChoice {
        ReportChoice::days(Period { start: day(start), end: Period::day(day(last)).end })
    }

    #[test]
    fn years_end_with_the_last_month_that_is_over_and_are_no_older_than_the_records() {
        for (start, last, first, today, years) in [
            ("2025-01-01", "2026-12-31", "2020-05-05", "2027-03-15", vec!["2025", "2026"]),
            ("2025-01-01", "2026-12-31", "2025-01-31", "2027-03-15", vec!["2025", "2026"]),
            ("2025-01-01", "2026-12-31", "2025-02-01", "2027-03-15", vec!["2026"]),
            // Going on: the months that are over make up the years.
            (
                "2024-01-01",
                "2027-12-31",
                "2020-05-05",
                "2027-03-15",
                vec!["the year to February 2025", "the year to February 2026", "the year to February 2027"],
            ),
            ("2024-02-29", "2026-02-27", "2020-05-05", "2027-03-15", vec!["the year to January 2026"]),
            ("2024-03-01", "2025-03-07", "2020-05-05", "2027-03-15", vec!["the year to February 2025"]),
            // Told by year: calendar years only.
            ("2020-06-01", "2026-06-30", "2020-05-05", "2027-03-15", vec!["2021", "2022", "2023", "2024", "2025"]),
            ("2020-06-01", "2030-06-30", "2024-01-20", "2027-03-15", vec!["2024", "2025", "2026"]),
            ("1900-01-01", "2199-12-31", "2026-02-01", "2027-03-15", vec![]),
            ("2025-01-01", "2026-12-31", "2020-05-05", "2024-12-31", vec![]),
            ("2025-01-01", "2026-12-31", "2027-02-02", "2027-03-15", vec![]),
            // Not long: a year, and the longest that is told day by day.
            ("2025-01-01", "2025-12-31", "2020-05-05", "2027-03-15", vec![]),
            ("2024-03-01", "2025-03-06", "2020-05-05", "2027-03-15", vec![]),
        ] {
            let told: Vec<String> =
                days(start, last).years(day(first), day(today)).into_iter().map(year_name).collect();
            assert_eq!(told, years, "{start} to {last}, records from {first}, on {today}");
        }
    }

    /// 100 spent and 150 earned in each month of 2021 to 2024, three times as much spent in 2025 and 2026, as the
    /// period wants it: by the month, or by the year.
    fn told(choice: ReportChoice, first: &str, today: &str) -> Years {
        let mut totals = DailyTotals::default();
        for month in cut(Period { start: day("2021-01-01"), end: day("2027-01-01") }, Period::month_of) {
            let is_of_year = Part::of(choice.period) == Part::Year;
            let on = if is_of_year { Period::year_of(month.start).start } else { month.start };
            let spent = if month.start < day("2025-01-01") { 100 } else { 300 };
            for (kind, minor) in [(TotalKind::Expense, spent), (TotalKind::Income, 150)] {
                let (account, category) = (AccountId::NIL, CategoryId::NIL);
                let key = TotalKey { day: on, kind, account, category, currency: Currency::INR };
                totals.add_to(key, Total::one(minor));
            }
        }
        Years::of(choice, &totals, day(first), day(today))
    }

    #[test]
    fn the_average_month_and_year_are_of_whole_ones_and_the_last_year_stands_beside_those_before() {
        let read = |average: Option<Average>| average.map(|one| (one.count, one.flows.income, one.flows.expenses));
        for (start, last, first, month, year, of_last) in [
            // Two years, five, and six of which the first is not whole.
            ("2024-01-01", "2025-12-31", "2021-01-01", (24, 150, 200), (2, 1_800, 2_400), ("2025", 3_600, 1, 1_200)),
            ("2022-01-01", "2026-12-31", "2021-01-01", (60, 150, 180), (5, 1_800, 2_160), ("2026", 3_600, 4, 1_800)),
            ("2021-02-01", "2026-12-31", "2021-01-01", (60, 150, 180), (5, 1_800, 2_160), ("2026", 3_600, 4, 1_800)),
            // A book that is younger than the period.
            ("1900-01-01", "2199-12-31", "2024-01-09", (36, 150, 233), (3, 1_800, 2_800), ("2026", 3_600, 2, 2_400)),
            // Whole months of which some make up no year.
            (
                "2023-11-15",
                "2026-02-10",
                "2021-01-01",
                (26, 150, 200),
                (2, 1_800, 2_500),
                ("the year to January 2026", 3_600, 1, 1_400),
            ),
        ] {
            let told = told(days(start, last), first, "2027-03-15");
            assert_eq!((read(told.month), read(told.year)), (Some(month), Some(year)), "{start} to {last}");
            let last = told.last.expect("a last year");
            let words =
                (year_name(last.shown.period), last.flows.expenses, last.before.count, last.before.flows.expenses);
            assert_eq!((words.0.as_str(), words.1, words.2, words.3), of_last, "{start}");
            assert_eq!(last.before.shown.period.end, last.shown.period.start);
        }
    }

    #[test]
    fn with_fewer_than_two_nothing_is_an_average() {
        let told = told(days("2025-01-01", "2027-01-31"), "2026-10-10", "2027-01-10");
        assert_eq!((told.month.map(|month| month.count), told.year, told.last), (Some(3), None, None));
        assert_eq!(self::told(days("2025-01-01", "2026-12-31"), "2026-10-10", "2026-11-30"), Years::default());
    }
}
