//! Due days agree with an independent implementation of RFC 5545 over five years, leap days and changes of the clocks
//! included: a civil day is the same day wherever it is expanded.

use chrono::{Datelike, NaiveDate, Timelike};
use ledger::recurrence::{Ends, Repeats, Schedule};
use proptest::prelude::*;
use rrule::RRuleSet;

/// Where the years looked at end.
const LAST: NaiveDate = NaiveDate::from_ymd_opt(2029, 12, 31).expect("a day");

/// The same rule in the words of RFC 5545. A month too short for the anchor takes its last day, which the
/// RFC says with a set of candidates of which the last one counts.
fn rule(schedule: Schedule) -> String {
    let first = schedule.first;
    let candidates = |day: u32| (28.min(day)..=day).map(|day| day.to_string()).collect::<Vec<_>>().join(",");
    let by_month_day = candidates(first.day());
    let often = match schedule.repeats {
        Repeats::Once => return "FREQ=DAILY;COUNT=1".into(),
        Repeats::Weeks(every) => format!("FREQ=WEEKLY;INTERVAL={every}"),
        Repeats::Monthly => format!("FREQ=MONTHLY;BYMONTHDAY={by_month_day};BYSETPOS=-1"),
        Repeats::Quarterly => format!("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY={by_month_day};BYSETPOS=-1"),
        Repeats::MonthEnd => "FREQ=MONTHLY;BYMONTHDAY=-1".into(),
        Repeats::Yearly => {
            format!("FREQ=YEARLY;BYMONTH={};BYMONTHDAY={by_month_day};BYSETPOS=-1", first.month())
        }
    };
    match schedule.ends {
        Ends::Never => format!("{often};UNTIL={}T235959Z", LAST.format("%Y%m%d")),
        // Nine in the morning of that day is before its end in UTC, too, in each of the zones.
        Ends::On(day) => format!("{often};UNTIL={}T235959Z", day.format("%Y%m%d")),
        Ends::After(times) => format!("{often};COUNT={times}"),
    }
}

/// Where the clocks never change, and where they do, north and south, on different days of each year.
const ZONES: [&str; 4] = ["UTC", "America/New_York", "Europe/Berlin", "America/Santiago"];

/// The rule expanded at nine in the morning of a zone, by its clocks.
fn by_rrule(schedule: Schedule, zone: &str) -> Vec<NaiveDate> {
    let day = schedule.first.format("%Y%m%d");
    let start =
        if zone == "UTC" { format!("DTSTART:{day}T090000Z") } else { format!("DTSTART;TZID={zone}:{day}T090000") };
    let set: RRuleSet = format!("{start}\nRRULE:{}", rule(schedule)).parse().expect("a rule");
    let found = set.all(600).dates;
    assert!(found.iter().all(|at| (at.hour(), at.minute()) == (9, 0)), "nine by the clocks of {zone}");
    found.iter().map(chrono::DateTime::date_naive).take_while(|day| *day <= LAST).collect()
}

/// A first due day in the five years from 2020 on, two leap days among them; the rule then runs five years and more.
fn any_schedule() -> impl Strategy<Value = Schedule> {
    (any_repeats(), 0u64..1827, any_end()).prop_map(|(repeats, offset, ends)| {
        let first = NaiveDate::from_ymd_opt(2020, 1, 1).expect("a day") + chrono::Days::new(offset);
        let first = repeats.nth(first, 0).expect("a first day");
        let ends = match ends {
            End::Never => Ends::Never,
            End::Within(days) => Ends::On(first + chrono::Days::new(days)),
            End::After(times) => Ends::After(times),
        };
        Schedule { first, repeats, ends }
    })
}

#[derive(Clone, Debug)]
enum End {
    Never,
    Within(u64),
    After(u16),
}

fn any_end() -> impl Strategy<Value = End> {
    prop_oneof![Just(End::Never), (0u64..1827).prop_map(End::Within), (1u16..=270).prop_map(End::After)]
}

