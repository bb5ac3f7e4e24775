//! Spans of civil days, half open: the start belongs to it, the end does not.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

pub use crate::span::{PayDay, Span};

/// The days from `start` up to, not including, `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Period {
    pub start: NaiveDate,
    pub end: NaiveDate,
}

/// The first and the last day that can be recorded.
pub const FIRST_DAY: NaiveDate = NaiveDate::from_ymd_opt(1900, 1, 1).expect("a day of the calendar");
pub const LAST_DAY: NaiveDate = NaiveDate::from_ymd_opt(2199, 12, 31).expect("a day of the calendar");

impl Period {
    pub fn contains(self, day: NaiveDate) -> bool {
        self.start <= day && day < self.end
    }

    /// The last day that belongs to it.
    pub fn last_day(self) -> NaiveDate {
        back(self.end, 1)
    }

    /// How many days it has.
    pub fn days(self) -> i64 {
        (self.end - self.start).num_days()
    }

    pub fn day(day: NaiveDate) -> Self {
        Self { start: day, end: ahead(day, 1) }
    }

    /// The calendar month of `day`.
    pub fn month_of(day: NaiveDate) -> Self {
        let start = day.with_day(1).unwrap_or(day);
        Self { start, end: months_ahead(start, 1) }
    }

    /// The three calendar months of `day` that end with March, June, September or December.
    pub fn quarter_of(day: NaiveDate) -> Self {
        let month = Self::month_of(day).start;
        let start = month.checked_sub_months(Months::new(day.month0() % 3)).unwrap_or(month);
        Self { start, end: months_ahead(start, 3) }
    }

    /// The calendar year of `day`.
    pub fn year_of(day: NaiveDate) -> Self {
        let start = day.with_ordinal(1).unwrap_or(day);
        Self { start, end: months_ahead(start, 12) }
    }

    /// The week of `day`, beginning on `week_start`.
    pub fn week_of(day: NaiveDate, week_start: Weekday) -> Self {
        let start = day.week(week_start).checked_first_day().unwrap_or(day);
        Self { start, end: ahead(start, 7) }
    }

    /// Its days in three parts, some of them empty: those before its first whole month, its whole calendar
    /// months, and those after.
    pub fn around_months(self) -> [Self; 3] {
        let first = months_ahead(Self::month_of(back(self.start, 1)).start, 1);
        let last = Self::month_of(self.end).start;
        if first >= last {
            let none = Self { start: self.end, end: self.end };
            return [self, none, none];
        }
        let part = |start, end| Self { start, end };
        [part(self.start, first), part(first, last), part(last, self.end)]
    }

    /// Whole calendar months in three parts, some of them empty: those before its first whole year, its whole
    /// calendar years, and those after.
    pub fn around_years(self) -> [Self; 3] {
        let first = months_ahead(Self::year_of(back(self.start, 1)).start, 12);
        let last = Self::year_of(self.end).start;
        if first >= last {
            let none = Self { start: self.end, end: self.end };
            return [self, none, none];
        }
        let part = |start, end| Self { start, end };
        [part(self.start, first), part(first, last), part(last, self.end)]
    }

    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// `count` days, of which `today` is the last.
    pub fn last_days(today: NaiveDate, count: u64) -> Self {
        let end = ahead(today, 1);
        Self { start: back(end, count), end }
    }

    /// The calendar month before the one of `day`.
    pub fn month_before(day: NaiveDate) -> Self {
        Self::month_of(back(Self::month_of(day).start, 1))
    }

