//! Each rule by exact numbers, on both sides of its border.

use super::*;
use crate::categories::Category;
use crate::currency::Currency;
use crate::id::AccountId;
use crate::records::{Flow, Kind};
use crate::totals::{Total, TotalKey, TotalKind};

const FOOD: u128 = 1;
const FUEL: u128 = 2;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn category(n: u128) -> CategoryId {
    CategoryId(uuid::Uuid::from_u128(n))
}

fn book() -> Book {
    let mut book = Book::new(Currency::INR, Weekday::Mon);
    for (n, name) in [(FOOD, "Food"), (FUEL, "Fuel")] {
        let known = Category { revision: 1, ..Category::plain(category(n), name, Kind::Expense) };
        book.categories.insert(known.id, known);
    }
    book
}

/// Adds one total: a day, what of, the category (0 for none), minor units, and how many records it is of.
fn add(book: &mut Book, on: &str, kind: TotalKind, n: u128, minor: i64, count: i64) {
    let (account, category) = (AccountId::NIL, category(n));
    let key = TotalKey { day: day(on), kind, account, category, currency: Currency::INR };
    book.totals.add_to(key, Total { minor, home: minor, count });
}

/// 1,000.00 for food in each of the three months before February 2027.
fn steady() -> Book {
    let mut book = book();
    for month in ["2026-11-01", "2026-12-01", "2027-01-01"] {
        add(&mut book, month, TotalKind::Expense, FOOD, 100_000, 10);
    }
    book
}

fn record(n: u128, on: &str, payee: &str, minor: i64) -> Record {
    let (id, amount) = (RecordId(uuid::Uuid::from_u128(n)), Money::new(minor, Currency::INR));
    let flow = Flow::Expense { category: Some(category(FOOD)) };
    let plain = Record::plain(id, day(on), amount, AccountId::NIL, flow);
    Record { payee: payee.into(), revision: 1, ..plain }
}

fn seen<'a>(book: &'a Book, days: &'a DaySpending, records: &'a [Record], today: &str) -> Seen<'a> {
    let today = day(today);
    let charges_from = today - chrono::Days::new(RECORD_DAYS);
    let has_older = true;
    Seen { book, days, records, charges: records, charges_from, has_older, today, report: None, years: &[] }
}

fn told(seen: &Seen<'_>) -> Vec<String> {
    let format = NumberFormat::of("en-IN");
    insights(seen, &BTreeSet::new()).iter().map(|insight| insight.words(seen.book, format)).collect()
}

/// Records, the newest first as the server gives them.
fn charges(payee: &str, given: &[(&str, i64)]) -> Vec<Record> {
    let mut records: Vec<Record> = (1..).zip(given).map(|(n, (on, minor))| record(n, on, payee, *minor)).collect();
    records.reverse();
    records
}

#[test]
fn a_new_book_has_nothing_to_tell() {
    assert!(told(&seen(&book(), &DaySpending::new(), &[], "2027-02-10")).is_empty());
}

#[test]
fn a_category_is_high_from_one_and_a_half_times_its_usual_on() {
    for (spent, words) in [
        (149_999, vec![]),
        (150_000, vec!["Food: ₹1,500.00 this month, 50 % above the usual ₹1,000.00."]),
        (180_050, vec!["Food: ₹1,800.50 this month, 80 % above the usual ₹1,000.00."]),
    ] {
        let mut book = steady();
        add(&mut book, "2027-02-03", TotalKind::Expense, FOOD, spent, 1);
        assert_eq!(told(&seen(&book, &DaySpending::new(), &[], "2027-02-05")), words, "{spent}");
    }
    let mut book = steady();
    add(&mut book, "2027-02-03", TotalKind::Expense, FOOD, 150_000, 1);
    let none = DaySpending::new();
    let found = insights(&seen(&book, &none, &[], "2027-02-05"), &BTreeSet::new());
    assert!(found[0].behind.url().starts_with("/records?from=2027-02-01&to=2027-02-28&kind=expense&category="));
    let dismissed = BTreeSet::from([found[0].key()]);
    assert!(insights(&seen(&book, &none, &[], "2027-02-05"), &dismissed).is_empty());
    // Two months of three had no fuel: nothing is usual there.
    let mut book = steady();
    add(&mut book, "2027-01-01", TotalKind::Expense, FUEL, 1000, 1);
    add(&mut book, "2027-02-03", TotalKind::Expense, FUEL, 90_000, 1);
    assert!(told(&seen(&book, &none, &[], "2027-02-05")).is_empty());
}

