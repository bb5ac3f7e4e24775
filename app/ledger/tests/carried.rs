//! What is carried over long times: golden tables, and that a fold can be taken up anywhere.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;

use chrono::{Days, Months, NaiveDate, Weekday};
use ledger::budgets::{Budget, RollOver};
use ledger::categories::Category;
use ledger::envelopes::{Envelope, Line};
use ledger::id::{AccountId, BudgetId, CategoryId};
use ledger::openings::{LeftTo, Opening};
use ledger::records::Kind;
use ledger::totals::{DailyTotals, Total, TotalKey, TotalKind};
use ledger::{Book, Currency, Money};
use proptest::prelude::*;
use uuid::Uuid;

const FOOD: CategoryId = CategoryId(Uuid::from_u128(3));
const SNACKS: CategoryId = CategoryId(Uuid::from_u128(4));
const FUEL: CategoryId = CategoryId(Uuid::from_u128(6));
const ALL: [CategoryId; 3] = [FOOD, SNACKS, FUEL];

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn book() -> Book {
    let mut book = Book::new(Currency::INR, Weekday::Mon);
    for (id, parent) in [(FOOD, None), (SNACKS, Some(FOOD)), (FUEL, None)] {
        let category = Category { parent, ..Category::plain(id, id.to_string(), Kind::Expense) };
        book.categories.insert(id, category);
    }
    book
}

fn spend(book: &mut Book, day: NaiveDate, category: CategoryId, minor: i64) {
    let (kind, account, currency) = (TotalKind::Expense, AccountId::NIL, Currency::INR);
    book.totals.add_to(TotalKey { day, kind, account, category, currency }, Total::one(minor));
}

fn give(book: &mut Book, month: NaiveDate, category: CategoryId, given: i64) {
    book.envelopes.insert((month, category), Envelope { month, category, given, revision: 1 });
}

fn budget(span: &str, since: &str, rule: RollOver) -> Budget {
    let monthly = Budget::monthly(BudgetId::NIL, "Everything", Money::new(100, Currency::INR), day(since));
    Budget { span: span.parse().unwrap(), roll_over: Some(rule), ..monthly }
}

/// The book without what was spent and given before a day.
fn from_on(book: &Book, first: NaiveDate) -> Book {
    let mut later = Book { totals: DailyTotals::default(), ..book.clone() };
    for (key, total) in book.totals.iter().filter(|(key, _)| key.day >= first) {
        later.totals.set(key, total);
    }
    later.envelopes.retain(|(month, _), _| *month >= first);
    later
}

#[test]
fn nothing_is_forgotten_however_many_periods_ago() {
    let left = RollOver::default();
    let both = RollOver { overspending: true, most: None };
    let capped = RollOver { overspending: true, most: Some(250) };
    // What was spent on two days, and what is carried into the period of 29 February 2028.
    for (span, since, rule, spent, carried) in [
        ("month", "2025-01-31", left, [("2025-01-01", 0), ("2025-02-28", 0)], 3_700),
        ("month", "2025-01-31", left, [("2025-01-01", 0), ("2025-02-28", 150)], 3_550),
        // More than there is: with the month it ends.
        ("month", "2025-01-31", left, [("2025-01-01", 0), ("2026-01-31", 2_000)], 2_400),
        ("month", "2025-01-31", both, [("2025-01-01", 0), ("2026-01-31", 2_000)], 1_700),
        ("month", "2025-01-31", both, [("2025-01-31", 9_000), ("2028-02-29", 50)], -5_300),
        ("month", "2025-01-31", capped, [("2025-01-31", 9_000), ("2028-01-31", 50)], 250),
        ("month", "2025-01-31", capped, [("2025-01-31", 9_000), ("2028-01-31", 9_000)], -250),
        // The month in which it began counts whole, the ones before not.
        ("month", "2025-02-28", left, [("2025-01-01", 90), ("2025-02-01", 30)], 3_570),
        ("week", "2026-02-23", left, [("2026-02-22", 90), ("2026-02-23", 30)], 105 * 100 - 30),
        ("week", "2026-02-23", both, [("2026-03-01", 900), ("2028-02-27", 7)], 105 * 100 - 907),
        ("pay:31", "2026-01-31", left, [("2026-01-30", 60), ("2026-02-28", 60)], 2_440),
        ("pay:last", "2026-01-31", left, [("2026-01-30", 60), ("2028-02-28", 60)], 2_380),
        ("pay:2026-01-02", "2026-01-02", left, [("2026-01-15", 60), ("2026-01-16", 60)], 56 * 100 - 120),
        ("day", "2026-02-28", left, [("2026-02-28", 60), ("2028-02-28", 60)], 731 * 100 - 120),
        ("quarter", "2020-02-29", left, [("2020-01-01", 60), ("2020-04-01", 60)], 32 * 100 - 120),
        ("year", "1999-12-31", left, [("1999-01-01", 60), ("2020-02-29", 60)], 29 * 100 - 120),
    ] {
        let mut book = book();
        for (on, minor) in spent {
            spend(&mut book, day(on), FOOD, minor);
        }
        let budget = budget(span, since, rule);
        let period = budget.period(day("2028-02-29"), Weekday::Mon);
        assert_eq!(book.judged(&budget).carried(period).minor, carried, "{span} since {since}: {rule:?} {spent:?}");
    }
}