    /// The `count` calendar months that end with the one of `today`, oldest first.
    pub fn last_months(today: NaiveDate, count: u32) -> Vec<Self> {
        let this = Self::month_of(today).start;
        (0..count).rev().filter_map(|back| this.checked_sub_months(Months::new(back))).map(Self::month_of).collect()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DayError {
    #[error("Choose a date")]
    Missing,
    #[error("Enter a date such as 2026-11-30")]
    NotADay,
    #[error("Choose a date between 1900 and 2199")]
    OutOfRange,
}

/// Reads a civil day in the form of a date field (ISO 8601, `2026-11-30`).
///
/// # Errors
/// Any other text, a day that the calendar does not have, and days outside 1900 to 2199.
pub fn parse_day(typed: &str) -> Result<NaiveDate, DayError> {
    let text = typed.trim();
    if text.is_empty() {
        return Err(DayError::Missing);
    }
    let shape = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let day = shape.then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()).flatten().ok_or(DayError::NotADay)?;
    if (FIRST_DAY..=LAST_DAY).contains(&day) { Ok(day) } else { Err(DayError::OutOfRange) }
}

pub(crate) fn ahead(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

pub(crate) fn back(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN)
}

pub(crate) fn months_ahead(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn months_end_where_the_calendar_says() {
        for (of, start, end) in [
            ("2024-02-29", "2024-02-01", "2024-03-01"),
            ("2023-02-28", "2023-02-01", "2023-03-01"),
            ("2026-12-31", "2026-12-01", "2027-01-01"),
        ] {
            assert_eq!(Period::month_of(day(of)), Period { start: day(start), end: day(end) });
        }
        assert_eq!(Period::month_before(day("2024-03-31")).days(), 29);
    }

    #[test]
    fn whole_months_are_told_from_the_days_around_them() {
        for (start, first, last, end) in [
            ("2026-01-01", "2026-01-01", "2026-02-01", "2026-02-01"),
            ("2026-01-15", "2026-02-01", "2026-04-01", "2026-04-20"),
            ("2025-12-31", "2026-01-01", "2027-01-01", "2027-01-01"),
        ] {
            let [before, months, after] = Period { start: day(start), end: day(end) }.around_months();
            assert_eq!(
                (before.end, months.start, months.end, after.start),
                (day(first), day(first), day(last), day(last))
            );
            assert_eq!((before.start, after.end), (day(start), day(end)));
        }
        let short = Period { start: day("2026-01-15"), end: day("2026-02-15") };
        assert_eq!(short.around_months().map(Period::is_empty), [false, true, true]);
        assert_eq!(short.around_months()[0], short);
    }

    #[test]
    fn whole_years_are_told_from_the_months_around_them() {
        for (start, first, last, end) in [
            ("2024-01-01", "2024-01-01", "2026-01-01", "2026-01-01"),
            ("2024-02-01", "2025-01-01", "2026-01-01", "2026-12-01"),
            ("2023-12-01", "2024-01-01", "2027-01-01", "2027-01-01"),
        ] {
            let [before, years, after] = Period { start: day(start), end: day(end) }.around_years();
            assert_eq!(
                (before.end, years.start, years.end, after.start),
                (day(first), day(first), day(last), day(last))
            );
            assert_eq!((before.start, after.end), (day(start), day(end)));
        }
        let short = Period { start: day("2026-02-01"), end: day("2027-12-01") };
        assert_eq!(short.around_years().map(Period::is_empty), [false, true, true]);
    }

    #[test]
    fn the_last_seven_days_include_today() {
        let week = Period::last_days(day("2026-01-03"), 7);
        assert_eq!((week.start, week.last_day()), (day("2025-12-28"), day("2026-01-03")));
    }

    #[test]
    fn a_week_begins_on_the_chosen_day_across_the_year_end() {
        assert_eq!(Period::week_of(day("2026-01-01"), Weekday::Mon).start, day("2025-12-29"));
        assert_eq!(Period::week_of(day("2026-01-01"), Weekday::Sun).start, day("2025-12-28"));
    }

    #[test]
    fn twelve_months_end_with_this_one() {
        let months = Period::last_months(day("2026-01-31"), 12);
        assert_eq!((months.len(), months[0].start, months[11].start), (12, day("2025-02-01"), day("2026-01-01")));
    }

    #[test]
    fn odd_days_are_read_or_refused() {
        assert_eq!(parse_day("2024-02-29"), Ok(day("2024-02-29")));
        for text in [
            "2023-02-29",
            "1900-02-29",
            "2026-13-01",
            "31/12/2026",
            "2026-1-1",
            "275760-09-13",
            "2026-01-01T24:00",
            "٢٠٢٦-٠١-٠١",
        ] {
            assert_eq!(parse_day(text), Err(DayError::NotADay), "{text}");
        }
        for text in ["0000-01-01", "9999-12-31", "1899-12-31"] {
            assert_eq!(parse_day(text), Err(DayError::OutOfRange), "{text}");
        }
        assert_eq!(parse_day(""), Err(DayError::Missing));
    }
}