#[test]
fn the_outlook_adds_what_usually_follows() {
    let days = DaySpending::from([
        (day("2026-11-10"), 40_000),
        (day("2026-11-25"), 60_000),
        (day("2026-12-31"), 100_000),
        (day("2027-01-11"), 20_000),
        (day("2027-01-10"), 80_000),
    ]);
    // After the 10th the three months spent 600.00, 1,000.00 and 200.00: 600.00 on average.
    for (today, spent, words) in [
        ("2027-02-10", 40_000, vec![]),
        ("2027-02-10", 49_999, vec![]),
        ("2027-02-10", 50_000, vec!["The month is likely to end at ₹1,100.00, ₹100.00 more than usual."]),
        ("2027-02-10", 29_000, vec!["The month is likely to end at ₹890.00, ₹110.00 less than usual."]),
        ("2027-02-07", 50_000, vec![]),
        ("2027-02-28", 50_000, vec![]),
    ] {
        let mut book = steady();
        add(&mut book, "2027-02-03", TotalKind::Expense, FOOD, spent, 1);
        assert_eq!(told(&seen(&book, &days, &[], today)), words, "{today} {spent}");
    }
    // A rent that is noted for the 20th is what usually follows, and not more than that.
    let mut book = steady();
    add(&mut book, "2027-02-03", TotalKind::Expense, FOOD, 40_000, 1);
    add(&mut book, "2027-02-20", TotalKind::Expense, FOOD, 60_000, 1);
    assert!(told(&seen(&book, &days, &[], "2027-02-10")).is_empty());
}

#[test]
fn five_expenses_without_a_category_are_a_pile() {
    for (count, words) in [(4, vec![]), (5, vec!["5 expenses of this month have no category, ₹123.45 together."])] {
        let mut book = book();
        add(&mut book, "2027-02-03", TotalKind::Expense, 0, 12_345, count);
        assert_eq!(told(&seen(&book, &DaySpending::new(), &[], "2027-02-05")), words);
    }
}

#[test]
fn savings_are_compared_when_they_move_by_five_points() {
    for (last, words) in [
        (84_000, vec![]),
        (85_000, vec!["Last month 15 % of the income stayed, down from 20 % in the three months before."]),
        (70_000, vec!["Last month 30 % of the income stayed, up from 20 % in the three months before."]),
    ] {
        let mut book = book();
        for (month, spent) in
            [("2026-10-01", 80_000), ("2026-11-01", 80_000), ("2026-12-01", 80_000), ("2027-01-01", last)]
        {
            add(&mut book, month, TotalKind::Income, 0, 100_000, 1);
            add(&mut book, month, TotalKind::Expense, FOOD, spent, 1);
        }
        assert_eq!(told(&seen(&book, &DaySpending::new(), &[], "2027-02-05")), words, "{last}");
    }
}

#[test]
fn what_a_report_saved_is_told_once_its_period_is_over() {
    let mut book = book();
    for (month, spent) in
        [("2026-11-01", 80_000), ("2026-12-01", 80_000), ("2027-01-01", 80_000), ("2027-02-01", 10_000)]
    {
        add(&mut book, month, TotalKind::Income, 0, 100_000, 1);
        add(&mut book, month, TotalKind::Expense, FOOD, spent, 1);
    }
    let (days, words) = (DaySpending::new(), "In this period 90 % of the income stayed, up from 20 %");
    let report = Some(ReportChoice::of(crate::report::Step::Month, day("2027-02-01"), Weekday::Mon));
    for (today, is_told) in [("2027-02-01", false), ("2027-02-27", false), ("2027-02-28", true)] {
        let told = told(&Seen { report, ..seen(&book, &days, &[], today) });
        assert_eq!(told.iter().any(|told| told.starts_with(words)), is_told, "{today}: {told:?}");
    }
}

