//! Days as a calendar, each as warm as what was spent on it.

use chrono::{Datelike, NaiveDate, Weekday};

use crate::period::Period;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeatDay {
    pub day: NaiveDate,
    /// Minor units.
    pub minor: i64,
    /// 0 where nothing was spent, else 1 to 4: the quarter that the day is in among those with spending.
    pub level: u8,
}

/// A calendar month, or the part of it that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeatMonth {
    pub first: NaiveDate,
    /// Seven places each, from the day that weeks begin on.
    pub weeks: Vec<[Option<HeatDay>; 7]>,
}

/// The months of days that follow each other.
pub fn calendar(days: &[(NaiveDate, i64)], week_start: Weekday) -> Vec<HeatMonth> {
    let mut spent: Vec<i64> = days.iter().map(|(_, minor)| *minor).filter(|minor| *minor > 0).collect();
    spent.sort_unstable();
    let mut months: Vec<HeatMonth> = Vec::new();
    for (day, minor) in days.iter().copied() {
        let first = Period::month_of(day).start;
        if months.last().is_none_or(|month| month.first != first) {
            months.push(HeatMonth { first, weeks: Vec::new() });
        }
        let Some(month) = months.last_mut() else { continue };
        let place = usize::try_from(day.weekday().days_since(week_start)).unwrap_or_default();
        if place == 0 || month.weeks.is_empty() {
            month.weeks.push([None; 7]);
        }
        if let Some(week) = month.weeks.last_mut() {
            week[place] = Some(HeatDay { day, minor, level: level(minor, &spent) });
        }
    }
    months
}

/// Ranks and not amounts decide: one rent would make every other day look cold.
fn level(minor: i64, spent: &[i64]) -> u8 {
    if minor <= 0 || spent.is_empty() {
        return 0;
    }
    let up_to = spent.partition_point(|other| *other <= minor);
    u8::try_from((up_to * 4).div_ceil(spent.len())).unwrap_or(4)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn months_begin_on_their_weekday_and_weeks_where_one_likes() {
        for (week_start, place, weeks) in [(Weekday::Mon, 4, 5), (Weekday::Sun, 5, 6), (Weekday::Sat, 6, 6)] {
            // January 2027 begins on a Friday and has 31 days.
            let days: Vec<(NaiveDate, i64)> = day("2027-01-01").iter_days().take(45).map(|day| (day, 0)).collect();
            let months = calendar(&days, week_start);
            assert_eq!((months.len(), months[0].weeks.len(), months[1].first), (2, weeks, day("2027-02-01")));
            assert_eq!(months[0].weeks[0].iter().position(Option::is_some), Some(place), "{week_start}");
            let shown = months.iter().flat_map(|month| month.weeks.iter().flatten().flatten()).count();
            assert_eq!(shown, 45);
        }
    }

    #[test]
    fn a_day_is_as_warm_as_its_quarter() {
        let minors = [0, 1, 2, 3, 1_000_000];
        let days: Vec<(NaiveDate, i64)> = day("2027-01-01").iter_days().zip(minors).collect();
        let months = calendar(&days, Weekday::Mon);
        let levels: Vec<u8> = months[0].weeks.iter().flatten().flatten().map(|day| day.level).collect();
        assert_eq!(levels, [0, 1, 2, 3, 4]);
        assert_eq!(level(5, &[5, 5, 5]), 4, "the only day, or one like all others, is no cold one");
    }
}
