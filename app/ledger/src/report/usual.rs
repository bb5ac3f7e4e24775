//! What is usual: the average of the three periods before.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{DAYS_MAX, Flows, Report, ReportChoice, average, days_of, running};
use crate::dashboard::Difference;
use crate::money::{clamp, sum};
use crate::period::Period;

/// The longest period whose usual one is told day by day, in days: a quarter. For the line of a year the days of three
/// more years would be read, which is most of what a report reads, and month ends are all that the eye finds in it: a
/// year has its average as a sum, in its table and in words.
pub const USUAL_DAYS_MAX: i64 = 92;

/// The average of three periods, in minor units of the home currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usual {
    /// The days of all three.
    pub shown: ReportChoice,
    pub flows: Flows,
    /// What is spent up to today in a period that is going on; in all of one that is over.
    pub now: i64,
    /// What was usually spent in as many days, or in all of it.
    pub then: i64,
    /// What was usually spent up to each day; empty where the period is longer than [`USUAL_DAYS_MAX`] days.
    pub days: Vec<i64>,
}

/// One of the three: its flows, and those of its days as far as [`ReportChoice::usual_days`] asks for them.
pub struct Before {
    pub choice: ReportChoice,
    pub flows: Flows,
    pub by_day: BTreeMap<NaiveDate, Flows>,
}

impl ReportChoice {
    /// The three periods before, the oldest first; `None` where they cannot be recorded, or where the period is longer
    /// than [`DAYS_MAX`] days.
    pub fn three_before(self) -> Option<[Self; 3]> {
        let last = Some(self.beside(None)).filter(|alone| alone.period.days() <= DAYS_MAX)?.before()?;
        let middle = last.before()?;
        Some([middle.before()?, middle, last])
    }

    /// Whether some of its days have come and others have not.
    pub fn is_going_on(self, today: NaiveDate) -> bool {
        self.period.contains(today) && today < self.period.last_day()
    }

    /// The days that have come.
    pub(super) fn so_far(self, today: NaiveDate) -> i64 {
        (Period::day(today).end - self.period.start).num_days().clamp(0, self.period.days())
    }

    /// Which days of one of the periods before are wanted one by one: all of a short one, those that have come in
    /// this one if it is going on, or none.
    pub fn usual_days(self, before: Period, today: NaiveDate) -> Period {
        let count = match self.period.days() {
            ..=USUAL_DAYS_MAX => before.days(),
            _ if self.is_going_on(today) => self.so_far(today),
            _ => 0,
        };
        let end = before.start.checked_add_signed(chrono::TimeDelta::days(count)).unwrap_or(before.end);
        Period { end: end.min(before.end), ..before }
    }
}

impl Usual {
    /// `None` where nothing was spent in the first of the three, as in a book that is younger, or where the period has
    /// not come yet.
    pub fn of(report: &Report, before: &[Before; 3], today: NaiveDate) -> Option<Self> {
        let choice = report.choice;
        if before[0].flows.expenses <= 0 || today < choice.period.start {
            return None;
        }
        let third = |of: &dyn Fn(&Before) -> i64| clamp(before.iter().map(|one| i128::from(of(one))).sum::<i128>() / 3);
        let flows = Flows { income: third(&|one| one.flows.income), expenses: third(&|one| one.flows.expenses) };
        let spent = |one: &Before, day: &NaiveDate| one.by_day.get(day).copied().unwrap_or_default().expenses;
        let (now, then) = if choice.is_going_on(today) {
            let days = usize::try_from(choice.so_far(today)).unwrap_or_default();
            let up_to = |one: &Before| sum(days_of(one.choice.period).iter().take(days).map(|day| spent(one, day)));
            (sum(report.days.iter().take(days).map(|(_, minor)| *minor)), third(&up_to))
        } else {
            (report.flows.expenses, flows.expenses)
        };
        let is_short = choice.period.days() <= USUAL_DAYS_MAX;
        let line = |one: &Before| running(days_of(one.choice.period).iter().map(|day| spent(one, day)));
        let days = if is_short { average(&before.iter().map(line).collect::<Vec<_>>()) } else { Vec::new() };
        let all = Period { start: before[0].choice.period.start, end: choice.period.start };
        Some(Self { shown: ReportChoice::days(all), flows, now, then, days })
    }

    /// What is spent beside what is usual.
    pub fn difference(&self, report: &Report) -> Difference {
        Difference { now: report.money(self.now), then: report.money(self.then), shown: self.shown }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::currency::Currency;
    use crate::id::{AccountId, CategoryId};
    use crate::report::Step;
    use crate::totals::{DailyTotals, Total, TotalKey, TotalKind};
    use chrono::Weekday;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    /// A report of the period that spent 1 on each day, after periods that spent 2 on each.
    fn told(choice: ReportChoice, today: &str) -> Option<(Report, Usual)> {
        let each = |period: Period, minor| {
            let days = period.start.iter_days().take_while(move |day| period.contains(*day));
            days.map(|day| (day, Flows { income: 0, expenses: minor })).collect::<BTreeMap<_, _>>()
        };
        let mut totals = DailyTotals::default();
        for (on, flows) in each(choice.period, 1) {
            let (account, category) = (AccountId::NIL, CategoryId::NIL);
            let key = TotalKey { day: on, kind: TotalKind::Expense, account, category, currency: Currency::INR };
            totals.add_to(key, Total::one(flows.expenses));
        }
        let report = Report::new(choice, Currency::INR, &totals, &each(choice.period, 1));
        let before = choice.three_before()?.map(|one| Before {
            choice: one,
            flows: Flows { income: 0, expenses: 2 * one.period.days() },
            by_day: each(choice.usual_days(one.period, day(today)), 2),
        });
        Usual::of(&report, &before, day(today)).map(|usual| (report, usual))
    }

    #[test]
    fn a_period_is_laid_beside_the_average_of_the_three_before() {
        let of = |step, at: &str| ReportChoice::of(step, day(at), Weekday::Mon);
        for (choice, today, now, then, days) in [
            // December, January and February have 31, 31 and 28 days.
            (of(Step::Month, "2027-03-01"), "2027-05-01", 31, 60, 31),
            (of(Step::Month, "2027-03-01"), "2027-03-30", 30, 58, 31),
            (of(Step::Month, "2027-03-01"), "2027-03-31", 31, 60, 31),
            (of(Step::Month, "2028-02-01"), "2028-02-01", 1, 2, 31),
            (of(Step::Week, "2027-01-01"), "2027-02-01", 7, 14, 7),
            (of(Step::Year, "2027-06-01"), "2027-02-10", 41, 82, 0),
            (of(Step::Year, "2024-06-01"), "2027-02-10", 366, 730, 0),
        ] {
            let (report, usual) = told(choice, today).expect("three periods before");
            let difference = usual.difference(&report);
            assert_eq!(
                (difference.now.minor, difference.then.minor, usual.days.len()),
                (now, then, days),
                "{choice:?}"
            );
            assert_eq!(usual.shown.period.end, choice.period.start);
        }
        assert_eq!(told(of(Step::Month, "2027-03-01"), "2027-02-28"), None, "it has not come yet");
        assert_eq!(told(of(Step::Month, "1900-03-01"), "2027-02-28"), None, "nothing can be recorded so early");
    }
}