#[test]
fn a_weekday_stands_out_when_most_of_its_days_do() {
    // Eight weeks up to Wednesday, 10 February 2027: 100.00 on each day but Saturdays.
    let days = |saturdays: [i64; 8]| {
        let mut days = DaySpending::new();
        let mut saturdays = saturdays.into_iter();
        for date in day("2026-12-16").iter_days().take(56) {
            let is_saturday = chrono::Datelike::weekday(&date) == Weekday::Sat;
            days.insert(date, if is_saturday { saturdays.next().unwrap_or_default() } else { 10_000 });
        }
        days
    };
    for (saturdays, words) in [
        ([25_000; 8], vec!["Saturdays cost ₹250.00 on average, other days ₹100.00."]),
        ([19_999; 8], vec![]),
        ([200_000, 0, 0, 0, 0, 0, 0, 0], vec![]),
        (
            [30_000, 30_000, 30_000, 30_000, 30_000, 30_000, 0, 0],
            vec!["Saturdays cost ₹225.00 on average, other days ₹100.00."],
        ),
    ] {
        assert_eq!(told(&seen(&book(), &days(saturdays), &[], "2027-02-10")), words);
    }
}

#[test]
fn a_monthly_payee_that_asks_for_more_is_told() {
    let three = [("2026-12-05", 49_900), ("2027-01-05", 49_900), ("2027-02-05", 64_900)];
    for (given, words) in [
        (&three[..], vec!["Netflix went up from ₹499.00 to ₹649.00."]),
        (&three[1..], vec![]),
        (&[("2026-12-05", 49_900), ("2027-01-05", 49_900), ("2027-02-05", 51_000)], vec![]),
        (&[("2026-12-05", 39_900), ("2027-01-05", 49_900), ("2027-02-05", 64_900)], vec![]),
        (&[("2026-12-05", 49_900), ("2027-01-20", 49_900), ("2027-02-05", 64_900)], vec![]),
    ] {
        let records = charges("Netflix", given);
        assert_eq!(told(&seen(&book(), &DaySpending::new(), &records, "2027-02-10")), words, "{given:?}");
    }
    let records = charges("Netflix", &three);
    let (book, none) = (book(), DaySpending::new());
    let found = insights(&seen(&book, &none, &records, "2027-02-10"), &BTreeSet::new());
    assert!(found[0].behind.url().ends_with("&to=2027-02-10&kind=expense&payee=Netflix"));
}

#[test]
fn a_payee_is_the_same_however_its_letters_are_written() {
    let mut records = charges("NETFLIX", &[("2026-12-05", 49_900), ("2027-01-05", 49_900), ("2027-02-05", 64_900)]);
    records[0].payee = "Netflix".into();
    records[1].payee = "netflix".into();
    let words = told(&seen(&book(), &DaySpending::new(), &records, "2027-02-10"));
    assert_eq!(words, ["Netflix went up from ₹499.00 to ₹649.00."], "as it was written last");
    let mut records = vec![record(99, "2027-02-08", "MARKET", 60_000)];
    records.extend((1..=3).map(|n| record(n, "2027-01-02", "market", 20_000)));
    let words = told(&seen(&book(), &DaySpending::new(), &records, "2027-02-10"));
    assert_eq!(words, ["₹600.00 for Food at MARKET is far more than the usual ₹200.00 at MARKET."]);
}

