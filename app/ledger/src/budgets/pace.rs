//! How fast a budget is being spent: if each day goes like those before.

use chrono::{Days, NaiveDate};

use crate::money::{self, Money};
use crate::period::Period;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// What will be spent by the end of the period.
    pub by_end: Money,
    /// The day in the period on which the limit will be passed; `None` where it lasts, or is passed already.
    pub passed_on: Option<NaiveDate>,
}

/// So many days, and a tenth of the period, must have gone before their pace says anything.
const DAYS: i64 = 3;

impl Pace {
    /// The pace of what was spent up to the end of `today`, in a period of any length: that of a year is told from its
    /// 37th day on. `None` before there is enough of the period to judge by, on its last day, and outside it.
    pub fn of(period: Period, today: NaiveDate, spent: impl FnOnce() -> Money, limit: Money) -> Option<Self> {
        let (gone, all) = ((today - period.start).num_days() + 1, period.days());
        if !period.contains(today) || gone < DAYS || gone * 10 < all || gone == all {
            return None;
        }
        let spent = spent();
        let by_end = money::clamp(i128::from(spent.minor) * i128::from(all) / i128::from(gone));
        let passes = spent.minor <= limit.minor && by_end > limit.minor;
        // The first day whose share, counted from the start, is more than the limit.
        let day = |()| {
            let days = i128::from(limit.minor) * i128::from(gone) / i128::from(spent.minor.max(1));
            period.start.checked_add_days(Days::new(u64::try_from(days).ok()?)).filter(|day| period.contains(*day))
        };
        let passed_on = passes.then_some(()).and_then(day);
        Some(Self { by_end: Money::new(by_end, spent.currency), passed_on })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::currency::Currency;

    fn pace(today: &str, spent: i64, limit: i64) -> Option<(i64, Option<String>)> {
        let inr = |minor| Money::new(minor, Currency::INR);
        let today: NaiveDate = today.parse().expect("a day");
        let pace = Pace::of(Period::month_of(today), today, || inr(spent), inr(limit))?;
        Some((pace.by_end.minor, pace.passed_on.map(|day| day.to_string())))
    }

    #[test]
    fn the_day_on_which_the_limit_is_passed() {
        for (today, spent, limit, by_end, passed_on) in [
            // 50 a day: 1,150 by the end of the 23rd.
            ("2026-11-10", 500, 1_149, 1_500, Some("2026-11-23")),
            ("2026-11-10", 500, 1_150, 1_500, Some("2026-11-24")),
            ("2026-11-10", 500, 1_500, 1_500, None),
            ("2026-11-10", 500, 1_499, 1_500, Some("2026-11-30")),
            ("2026-11-10", 0, 100, 0, None),
            // Passed already.
            ("2026-11-10", 500, 499, 1_500, None),
            ("2026-11-10", 500, 500, 1_500, Some("2026-11-11")),
            ("2028-02-03", 300, 2_800, 2_900, Some("2028-02-29")),
            ("2027-02-03", 300, 2_800, 2_800, None),
        ] {
            let expected = Some((by_end, passed_on.map(str::to_owned)));
            assert_eq!(pace(today, spent, limit), expected, "{today} {spent} of {limit}");
        }
    }

    #[test]
    fn a_quarter_a_year_and_days_of_ones_own_have_a_pace_too() {
        let of = |start: &str, last: &str, today: &str, spent: i64, limit: i64| {
            let [start, last, today]: [NaiveDate; 3] = [start, last, today].map(|day| day.parse().expect("a day"));
            let inr = |minor| Money::new(minor, Currency::INR);
            let pace = Pace::of(Period { start, end: Period::day(last).end }, today, || inr(spent), inr(limit))?;
            Some((pace.by_end.minor, pace.passed_on.map(|day| day.to_string())))
        };
        for (start, last, today, spent, limit, told) in [
            // 100 a day.
            ("2027-01-01", "2027-03-31", "2027-01-08", 800, 5_000, None),
            ("2027-01-01", "2027-03-31", "2027-01-09", 900, 5_000, Some((9_000, Some("2027-02-20")))),
            ("2027-01-01", "2027-12-31", "2027-02-05", 3_600, 18_250, None),
            ("2027-01-01", "2027-12-31", "2027-02-06", 3_700, 18_250, Some((36_500, Some("2027-07-02")))),
            ("2027-01-01", "2027-12-31", "2027-02-06", 3_700, 36_499, Some((36_500, Some("2027-12-31")))),
            ("2027-01-01", "2027-12-31", "2027-02-06", 3_700, 36_500, Some((36_500, None))),
            ("2028-01-01", "2028-12-31", "2028-12-30", 36_500, 36_550, Some((36_600, Some("2028-12-31")))),
            ("2028-01-01", "2028-12-31", "2028-12-31", 36_600, 36_650, None),
            // A trip over New Year, and the longest one.
            ("2026-12-20", "2027-01-10", "2026-12-24", 500, 1_400, Some((2_200, Some("2027-01-03")))),
            ("2026-12-20", "2027-01-10", "2027-01-11", 500, 1_400, None),
            ("2027-02-01", "2028-02-01", "2027-03-09", 3_700, 36_500, Some((36_600, Some("2028-02-01")))),
        ] {
            let told = told.map(|(by_end, day)| (by_end, day.map(str::to_owned)));
            assert_eq!(of(start, last, today, spent, limit), told, "{start} to {last} on {today}");
        }
    }

    #[test]
    fn the_first_days_and_the_last_say_nothing() {
        for today in ["2026-11-01", "2026-11-02", "2026-11-30"] {
            assert_eq!(pace(today, 500, 1_000), None, "{today}");
        }
    }
}
