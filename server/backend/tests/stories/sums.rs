//! Whatever is done to a book in memory, and in whatever order, each of its sums is exact.

use std::collections::BTreeMap;

use chrono::Weekday;
use ledger::accounts::{Account, AccountKind};
use ledger::categories::Category;
use ledger::id::{AccountId, CategoryId};
use ledger::records::{Flow, Kind, Record};
use ledger::totals::{DailyTotals, TagTotals};
use ledger::{Book, Command, Currency, Money};
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use uuid::Uuid;

use crate::commands::{Step, command, step};

/// A book with two accounts, three categories of expenses and one of income.
fn started() -> Book {
    let mut book = Book::new(Currency::INR, Weekday::Mon);
    for (id, name) in (1..).zip(["Cash", "Savings"]) {
        let opening = Money::new(700, Currency::INR);
        let account = Account::plain(AccountId(Uuid::from_u128(id)), name, AccountKind::Bank, opening);
        book.apply(&Command::SaveAccount(account)).unwrap();
    }
    let kinds = [("Home", Kind::Expense), ("Fun", Kind::Expense), ("Health", Kind::Expense), ("Salary", Kind::Income)];
    for (id, (name, kind)) in (1..).zip(kinds) {
        let category = Category::plain(CategoryId(Uuid::from_u128(id)), name, kind);
        book.apply(&Command::SaveCategory(Category { icon: "home".into(), ..category })).unwrap();
    }
    book
}

/// What each record does to each account, added up anew.
fn balances(book: &Book) -> BTreeMap<AccountId, i64> {
    let mut balances: BTreeMap<_, _> = book.accounts.values().map(|one| (one.id, one.opening.minor)).collect();
    let mut add = |account, minor: i64| *balances.entry(account).or_default() += minor;
    for record in book.records.values() {
        let minor = record.amount.minor;
        match &record.flow {
            Flow::Expense { .. } => add(record.account, -minor),
            Flow::Income { .. } | Flow::Refund { .. } => add(record.account, minor),
            Flow::Transfer { to } => {
                add(record.account, -minor);
                add(*to, record.received.map_or(minor, |received| received.minor));
            }
        }
    }
    balances
}

/// What the records and the sums of two books differ in, whatever their revisions.
fn unlike(one: &Book, other: &Book) -> Option<String> {
    let plain = |book: &Book| -> Vec<Record> {
        book.records.values().map(|record| Record { revision: 0, ..record.clone() }).collect()
    };
    (plain(one) != plain(other) || one.balances != other.balances || one.totals != other.totals)
        .then(|| format!("{one:#?}\nis not\n{other:#?}"))
}

fn exact(book: &Book) -> Result<(), String> {
    if book.balances != balances(book) {
        return Err(format!("{:?}\nare not the balances of\n{book:#?}", book.balances));
    }
    if book.totals != DailyTotals::rebuilt(book.records.values()) {
        return Err(format!("not the totals of\n{book:#?}"));
    }
    if book.tag_totals != TagTotals::rebuilt(book.records.values()) {
        return Err(format!("not the totals of the tags of\n{book:#?}"));
    }
    for record in book.records.values() {
        let parts: i64 = record.parts.iter().map(|part| part.minor).sum();
        let shares: i64 = record.shares().iter().map(|share| share.2).sum();
        if shares != record.home || (!record.parts.is_empty() && parts != record.amount.minor) {
            return Err(format!("the parts of {record:?} do not add up"));
        }
    }
    Ok(())
}

/// A record that is deleted and brought back leaves all as it was.
fn undone(book: &Book) -> Result<(), String> {
    let Some(id) = book.records.keys().next().copied() else { return Ok(()) };
    let mut after = book.clone();
    // Some may not be deleted, such as what later bills were paid on top of.
    if after.apply(&Command::DeleteRecord(id)).is_err() {
        return Ok(());
    }
    exact(&after)?;
    after.apply(&Command::RestoreRecord(id)).map_err(|error| format!("{id:?} does not come back: {error:?}"))?;
    unlike(book, &after).map_or(Ok(()), Err)
}

/// The records of a book, saved from the first to the last and the other way round, come to the same.
fn ordered(book: &Book) -> Result<(), String> {
    let empty = Book {
        records: BTreeMap::new(),
        balances: book.accounts.values().map(|account| (account.id, account.opening.minor)).collect(),
        totals: DailyTotals::default(),
        tag_totals: TagTotals::default(),
        budgets: BTreeMap::new(),
        ..book.clone()
    };
    let free = |record: &&Record| !matches!(record.flow, Flow::Refund { .. });
    let saves = |mut book: Book, records: &mut dyn Iterator<Item = &Record>| {
        for record in records {
            // Those of an account or category that was archived since are refused, whatever the order.
            let _ = book.apply(&Command::SaveRecord(Record { revision: 0, ..record.clone() }));
        }
        book
    };
    let forth = saves(empty.clone(), &mut book.records.values().filter(free));
    let back = saves(empty, &mut book.records.values().rev().filter(free));
    exact(&forth)?;
    unlike(&forth, &back).map_or(Ok(()), Err)
}

fn told(steps: &[Step]) -> Result<u32, String> {
    let mut book = started();
    let (mut last, mut done): (Option<Command>, u32) = (None, 0);
    for step in steps {
        let command = command(&book, step, last.as_ref());
        done += u32::from(book.apply(&command).is_ok());
        exact(&book).map_err(|error| format!("after {command:?}\n{error}"))?;
        last = Some(command);
    }
    undone(&book)?;
    ordered(&book)?;
    Ok(done)
}

/// After each of `EXPENSO_TEST_RANDOM_COMMANDS` commands, some thousands where it is not set.
#[test]
fn random_commands_keep_every_sum_exact() {
    let least: u32 =
        std::env::var("EXPENSO_TEST_RANDOM_COMMANDS").map_or(4_000, |number| number.parse().expect("a whole number"));
    let (all, done) = (std::cell::Cell::new(0_u32), std::cell::Cell::new(0_u32));
    while all.get() < least {
        let config = Config { cases: 64, failure_persistence: None, ..Config::default() };
        let run = TestRunner::new(config).run(&proptest::collection::vec(step(), 1..50), |steps| {
            done.set(done.get() + told(&steps).map_err(TestCaseError::fail)?);
            all.set(all.get() + u32::try_from(steps.len()).unwrap());
            Ok(())
        });
        if let Err(failure) = run {
            panic!("{failure}");
        }
    }
    println!("{} commands, of which {} changed the book", all.get(), done.get());
    assert!(done.get() > all.get() / 4, "most commands were refused: {} of {}", done.get(), all.get());
}