#[test]
fn what_is_dismissed_stays_away_as_long_as_it_would_be_told() {
    let (book, none) = (book(), DaySpending::new());
    let mut records = charges("Netflix", &[("2026-11-28", 49_900), ("2026-12-28", 49_900), ("2027-01-28", 64_900)]);
    records.insert(0, record(99, "2027-01-29", "Taj", 900_000));
    records.extend((50..=59).map(|n| record(n, "2027-01-02", "", 20_000)));
    let keys = |today: &str, dismissed: &BTreeSet<String>| {
        insights(&seen(&book, &none, &records, today), dismissed).iter().map(Insight::key).collect::<BTreeSet<_>>()
    };
    let told = keys("2027-01-30", &BTreeSet::new());
    assert_eq!(told.len(), 2, "{told:?}");
    for today in ["2027-01-31", "2027-02-01", "2027-02-04"] {
        assert_eq!(keys(today, &BTreeSet::new()), told, "{today}: it is the same charge and the same record");
        assert!(keys(today, &told).is_empty(), "{today}");
    }
    // The next rise is another one, and so is the next month's pile.
    let next = charges("Netflix", &[("2027-01-28", 64_900), ("2027-02-28", 64_900), ("2027-03-28", 79_900)]);
    assert_eq!(insights(&seen(&book, &none, &next, "2027-03-30"), &told).len(), 1);
    let mut piles = self::book();
    for on in ["2027-01-03", "2027-02-03"] {
        add(&mut piles, on, TotalKind::Expense, 0, 12_345, 5);
    }
    let key = |today| insights(&seen(&piles, &none, &[], today), &BTreeSet::new())[0].key();
    assert_eq!(key("2027-01-05"), "uncategorised:2027-01-01:2027-01-31");
    assert_ne!(key("2027-02-05"), key("2027-01-05"));
    let report = Some(ReportChoice::of(crate::report::Step::Month, day("2027-01-05"), Weekday::Mon));
    let of_report = insights(&Seen { report, ..seen(&piles, &none, &[], "2027-01-31") }, &BTreeSet::new());
    assert_eq!(of_report[0].key(), key("2027-01-05"), "a report of the month says the same");
}

#[test]
fn something_new_that_repeats_is_told() {
    let words = "Gym has charged ₹1,500.00 in 2 months in a row: something new that repeats.";
    for (given, has_older, words) in [
        (&[("2027-01-05", 150_000), ("2027-02-05", 150_000)][..], true, vec![words]),
        (&[("2027-01-05", 150_000), ("2027-02-05", 150_000)], false, vec![]),
        (&[("2027-01-05", 150_000), ("2027-02-05", 150_001)], true, vec![]),
        (&[("2027-01-05", 150_000)], true, vec![]),
        (&[("2026-10-10", 150_000), ("2026-11-10", 150_000), ("2026-12-10", 150_000)], true, vec![]),
    ] {
        let records = charges("Gym", given);
        let (book, none) = (book(), DaySpending::new());
        assert_eq!(told(&Seen { has_older, ..seen(&book, &none, &records, "2027-02-10") }), words, "{given:?}");
    }
    // Where so much is spent that fewer days are looked back to, it is from their first one on that a payee is new.
    let records = charges("Gym", &[("2027-01-05", 150_000), ("2027-02-05", 150_000)]);
    let (book, none) = (book(), DaySpending::new());
    for (from, is_told) in [("2026-11-29", true), ("2026-11-30", false)] {
        let seen = Seen { charges_from: day(from), records: &[], ..seen(&book, &none, &records, "2027-02-10") };
        assert_eq!(told(&seen).len(), usize::from(is_told), "{from}");
    }
}

#[test]
fn a_single_expense_far_above_its_kind_is_told_for_a_week() {
    let with = |on: &str, minor: i64, others: u128| {
        let mut records = vec![record(99, on, "Taj", minor)];
        records.extend((1..=others).map(|n| record(n, "2027-01-02", "", 20_000)));
        records
    };
    let words = "₹600.00 for Food at Taj is far more than the usual ₹200.00 of all that is spent on Food.";
    for (records, words) in [
        (with("2027-02-08", 60_000, 5), vec![words]),
        (with("2027-02-08", 59_999, 5), vec![]),
        (with("2027-02-08", 60_000, 4), vec![]),
        (with("2027-02-03", 60_000, 5), vec![]),
        (with("2027-02-11", 60_000, 5), vec![]),
    ] {
        assert_eq!(told(&seen(&book(), &DaySpending::new(), &records, "2027-02-10")), words);
    }
}