fn any_repeats() -> impl Strategy<Value = Repeats> {
    prop_oneof![
        Just(Repeats::Once),
        (1u8..=52).prop_map(Repeats::Weeks),
        Just(Repeats::Monthly),
        Just(Repeats::MonthEnd),
        Just(Repeats::Quarterly),
        Just(Repeats::Yearly),
    ]
}

proptest! {
    #[test]
    fn due_days_are_those_of_rfc_5545_whatever_the_clocks_do(schedule in any_schedule(), zone in 0..ZONES.len()) {
        let zone = ZONES[zone];
        let expected = by_rrule(schedule, zone);
        let ours: Vec<NaiveDate> = schedule.days().take_while(|day| *day <= LAST).collect();
        prop_assert_eq!(ours, expected, "in {}", zone);
    }

    #[test]
    fn the_next_due_day_is_the_first_one_after(schedule in any_schedule(), later in 0i64..2000) {
        let day = schedule.first + chrono::Duration::days(later);
        let expected = schedule.days().take(2000).find(|due| *due > day);
        prop_assert_eq!(schedule.next_after(day), expected);
    }

    #[test]
    fn a_due_day_knows_its_place_and_no_other_day_has_one(schedule in any_schedule(), later in 0i64..2000) {
        let day = schedule.first + chrono::Duration::days(later);
        let expected = schedule.days().take(2000).position(|due| due == day);
        prop_assert_eq!(schedule.place_of(day).map(|place| place as usize), expected);
    }

    #[test]
    fn the_end_survives_the_database(schedule in any_schedule()) {
        prop_assert_eq!(String::from(schedule.ends).parse(), Ok(schedule.ends));
    }
}

/// Every day of five years and more, two leap days among them, in each zone: none is lost or doubled where the clocks
/// change.
#[test]
fn every_week_and_every_month_end_of_five_years_is_told_in_each_zone() {
    let first = NaiveDate::from_ymd_opt(2024, 1, 1).expect("a day");
    for zone in ZONES {
        for weekday in 0..7 {
            let schedule =
                Schedule { first: first + chrono::Days::new(weekday), repeats: Repeats::Weeks(1), ends: Ends::Never };
            let ours: Vec<NaiveDate> = schedule.days().take_while(|day| *day <= LAST).collect();
            assert!(ours.len() >= 313 && ours == by_rrule(schedule, zone), "{zone}: {ours:?}");
        }
        for repeats in [Repeats::MonthEnd, Repeats::Monthly, Repeats::Quarterly, Repeats::Yearly] {
            let schedule = Schedule { first: first + chrono::Days::new(30), repeats, ends: Ends::Never };
            let ours: Vec<NaiveDate> = schedule.days().take_while(|day| *day <= LAST).collect();
            assert_eq!(ours, by_rrule(schedule, zone), "{repeats:?} in {zone}");
        }
    }
}

fn days(first: NaiveDate, repeats: Repeats, ends: Ends) -> Vec<String> {
    Schedule { first, repeats, ends }.days().take(5).map(|day| day.to_string()).collect()
}

#[test]
fn a_plan_ends_on_its_last_day_or_after_so_many_times() {
    let first = NaiveDate::from_ymd_opt(2024, 1, 31).expect("a day");
    let last = NaiveDate::from_ymd_opt(2024, 2, 29).expect("a day");
    for ends in [Ends::On(last), Ends::On(last + chrono::Days::new(30)), Ends::After(2)] {
        assert_eq!(days(first, Repeats::Monthly, ends), ["2024-01-31", "2024-02-29"], "{ends:?}");
    }
    assert_eq!(days(first, Repeats::Monthly, Ends::On(last - chrono::Days::new(1))), ["2024-01-31"]);
}

#[test]
fn the_thirty_first_comes_back_after_a_short_month() {
    let first = NaiveDate::from_ymd_opt(2024, 1, 31).expect("a day");
    let found = days(first, Repeats::Monthly, Ends::Never);
    assert_eq!(found, ["2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30", "2024-05-31"]);
}

#[test]
fn a_leap_day_falls_on_the_twenty_eighth_in_other_years() {
    let first = NaiveDate::from_ymd_opt(2024, 2, 29).expect("a day");
    let found = days(first, Repeats::Yearly, Ends::Never);
    assert_eq!(found, ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]);
}
