//! What records are worth in the home currency stays as it was when they were saved.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use chrono::{Days, NaiveDate, Weekday};
use ledger::accounts::{Account, AccountKind};
use ledger::categories::Category;
use ledger::id::{AccountId, CategoryId, RecordId};
use ledger::period::Period;
use ledger::rates::{DayRate, Rate};
use ledger::records::{Flow, Kind, Part, Record};
use ledger::totals::{DailyTotals, TotalKind};
use ledger::{Book, Command, Currency, Money};
use proptest::prelude::*;
use uuid::Uuid;

const ABROAD: AccountId = AccountId(Uuid::from_u128(1));

fn category(n: u128) -> CategoryId {
    CategoryId(Uuid::from_u128(10 + n))
}

fn book() -> Book {
    let mut book = Book::new(Currency::INR, Weekday::Mon);
    let (id, name, opening) = (ABROAD, "Abroad".to_owned(), Money::zero(Currency::USD));
    let account = Account { id, name, kind: AccountKind::Bank, opening, position: 0, archived: false, revision: 0 };
    book.apply(&Command::SaveAccount(account)).unwrap();
    for n in 0..3 {
        let (id, name, icon, kind) = (category(n), format!("C{n}"), String::new(), Kind::Expense);
        let category =
            Category { id, name, kind, parent: None, position: 0, icon, colour: 0, archived: false, revision: 0 };
        book.apply(&Command::SaveCategory(category)).unwrap();
    }
    book
}

fn day(offset: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2028, 2, 1).unwrap() + Days::new(offset)
}

fn rate(ten_billionths: i64, on: u64) -> DayRate {
    DayRate { rate: Rate::try_from(ten_billionths).unwrap(), on: day(on) }
}

/// Parts in cents, what a dollar was worth, and the day.
type Spent = (Vec<i64>, i64, u64);

fn record(n: u128, (cents, ten_billionths, on): &Spent) -> Record {
    let amount = Money::new(cents.iter().sum(), Currency::USD);
    let part = |(n, minor): (u128, &i64)| Part { category: Some(category(n)), minor: *minor, note: String::new() };
    let parts: Vec<Part> = (0..).zip(cents).map(part).collect();
    let whole = if parts.len() == 1 { parts[0].category } else { None };
    let flow = Flow::Expense { category: whole };
    let plain = Record::plain(RecordId(Uuid::from_u128(100 + n)), day(*on), amount, ABROAD, flow);
    let parts = if parts.len() == 1 { Vec::new() } else { parts };
    Record { rate: Some(rate(*ten_billionths, *on)), parts, ..plain }
}

proptest! {
    #[test]
    fn sums_in_the_home_currency_stay_when_rates_change(
        spent in proptest::collection::vec((proptest::collection::vec(1_i64..1_000_000, 1..4), 1_i64..2_000_000_000_000, 0_u64..29), 1..30),
        rates in proptest::collection::vec((1_i64..2_000_000_000_000, 0_u64..60), 1..10),
    ) {
        let mut book = book();
        for (n, spent) in (0..).zip(&spent) {
            book.apply(&Command::SaveRecord(record(n, spent))).unwrap();
        }
        let month = Period::month_of(day(0));
        let whole = |book: &Book| book.totals.sum(month, TotalKind::Expense);
        let before = (whole(&book), book.totals.clone());
        prop_assert_eq!(before.0, book.records.values().map(|record| record.home).sum::<i64>());
        for (ten_billionths, on) in rates {
            book.apply(&Command::SaveRate { currency: Currency::USD, rate: rate(ten_billionths, on) }).unwrap();
        }
        for record in book.records.values().cloned().collect::<Vec<_>>() {
            book.apply(&Command::SaveRecord(Record { note: "kept".into(), ..record })).unwrap();
        }
        prop_assert_eq!(&(whole(&book), book.totals.clone()), &before);
        prop_assert_eq!(&book.totals, &DailyTotals::rebuilt(book.records.values()));
        let by_category: i64 = (0..3).map(|n| book.totals.expenses(month, |known| known == Some(category(n)))).sum();
        prop_assert_eq!(by_category, before.0);
    }
}