#[test]
fn a_single_expense_is_compared_with_its_own_payee_where_that_is_known() {
    // One dinner among the coffees of the same category, and what was paid for dinners before.
    let with = |minor: i64, dinners: &[i64]| {
        let mut records = vec![record(99, "2027-02-08", "Noodle House", minor)];
        let dinners = (50..).zip(dinners);
        records.extend(dinners.map(|(n, minor)| record(n, "2027-01-20", "Noodle House", *minor)));
        records.extend((1..=9).map(|n| record(n, "2027-01-02", "Corner Café", 20_000)));
        records
    };
    let of_food = "₹800.00 for Food at Noodle House is far more than the usual ₹200.00 of all that is spent on Food.";
    let of_payee = "₹2,400.00 for Food at Noodle House is far more than the usual ₹800.00 at Noodle House.";
    for (minor, dinners, words) in [
        // Nobody knows what is usual there: food is what there is to compare it with.
        (80_000, &[][..], vec![of_food]),
        // A dinner costs what a dinner costs, however little a coffee does.
        (80_000, &[80_000], vec![]),
        (80_000, &[26_667], vec![]),
        (80_000, &[26_666], vec![of_food]),
        (80_000, &[80_000, 70_000, 90_000], vec![]),
        (239_999, &[80_000, 70_000, 90_000], vec![]),
        (240_000, &[80_000, 70_000, 90_000], vec![of_payee]),
    ] {
        let records = with(minor, dinners);
        assert_eq!(told(&seen(&book(), &DaySpending::new(), &records, "2027-02-10")), words, "{minor} {dinners:?}");
    }
    let records = with(240_000, &[80_000, 70_000, 90_000]);
    let (book, none) = (book(), DaySpending::new());
    let behind =
        |records: &[Record]| insights(&seen(&book, &none, records, "2027-02-10"), &BTreeSet::new())[0].behind.url();
    let url = behind(&records);
    assert!(url.starts_with("/records?from=2026-10-04&to=2027-02-10&kind=expense&category="), "{url}");
    assert!(url.ends_with("&payee=Noodle%20House") && !behind(&with(80_000, &[])).contains("payee"), "{url}");
}

#[test]
fn the_last_year_of_a_long_report_is_laid_beside_those_before() {
    let year = |year: i32| Period::year_of(NaiveDate::from_ymd_opt(year, 1, 1).expect("a day"));
    let told = |food: i64, from: i32| {
        let mut book = book();
        for (on, minor) in [("2024-03-01", 80_000), ("2025-12-01", 120_000), ("2026-01-01", food)] {
            add(&mut book, on, TotalKind::Income, 0, 200_000, 1);
            add(&mut book, on, TotalKind::Expense, FOOD, minor, 1);
        }
        add(&mut book, "2026-05-01", TotalKind::Expense, 0, 9_000, 5);
        let report = Some(ReportChoice::days(Period { start: year(from).start, end: day("2027-01-01") }));
        let years: Vec<Period> = (from..=2026).map(year).collect();
        let days = DaySpending::new();
        let seen = Seen { report, years: &years, ..seen(&book, &days, &[], "2026-12-31") };
        let format = NumberFormat::of("en-IN");
        let found = insights(&seen, &BTreeSet::new());
        assert!(
            found.iter().all(|insight| insight.rule().contains("period") || insight.rule().contains("last whole year"))
        );
        found.iter().map(|insight| insight.words(&book, format)).collect::<Vec<_>>()
    };
    let pile = "5 expenses of this period have no category, ₹90.00 together.";
    assert_eq!(
        told(150_000, 2024),
        [
            "Food: ₹1,500.00 in 2026, 50 % above the ₹1,000.00 of an average year before.",
            pile,
            "In 2026 21 % of the income stayed, down from 50 % in the years before.",
        ]
    );
    assert_eq!(told(90_500, 2024), [pile], "no more than before, and as much was saved");
    assert_eq!(
        told(180_000, 2025),
        [
            "Food: ₹1,800.00 in 2026, 50 % above the ₹1,200.00 of the year before.",
            pile,
            "In 2026 6 % of the income stayed, down from 40 % in the year before.",
        ]
    );
    assert_eq!(told(180_000, 2026), [pile], "one year alone has nothing beside it");
}

#[test]
fn at_most_three_are_told_the_most_urgent_first() {
    let mut book = steady();
    add(&mut book, "2027-02-03", TotalKind::Expense, FOOD, 300_000, 1);
    add(&mut book, "2027-02-03", TotalKind::Expense, 0, 9000, 9);
    let records = charges("Netflix", &[("2026-12-05", 49_900), ("2027-01-05", 49_900), ("2027-02-05", 64_900)]);
    let told = told(&seen(&book, &DaySpending::new(), &records, "2027-02-10"));
    assert_eq!(told.len(), SHOWN);
    assert!(told[0].starts_with("Netflix") && told[1].starts_with("Food:") && told[2].contains("likely"), "{told:?}");
}
