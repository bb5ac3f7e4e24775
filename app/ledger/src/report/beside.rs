//! A report beside another period. While its own is going on, as many days of both count: the rent that the other one
//! paid at its end is nothing that is saved in this one yet.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{CategoryLine, Flows, Other, Report, ReportChoice, categories};
use crate::period::Period;
use crate::totals::DailyTotals;

/// What came in and what was spent in some days, in minor units of the home currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    pub days: Period,
    pub flows: Flows,
    pub categories: Vec<CategoryLine>,
}

impl Side {
    /// From totals that hold these days.
    pub fn of(totals: &DailyTotals, days: Period) -> Self {
        Self { days, flows: Flows::of(totals, days), categories: categories(totals, days) }
    }
}

impl ReportChoice {
    /// The first days of its period and of another one, as many as have come; `None` where it is not going on.
    pub fn so_far_beside(self, other: Period, today: NaiveDate) -> Option<[Period; 2]> {
        let first = |of: Period| {
            let end = of.start.checked_add_signed(chrono::TimeDelta::days(self.so_far(today))).unwrap_or(of.end);
            Period { end: end.min(of.end), ..of }
        };
        self.is_going_on(today).then(|| [first(self.period), first(other)])
    }
}

impl Other {
    /// Its days that the report is laid beside, in words: "October 2026", or "October 2026, by this day".
    pub fn words(&self) -> String {
        let words = self.choice.words();
        if self.so_far.is_some() { format!("{words}, by this day") } else { words }
    }

    /// The same behind "less than": "October 2026", or "by this day of October 2026".
    pub fn than(&self) -> String {
        let words = self.choice.words();
        if self.so_far.is_some() { format!("by this day of {words}") } else { words }
    }
}

impl Report {
    /// What is laid beside each other: its own side, and that of the other period.
    pub fn sides(&self) -> Option<[Side; 2]> {
        let other = self.other.as_ref()?;
        Some(other.so_far.clone().unwrap_or_else(|| {
            let own = Side { days: self.choice.period, flows: self.flows, categories: self.categories.clone() };
            [own, Side { days: other.choice.period, flows: other.flows, categories: other.categories.clone() }]
        }))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use chrono::Weekday;

    use super::*;
    use crate::currency::Currency;
    use crate::id::{AccountId, CategoryId};
    use crate::report::{Against, Step};
    use crate::totals::{Total, TotalKey, TotalKind};

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn as_many_days_of_both_count_while_the_period_is_going_on() {
        let of = |step, at: &str, against| ReportChoice::of(step, day(at), Weekday::Mon).beside(Some(against));
        for (choice, today, now, then) in [
            (of(Step::Month, "2027-03-01", Against::Before), "2027-03-10", "2027-03-10", "2027-02-10"),
            (of(Step::Month, "2027-03-01", Against::Before), "2027-03-30", "2027-03-30", "2027-02-28"),
            (of(Step::Month, "2027-03-01", Against::Before), "2027-03-01", "2027-03-01", "2027-02-01"),
            (of(Step::Week, "2027-03-01", Against::Year), "2027-03-03", "2027-03-03", "2026-03-04"),
            (of(Step::Year, "2027-03-01", Against::Before), "2027-02-10", "2027-02-10", "2026-02-10"),
        ] {
            let other = choice.other().expect("another period");
            let lasts = choice.so_far_beside(other.period, day(today)).map(|both| both.map(Period::last_day));
            assert_eq!(lasts, Some([day(now), day(then)]), "{choice:?} on {today}");
        }
        let march = of(Step::Month, "2027-03-01", Against::Before);
        for today in ["2027-02-28", "2027-03-31", "2027-05-01"] {
            let other = march.other().expect("another period");
            assert_eq!(march.so_far_beside(other.period, day(today)), None, "{today}");
        }
    }

    #[test]
    fn sides_are_whole_once_the_period_is_over() {
        let mut totals = DailyTotals::default();
        for (on, minor) in [("2027-02-03", 30), ("2027-02-25", 500), ("2027-03-05", 100), ("2027-03-28", 50)] {
            let (kind, account, category) = (TotalKind::Expense, AccountId::NIL, CategoryId::NIL);
            let key = TotalKey { day: day(on), kind, account, category, currency: Currency::INR };
            totals.add_to(key, Total::one(minor));
        }
        let choice = ReportChoice::of(Step::Month, day("2027-03-01"), Weekday::Mon).beside(Some(Against::Before));
        let other = choice.other().expect("another period");
        for (today, sides, words) in
            [("2027-03-10", [100, 30], "by this day of February 2027"), ("2027-04-10", [150, 530], "February 2027")]
        {
            let so_far = choice.so_far_beside(other.period, day(today));
            let so_far = so_far.map(|both| both.map(|days| Side::of(&totals, days)));
            let mut report = Report::new(choice, Currency::INR, &totals, &BTreeMap::new());
            report.other = Some(Other { so_far, ..Other::new(other, &totals, &BTreeMap::new()) });
            let told = report.sides().expect("two sides").map(|side| (side.flows.expenses, side.categories[0].minor));
            assert_eq!(told, sides.map(|minor| (minor, minor)), "{today}");
            assert_eq!(report.other.map(|other| other.than()).as_deref(), Some(words));
        }
    }
}
