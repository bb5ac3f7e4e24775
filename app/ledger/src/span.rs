//! How long a budget's period is: the text of each is what forms send and the database keeps.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use crate::period::{Period, ahead, back, months_ahead, parse_day};

/// The most days of a span of one's own.
pub const LONGEST: i64 = 366;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Span {
    Day,
    Week,
    #[default]
    Month,
    Quarter,
    Year,
    /// From one pay day to the next.
    Pay(PayDay),
    /// These days, once: a trip.
    Once(Period),
}

/// When a pay cycle begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PayDay {
    /// On this day of each month, or on the last one of a month that is too short.
    On(u8),
    /// On the last day of each month that is no Saturday or Sunday.
    LastWorkingDay,
    /// On this day and every two weeks before and after it.
    EveryTwoWeeks(NaiveDate),
}

impl PayDay {
    /// The pay day of the month of `day`; `day` itself for a cycle that goes by no month.
    fn in_month(self, day: NaiveDate) -> NaiveDate {
        let last = Period::month_of(day).last_day();
        match self {
            Self::On(number) => last.with_day(u32::from(number).clamp(1, last.day())).unwrap_or(last),
            Self::LastWorkingDay => back(last, u64::from(last.weekday().num_days_from_monday().saturating_sub(4))),
            Self::EveryTwoWeeks(_) => day,
        }
    }

    fn around(self, day: NaiveDate) -> Period {
        if let Self::EveryTwoWeeks(anchor) = self {
            let since = (day - anchor).num_days().rem_euclid(14).unsigned_abs();
            let start = day.checked_sub_days(Days::new(since)).unwrap_or(day);
            return Period { start, end: ahead(start, 14) };
        }
        let (first, here) = (Period::month_of(day).start, self.in_month(day));
        if day < here {
            Period { start: self.in_month(back(first, 1)), end: here }
        } else {
            Period { start: here, end: self.in_month(months_ahead(first, 1)) }
        }
    }
}

impl Span {
    /// Those that say all by their name.
    pub const PLAIN: [Self; 5] = [Self::Day, Self::Week, Self::Month, Self::Quarter, Self::Year];

    /// The period of this span that `day` falls in; the days of [`Self::Once`] whatever the day.
    pub fn around(self, day: NaiveDate, week_start: Weekday) -> Period {
        match self {
            Self::Day => Period::day(day),
            Self::Week => Period::week_of(day, week_start),
            Self::Month => Period::month_of(day),
            Self::Quarter => Period::quarter_of(day),
            Self::Year => Period::year_of(day),
            Self::Pay(pay) => pay.around(day),
            Self::Once(period) => period,
        }
    }

    /// How many periods back a window looks at what is carried over: those that lie in the thirteen months that a page
    /// knows, and for a year the one before it. Days that come once leave nothing.
    pub fn reach(self) -> usize {
        match self {
            Self::Day | Self::Week | Self::Month | Self::Pay(PayDay::EveryTwoWeeks(_)) => 12,
            Self::Pay(_) => 11,
            Self::Quarter => 3,
            Self::Year => 1,
            Self::Once(_) => 0,
        }
    }

    /// Whether its periods are whole calendar months.
    pub fn is_of_months(self) -> bool {
        matches!(self, Self::Month | Self::Quarter | Self::Year)
    }

    /// How a person names one of its periods: "January 2027".
    pub fn name(self, period: Period) -> String {
        let (start, last) = (period.start, period.last_day());
        match self {
            Self::Day => start.format("%-d %B %Y").to_string(),
            Self::Week => start.format("the week from %-d %B %Y").to_string(),
            Self::Month => start.format("%B %Y").to_string(),
            Self::Quarter => format!("quarter {} of {}", start.month0() / 3 + 1, start.year()),
            Self::Year => start.format("%Y").to_string(),
            Self::Pay(_) | Self::Once(_) if (start.year(), start.month()) == (last.year(), last.month()) => {
                format!("{} to {}", start.day(), last.format("%-d %B %Y"))
            }
            Self::Pay(_) | Self::Once(_) if start.year() == last.year() => {
                format!("{} to {}", start.format("%-d %B"), last.format("%-d %B %Y"))
            }
            Self::Pay(_) | Self::Once(_) => {
                format!("{} to {}", start.format("%-d %B %Y"), last.format("%-d %B %Y"))
            }
        }
    }
}

impl fmt::Display for Span {
    /// `month`, `pay:25`, `pay:last`, `pay:2026-11-06` (every two weeks), `2026-12-03/2026-12-10` (both included).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day => f.write_str("day"),
            Self::Week => f.write_str("week"),
            Self::Month => f.write_str("month"),
            Self::Quarter => f.write_str("quarter"),
            Self::Year => f.write_str("year"),
            Self::Pay(PayDay::On(day)) => write!(f, "pay:{day}"),
            Self::Pay(PayDay::LastWorkingDay) => f.write_str("pay:last"),
            Self::Pay(PayDay::EveryTwoWeeks(anchor)) => write!(f, "pay:{anchor}"),
            Self::Once(period) => write!(f, "{}/{}", period.start, period.last_day()),
        }
    }
}

