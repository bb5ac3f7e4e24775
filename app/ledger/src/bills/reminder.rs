//! Which due day of a bill is reminded of next.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::Bill;

/// The most due days that are looked through for one to remind of: seven years of weeks.
const LATER_MAX: usize = 400;

impl Bill {
    /// The due day to remind of when those up to `told` were, and the day from which on: the next one that is due, or
    /// else the first after it that is not `settled`, and falls on today or later.
    pub fn reminder_after(
        &self,
        told: Option<NaiveDate>,
        today: NaiveDate,
        settled: &BTreeSet<NaiveDate>,
    ) -> Option<(NaiveDate, NaiveDate)> {
        let (next, before) = (self.next_due?, Days::new(u64::from(self.remind_days?)));
        let from = |due| Some((due, self.occurrence(due).day.checked_sub_days(before)?));
        let Some(told) = told.filter(|told| *told >= next) else { return from(next) };
        let mut later = std::iter::successors(self.after(told), |due| self.after(*due)).take(LATER_MAX);
        let is_wanted = |due: &NaiveDate| !settled.contains(due) && self.occurrence(*due).day >= today;
        from(later.find(is_wanted)?)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::bills::Change;
    use crate::currency::Currency;
    use crate::id::BillId;
    use crate::money::Money;
    use crate::recurrence::{Ends, Repeats};

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    /// Due on the last day of each month from December 2027 to March 2028, and told of three days before.
    fn rent() -> Bill {
        Bill {
            id: BillId(uuid::Uuid::from_u128(1)),
            name: "Rent".into(),
            amount: Money::new(100, Currency::INR),
            estimated: false,
            first_due: day("2027-12-31"),
            repeats: Repeats::MonthEnd,
            ends: Ends::After(4),
            category: None,
            account: None,
            remind_days: Some(3),
            next_due: Some(day("2027-12-31")),
            changed: BTreeMap::new(),
            revision: 1,
        }
    }

    #[test]
    fn the_next_one_is_told_of_and_then_each_that_is_open_and_not_over() {
        let told = |told: &str, today: &str, settled: &[&str]| {
            let told = (!told.is_empty()).then(|| day(told));
            let settled = settled.iter().map(|due| day(due)).collect();
            let found = rent().reminder_after(told, day(today), &settled);
            found.map(|(due, from)| (due.to_string(), from.to_string()))
        };
        let due = |due: &str, from: &str| Some((due.to_owned(), from.to_owned()));
        assert_eq!(told("", "2027-12-01", &[]), due("2027-12-31", "2027-12-28"));
        assert_eq!(told("", "2028-02-10", &[]), due("2027-12-31", "2027-12-28"), "late, and told all the same");
        assert_eq!(told("2027-11-30", "2027-12-01", &[]), due("2027-12-31", "2027-12-28"));
        assert_eq!(told("2027-12-31", "2028-01-10", &[]), due("2028-01-31", "2028-01-28"));
        assert_eq!(told("2027-12-31", "2028-02-01", &[]), due("2028-02-29", "2028-02-26"), "January is over");
        assert_eq!(told("2027-12-31", "2028-01-10", &["2028-01-31"]), due("2028-02-29", "2028-02-26"));
        assert_eq!(told("2028-03-31", "2028-01-10", &[]), None);
    }

    #[test]
    fn a_day_that_was_moved_is_told_of_before_the_day_it_was_moved_to() {
        let moved = Change { day: day("2028-02-03"), amount: None };
        let rent = Bill { changed: [(day("2028-01-31"), moved)].into(), ..rent() };
        let next = rent.reminder_after(Some(day("2027-12-31")), day("2028-02-01"), &BTreeSet::new());
        assert_eq!(next, Some((day("2028-01-31"), day("2028-01-31"))));
        let silent = Bill { remind_days: None, ..rent };
        assert_eq!(silent.reminder_after(None, day("2028-01-01"), &BTreeSet::new()), None);
    }
}
