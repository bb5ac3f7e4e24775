//! Due days agree with an independent implementation of RFC 5545 over five years, leap days included.

use chrono::{Datelike, NaiveDate};
use ledger::recurrence::Repeats;
use proptest::prelude::*;
use rrule::RRuleSet;

/// The same rule in the words of RFC 5545. A month too short for the anchor takes its last day, which the
/// RFC says with a set of candidates of which the last one counts.
fn rule(repeats: Repeats, first: NaiveDate) -> String {
    let candidates = |day: u32| (28.min(day)..=day).map(|day| day.to_string()).collect::<Vec<_>>().join(",");
    let by_month_day = candidates(first.day());
    match repeats {
        Repeats::Once => "FREQ=DAILY;COUNT=1".into(),
        Repeats::Weeks(every) => format!("FREQ=WEEKLY;INTERVAL={every};COUNT=300"),
        Repeats::Monthly => format!("FREQ=MONTHLY;BYMONTHDAY={by_month_day};BYSETPOS=-1;COUNT=60"),
        Repeats::Quarterly => format!("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY={by_month_day};BYSETPOS=-1;COUNT=20"),
        Repeats::MonthEnd => "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=60".into(),
        Repeats::Yearly => {
            format!("FREQ=YEARLY;BYMONTH={};BYMONTHDAY={by_month_day};BYSETPOS=-1;COUNT=5", first.month())
        }
    }
}

fn by_rrule(repeats: Repeats, first: NaiveDate) -> Vec<NaiveDate> {
    let text = format!("DTSTART:{}T090000Z\nRRULE:{}", first.format("%Y%m%d"), rule(repeats, first));
    let set: RRuleSet = text.parse().expect("a rule");
    set.all(400).dates.iter().map(chrono::DateTime::date_naive).collect()
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
    fn due_days_are_those_of_rfc_5545(repeats in any_repeats(), offset in 0u64..3000) {
        let mut first = NaiveDate::from_ymd_opt(2020, 1, 1).expect("a day") + chrono::Days::new(offset);
        if repeats == Repeats::MonthEnd {
            first = repeats.nth(first, 0).expect("a month end");
        }
        let expected = by_rrule(repeats, first);
        let ours: Vec<NaiveDate> = repeats.days(first).take(expected.len()).collect();
        prop_assert_eq!(ours, expected);
    }

    #[test]
    fn the_next_due_day_is_the_first_one_after(repeats in any_repeats(), offset in 0u64..3000, later in 0i64..2000) {
        let first = NaiveDate::from_ymd_opt(2020, 1, 1).expect("a day") + chrono::Days::new(offset);
        let day = first + chrono::Duration::days(later);
        let expected = repeats.days(first).take(2000).find(|due| *due > day);
        prop_assert_eq!(repeats.next_after(first, day), expected);
    }
}

#[test]
fn the_thirty_first_comes_back_after_a_short_month() {
    let first = NaiveDate::from_ymd_opt(2024, 1, 31).expect("a day");
    let days: Vec<String> = Repeats::Monthly.days(first).take(4).map(|day| day.to_string()).collect();
    assert_eq!(days, ["2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30"]);
}

#[test]
fn a_leap_day_falls_on_the_twenty_eighth_in_other_years() {
    let first = NaiveDate::from_ymd_opt(2024, 2, 29).expect("a day");
    let days: Vec<String> = Repeats::Yearly.days(first).take(5).map(|day| day.to_string()).collect();
    assert_eq!(days, ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]);
}
