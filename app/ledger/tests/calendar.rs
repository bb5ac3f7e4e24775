//! The calendar of bills, read back by a strict reader of RFC 5545.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveDateTime, Weekday};
use ledger::bills::{Bill, Change, Settlement, calendar};
use ledger::id::BillId;
use ledger::recurrence::{Ends, Repeats};
use ledger::{Book, Currency, Money, NumberFormat};
use proptest::prelude::*;
use uuid::Uuid;

/// One component: its properties by name with parameters, and the components inside.
#[derive(Debug, Default)]
struct Component {
    name: String,
    properties: BTreeMap<String, String>,
    inside: Vec<Component>,
}

/// Refuses what the standard does not allow: line ends, long lines, names, nesting, escapes.
fn read(text: &str) -> Component {
    let mut lines: Vec<String> = Vec::new();
    assert!(text.ends_with("\r\n"));
    for line in text.strip_suffix("\r\n").unwrap().split("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
        assert!(!line.contains(['\r', '\n']), "a bare line end: {line:?}");
        match line.strip_prefix(' ') {
            Some(rest) => lines.last_mut().unwrap().push_str(rest),
            None => lines.push(line.to_owned()),
        }
    }
    let mut open: Vec<Component> = vec![Component::default()];
    for line in lines {
        let (name, value) = line.split_once(':').unwrap();
        let key = name.split(';').next().unwrap();
        assert!(!key.is_empty() && key.chars().all(|c| c.is_ascii_uppercase() || c == '-'), "{line}");
        match key {
            "BEGIN" => open.push(Component { name: value.into(), ..Component::default() }),
            "END" => {
                let done = open.pop().unwrap();
                assert_eq!(done.name, value);
                open.last_mut().unwrap().inside.push(done);
            }
            _ => {
                let twice = open.last_mut().unwrap().properties.insert(name.into(), unescaped(value));
                assert_eq!(twice, None, "{name} stands twice");
            }
        }
    }
    let [mut whole] = <[Component; 1]>::try_from(open).unwrap();
    let calendar = whole.inside.pop().unwrap();
    assert!(whole.inside.is_empty() && whole.properties.is_empty());
    assert_eq!((calendar.name.as_str(), calendar.properties["VERSION"].as_str()), ("VCALENDAR", "2.0"));
    assert!(calendar.properties.contains_key("PRODID"));
    calendar
}

fn unescaped(value: &str) -> String {
    let mut out = String::new();
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next().unwrap() {
                'n' | 'N' => out.push('\n'),
                c @ ('\\' | ';' | ',') => out.push(c),
                c => panic!("an escape that is none: \\{c} in {value}"),
            },
            ';' | ',' => panic!("{c} must be escaped: {value}"),
            c => {
                assert!(!c.is_control(), "{value:?}");
                out.push(c);
            }
        }
    }
    out
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn stamp() -> NaiveDateTime {
    day("2027-01-15").and_hms_opt(10, 0, 0).unwrap()
}

fn book(name: &str) -> Book {
    let mut book = Book::new(Currency::INR, Weekday::Mon);
    let bill = Bill {
        id: BillId(Uuid::from_u128(7)),
        name: name.into(),
        amount: Money::new(1_500_000, Currency::INR),
        estimated: false,
        first_due: day("2027-01-31"),
        repeats: Repeats::Monthly,
        ends: Ends::Never,
        category: None,
        account: None,
        remind_days: None,
        next_due: Some(day("2027-01-31")),
        changed: BTreeMap::new(),
        revision: 1,
    };
    book.bills.insert(bill.id, bill);
    book
}

fn events(book: &Book) -> Vec<Component> {
    read(&calendar(book, day("2028-02-15"), stamp(), NumberFormat::of("en-IN"))).inside
}

#[test]
fn each_open_due_day_is_an_event_of_a_whole_day_with_the_amount() {
    let events = events(&book("Rent"));
    let days: Vec<&str> = events.iter().map(|event| event.properties["DTSTART;VALUE=DATE"].as_str()).collect();
    assert_eq!((days.len(), days[0], days[1], days[12]), (13, "20270131", "20270228", "20280131"));
    assert!(events.iter().all(|event| event.name == "VEVENT"));
    assert!(events.iter().all(|event| event.properties["SUMMARY"] == "Rent · ₹15,000.00"));
    assert!(events.iter().all(|event| event.properties["DTSTAMP"] == "20270115T100000Z"));
    let ids: BTreeSet<&str> = events.iter().map(|event| event.properties["UID"].as_str()).collect();
    assert_eq!(ids.len(), 13);
}

#[test]
fn a_changed_due_day_keeps_its_id_and_settled_ones_are_gone() {
    let mut book = book("Rent");
    let id = BillId(Uuid::from_u128(7));
    let before = events(&book);
    let bill = book.bills.get_mut(&id).unwrap();
    bill.estimated = true;
    let amount = Some(Money::new(200, Currency::INR));
    bill.changed.insert(day("2027-02-28"), Change { day: day("2027-03-02"), amount });
    bill.next_due = Some(day("2027-02-28"));
    let settled = Settlement { bill: id, due: day("2027-03-31"), record: None, revision: 2 };
    book.settlements.insert((id, settled.due), settled);
    let after = events(&book);
    assert_eq!(after.len(), 11);
    assert_eq!(after[0].properties["UID"], before[1].properties["UID"]);
    assert_eq!(after[0].properties["DTSTART;VALUE=DATE"], "20270302");
    assert_eq!(after[0].properties["SUMMARY"], "Rent · ₹2.00");
    assert_eq!(after[1].properties["SUMMARY"], "Rent · about ₹15,000.00");
    assert_eq!(after[1].properties["DTSTART;VALUE=DATE"], "20270430");
}

#[test]
fn a_book_without_bills_is_an_empty_calendar() {
    let mut book = book("Rent");
    book.bills.clear();
    assert!(events(&book).is_empty());
}

proptest! {
    #[test]
    fn any_name_comes_back_whole(name in "[^\\p{C}]{1,80}") {
        let expected = format!("{name} · ₹15,000.00");
        prop_assert!(events(&book(&name)).iter().all(|event| event.properties["SUMMARY"] == expected));
    }
}