impl FromStr for Span {
    type Err = UnknownSpan;
    fn from_str(text: &str) -> Result<Self, UnknownSpan> {
        let plain = Self::PLAIN.into_iter().find(|span| span.to_string() == text);
        if let Some(plain) = plain {
            return Ok(plain);
        }
        if let Some(pay) = text.strip_prefix("pay:") {
            let on = || pay.parse().ok().filter(|day| (1..=31).contains(day)).map(PayDay::On);
            let fortnight = || parse_day(pay).ok().map(PayDay::EveryTwoWeeks);
            let pay = if pay == "last" { Some(PayDay::LastWorkingDay) } else { on().or_else(fortnight) };
            return pay.map(Self::Pay).ok_or(UnknownSpan);
        }
        let (first, last) = text.split_once('/').ok_or(UnknownSpan)?;
        let (first, last) = (parse_day(first), parse_day(last));
        let period = Period { start: first.map_err(|_| UnknownSpan)?, end: ahead(last.map_err(|_| UnknownSpan)?, 1) };
        if (1..=LONGEST).contains(&period.days()) { Ok(Self::Once(period)) } else { Err(UnknownSpan) }
    }
}

impl From<Span> for String {
    fn from(span: Span) -> Self {
        span.to_string()
    }
}

impl TryFrom<String> for Span {
    type Error = UnknownSpan;
    fn try_from(text: String) -> Result<Self, UnknownSpan> {
        text.parse()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Choose a period of the list")]
pub struct UnknownSpan;

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn span(text: &str) -> Span {
        text.parse().expect("a span")
    }

    #[test]
    fn each_span_has_its_days() {
        for (text, on, start, end) in [
            ("day", "2028-02-29", "2028-02-29", "2028-03-01"),
            ("week", "2027-01-01", "2026-12-28", "2027-01-04"),
            ("month", "2028-02-29", "2028-02-01", "2028-03-01"),
            ("quarter", "2026-12-31", "2026-10-01", "2027-01-01"),
            ("quarter", "2028-02-29", "2028-01-01", "2028-04-01"),
            ("year", "2028-02-29", "2028-01-01", "2029-01-01"),
            // A month that is too short is paid on its last day.
            ("pay:31", "2028-02-28", "2028-01-31", "2028-02-29"),
            ("pay:31", "2028-02-29", "2028-02-29", "2028-03-31"),
            ("pay:31", "2027-02-27", "2027-01-31", "2027-02-28"),
            ("pay:25", "2026-12-24", "2026-11-25", "2026-12-25"),
            ("pay:25", "2026-12-25", "2026-12-25", "2027-01-25"),
            ("pay:1", "2026-12-31", "2026-12-01", "2027-01-01"),
            // 31 October 2026 is a Saturday, 31 January 2027 a Sunday, 28 February 2027 a Sunday.
            ("pay:last", "2026-10-30", "2026-10-30", "2026-11-30"),
            ("pay:last", "2026-10-29", "2026-09-30", "2026-10-30"),
            ("pay:last", "2027-01-31", "2027-01-29", "2027-02-26"),
            ("pay:2026-11-06", "2026-11-19", "2026-11-06", "2026-11-20"),
            ("pay:2026-11-06", "2026-11-05", "2026-10-23", "2026-11-06"),
            ("2026-12-03/2026-12-10", "2030-01-01", "2026-12-03", "2026-12-11"),
        ] {
            let period = span(text).around(day(on), Weekday::Mon);
            assert_eq!((period.start, period.end), (day(start), day(end)), "{text} around {on}");
        }
    }

    #[test]
    fn the_periods_of_a_cycle_meet_and_hold_their_day() {
        for text in
            ["day", "week", "month", "quarter", "year", "pay:1", "pay:29", "pay:31", "pay:last", "pay:2026-11-06"]
        {
            let mut at = day("2026-11-20");
            while at < day("2029-03-02") {
                let period = span(text).around(at, Weekday::Sun);
                assert!(period.contains(at), "{text}: {at} in {period:?}");
                assert_eq!(span(text).around(period.last_day(), Weekday::Sun), period, "{text}: {period:?}");
                assert_eq!(span(text).around(period.end, Weekday::Sun).start, period.end, "{text}: {period:?}");
                at = ahead(at, 1);
            }
        }
    }

    #[test]
    fn the_text_of_a_span_is_read_back_and_nothing_else_is() {
        for text in
            ["day", "week", "month", "quarter", "year", "pay:31", "pay:last", "pay:2026-11-06", "2028-02-29/2028-02-29"]
        {
            assert_eq!(span(text).to_string(), text);
        }
        for text in [
            "",
            "Month",
            "pay:0",
            "pay:32",
            "pay:",
            "2026-12-10/2026-12-03",
            "2026-01-01/2027-01-02",
            "2026-02-30/2026-03-01",
        ] {
            assert_eq!(text.parse::<Span>(), Err(UnknownSpan), "{text}");
        }
    }

    #[test]
    fn periods_are_named_as_a_person_would() {
        for (text, name) in [
            ("day", "5 January 2027"),
            ("week", "the week from 4 January 2027"),
            ("month", "January 2027"),
            ("quarter", "quarter 1 of 2027"),
            ("year", "2027"),
            ("pay:25", "25 December 2026 to 24 January 2027"),
            ("pay:2027-01-01", "1 to 14 January 2027"),
            ("2027-01-28/2027-02-03", "28 January to 3 February 2027"),
        ] {
            let span = span(text);
            assert_eq!(span.name(span.around(day("2027-01-05"), Weekday::Mon)), name);
        }
    }
}