#[test]
fn an_envelope_holds_what_it_was_given_for_three_years_and_for_as_long_as_it_lasts() {
    let mut book = book();
    let months = |from: &str| {
        let first = day(from);
        (0..).map_while(move |nth| first.checked_add_months(Months::new(nth)))
    };
    for month in months("2025-01-01").take(36) {
        give(&mut book, month, FUEL, 1_000);
    }
    spend(&mut book, day("2025-01-31"), FUEL, 300);
    let line = |book: &Book, on: &str| *book.envelopes_of(day(on)).line(FUEL).unwrap();
    let stands = |line: Line| (line.given, line.carried, line.spent, line.has_envelope);
    assert_eq!(stands(line(&book, "2028-02-29")), (0, 35_700, 0, true));
    // Given nothing for two years more.
    spend(&mut book, day("2029-12-31"), FUEL, 35_000);
    assert_eq!(stands(line(&book, "2029-12-31")), (0, 35_700, 35_000, true));
    spend(&mut book, day("2030-01-01"), FUEL, 701);
    assert_eq!(line(&book, "2030-01-31").left(), -1);
    assert_eq!(book.envelopes_of(day("2030-02-01")).overspent_before.minor, 1);
    // Empty, and given nothing for more than a year: it is none any more.
    spend(&mut book, day("2030-02-28"), FUEL, 40);
    assert_eq!(book.envelopes_of(day("2030-02-28")).outside.minor, 40);
    assert_eq!(book.envelopes_of(day("2030-03-01")).overspent_before.minor, 0);
}

#[test]
fn what_a_change_moves_are_the_periods_after_it_up_to_the_last_day() {
    let starts = |budget: &Budget, on: &str, last: &str| -> Vec<String> {
        let period = budget.period(day(on), Weekday::Mon);
        let touched = budget.touched_by(period, day(last), Weekday::Mon);
        touched.iter().map(|period| period.start.to_string()).collect()
    };
    let month = budget("month", "2024-01-01", RollOver::default());
    assert_eq!(starts(&month, "2024-02-29", "2024-04-01"), ["2024-02-01", "2024-03-01", "2024-04-01"]);
    assert_eq!(starts(&month, "2024-02-29", "2024-01-31"), ["2024-02-01"], "itself at least");
    assert_eq!(starts(&month, "2024-02-29", "2028-02-29").len(), 49);
    assert_eq!(starts(&Budget { roll_over: None, ..month }, "2024-02-29", "2028-02-29"), ["2024-02-01"]);
}

fn spans() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "day",
        "week",
        "month",
        "quarter",
        "year",
        "pay:25",
        "pay:31",
        "pay:last",
        "pay:2026-11-06",
    ])
}

proptest! {
    #[test]
    fn a_budget_folded_in_two_parts_is_as_folded_at_once(
        span in spans(), overspending: bool, most in prop::option::of(0_i64..500), since in 0_u64..300, cut in 0_u64..900,
        earlier in prop::collection::btree_map(0_u64..900, 0_i64..300, 0..4),
        spent in prop::collection::vec((0_u64..900, 0_usize..3, -50_i64..400), 0..40),
    ) {
        let on = |days: u64| day("2026-01-01").checked_add_days(Days::new(days)).unwrap();
        let mut book = book();
        for (days, category, minor) in spent {
            spend(&mut book, on(days), ALL[category], minor);
        }
        let earlier: BTreeMap<NaiveDate, i64> = earlier.into_iter().map(|(days, minor)| (on(days), minor)).collect();
        let rule = RollOver { overspending, most };
        let budget = Budget { since: on(since), earlier, categories: [FOOD].into(), ..budget(span, "2026-01-01", rule) };
        let at = budget.period(on(cut).max(on(since)), Weekday::Mon);
        let opening = Opening { start: at.start, minor: book.judged(&budget).carried(at).minor };
        let mut later = from_on(&book, at.start);
        later.openings.budgets.insert(budget.id, opening);
        for period in budget.periods_from(at, Weekday::Mon).take_while(|period| period.start < on(1_000)) {
            prop_assert_eq!(later.judged(&budget).carried(period), book.judged(&budget).carried(period));
        }
    }

    #[test]
    fn envelopes_folded_in_two_parts_are_as_folded_at_once(
        cut in 0_u32..40,
        given in prop::collection::vec((0_u32..40, 0_usize..3, -100_i64..300), 0..30),
        spent in prop::collection::vec((0_u64..1_250, 0_usize..3, -50_i64..300), 0..40),
        income in prop::collection::vec((0_u32..40, 0_i64..900), 0..20), planned in prop::option::of(0_i64..900),
    ) {
        let month = |nth| day("2026-01-01").checked_add_months(Months::new(nth)).unwrap();
        let mut book = book();
        for (nth, category, minor) in given {
            give(&mut book, month(nth), ALL[category], minor);
        }
        for (days, category, minor) in spent {
            spend(&mut book, day("2026-01-01").checked_add_days(Days::new(days)).unwrap(), ALL[category], minor);
        }
        book.planned_income = planned.map(|minor| Money::new(minor, Currency::INR));
        for (nth, minor) in income {
            let (kind, account, category) = (TotalKind::Income, AccountId::NIL, CategoryId::NIL);
            let key = TotalKey { day: month(nth), kind, account, category, currency: Currency::INR };
            book.totals.add_to(key, Total::one(minor));
        }
        let at = month(cut);
        let mut later = from_on(&book, at);
        later.openings.envelopes = Some(LeftTo { month: at, left: book.left_before(at) });
        for nth in cut..45 {
            prop_assert_eq!(later.envelopes_of(month(nth)), book.envelopes_of(month(nth)));
        }
    }
}
