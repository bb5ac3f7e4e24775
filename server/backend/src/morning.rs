//! When it is morning where a person lives: the time of day at which Expenso writes of its own accord.

use chrono::{DateTime, LocalResult, NaiveDate, NaiveTime, TimeDelta, TimeZone as _, Utc};

use crate::clock::TimeZone;

const BEGINS: NaiveTime = NaiveTime::from_hms_opt(8, 0, 0).expect("a time of the day");
/// What came up after it waits for the next one.
const LASTS: TimeDelta = TimeDelta::hours(4);

/// 08:00 of a day; where the clocks skip it, an hour later, and the first where they show it twice.
pub fn of(day: NaiveDate, zone: TimeZone) -> Option<DateTime<Utc>> {
    let local = |time| zone.from_local_datetime(&day.and_time(time));
    match local(BEGINS) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Some(at.with_timezone(&Utc)),
        LocalResult::None => {
            let later = local(BEGINS.overflowing_add_signed(TimeDelta::hours(1)).0).earliest()?;
            Some(later.with_timezone(&Utc))
        }
    }
}

/// The day whose morning it is at `now`.
pub fn at(now: DateTime<Utc>, zone: TimeZone) -> Option<NaiveDate> {
    let day = now.with_timezone(&zone).date_naive();
    let begun = of(day, zone)?;
    (begun <= now && now < begun + LASTS).then_some(day)
}

/// When to write of the morning of `day`: then or, once that is over, in the next one. What has begun is now.
pub fn from(day: NaiveDate, now: DateTime<Utc>, zone: TimeZone) -> Option<DateTime<Utc>> {
    let first = day.max(now.with_timezone(&zone).date_naive());
    let mut mornings = first.iter_days().take(3).filter_map(|day| of(day, zone));
    mornings.find(|begins| now < *begins + LASTS).map(|begins| begins.max(now))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Over five years with their leap days: the day on which the clocks change has a morning like any other, and no
    /// look at the clock, however often, finds two mornings of a day or none.
    #[test]
    fn each_day_has_one_morning_at_eight_by_the_clocks_of_the_person() {
        // Lord Howe moves its clocks by half an hour; Cairo and Asuncion have moved theirs at midnight.
        for zone in ["America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Africa/Cairo", "America/Asuncion"] {
            let zone: TimeZone = zone.parse().expect("a zone");
            let first = NaiveDate::from_ymd_opt(2024, 1, 1).expect("a day");
            let mut odd = 0;
            for day in first.iter_days().take(5 * 366) {
                let (begun, next) =
                    (of(day, zone).expect("a morning"), of(day + chrono::Days::new(1), zone).expect("one"));
                assert_eq!(begun.with_timezone(&zone).naive_local(), day.and_time(BEGINS), "{zone}");
                odd += i32::from(next - begun != TimeDelta::days(1));
                let looks = (0..).map(|n| begun - TimeDelta::hours(1) + TimeDelta::minutes(30 * n));
                let found: Vec<NaiveDate> =
                    looks.take_while(|now| *now < next).filter_map(|now| at(now, zone)).collect();
                assert_eq!(found, [day; 8], "four hours in {zone}");
            }
            assert!(odd >= 2, "the clocks of {zone} change: {odd}");
        }
    }

    #[test]
    fn a_morning_lasts_from_eight_to_noon_where_the_person_lives() {
        for (zone, now, day) in [
            ("Asia/Kolkata", "2027-01-15T02:29:59Z", None),
            ("Asia/Kolkata", "2027-01-15T02:30:00Z", Some("2027-01-15")),
            ("Asia/Kolkata", "2027-01-15T06:29:59Z", Some("2027-01-15")),
            ("Asia/Kolkata", "2027-01-15T06:30:00Z", None),
            ("Pacific/Kiritimati", "2026-12-31T18:00:00Z", Some("2027-01-01")),
            // The clocks went on at two in the night.
            ("America/Los_Angeles", "2027-03-14T15:00:00Z", Some("2027-03-14")),
        ] {
            let now: DateTime<Utc> = now.parse().expect("a time");
            let day = day.map(|day| day.parse().expect("a day"));
            assert_eq!(at(now, zone.parse().expect("a zone")), day, "{zone} at {now}");
        }
    }

    #[test]
    fn a_letter_of_a_morning_comes_in_it_or_in_the_next() {
        for (zone, day, now, at) in [
            ("Asia/Kolkata", "2027-01-15", "2027-01-14T16:00:00Z", "2027-01-15T02:30:00Z"),
            ("Asia/Kolkata", "2027-01-15", "2027-01-15T03:00:00Z", "2027-01-15T03:00:00Z"),
            ("Asia/Kolkata", "2027-01-15", "2027-01-15T06:30:00Z", "2027-01-16T02:30:00Z"),
            ("Asia/Kolkata", "2027-01-15", "2027-01-15T20:00:00Z", "2027-01-16T02:30:00Z"),
            ("America/Los_Angeles", "2027-01-15", "2027-01-15T02:30:00Z", "2027-01-15T16:00:00Z"),
            ("America/Los_Angeles", "2027-03-14", "2027-03-14T02:30:00Z", "2027-03-14T15:00:00Z"),
            ("Pacific/Kiritimati", "2027-01-15", "2027-01-15T02:30:00Z", "2027-01-15T18:00:00Z"),
        ] {
            let time = |text: &str| text.parse::<DateTime<Utc>>().expect("a time");
            let (day, zone) = (day.parse().expect("a day"), zone.parse().expect("a zone"));
            assert_eq!(from(day, time(now), zone), Some(time(at)), "{day} at {now}");
        }
    }
}
