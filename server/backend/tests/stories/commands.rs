//! Random commands: what a person could do, in any order, right or wrong.

use chrono::{Days, NaiveDate};
use ledger::accounts::{Account, AccountKind};
use ledger::bills::{Bill, Change};
use ledger::budgets::{Budget, RollOver};
use ledger::categories::Category;
use ledger::envelopes::{Fill, Move};
use ledger::id::{AccountId, BillId, BudgetId, CategoryId, MoveId, RecordId};
use ledger::period::Period;
use ledger::rates::DayRate;
use ledger::records::{Flow, Kind, Part, Record};
use ledger::recurrence::{Ends, Repeats};
use ledger::{Book, Command, Currency, Money};
use proptest::prelude::*;
use uuid::Uuid;

/// A step, before it is known what the book holds then.
#[derive(Clone, Debug)]
pub enum Step {
    Save { slot: u8, said: Said, stale: bool },
    Again,
    SaveMany(Vec<(u8, Said, bool)>),
    DeleteMany(Vec<u8>),
    RestoreMany(Vec<u8>),
    Delete(u8),
    Restore(u8),
    Category { slot: u8, name: u8, income: bool, parent: Option<u8>, stale: bool },
    Merge { from: u8, into: u8, today: u64 },
    Unmerge(u8),
    OrderCategories(Vec<u8>),
    OrderAccounts(Vec<u8>),
    Account { slot: u8, name: u8, opening: i64, dollars: bool, stale: bool },
    ArchiveCategory { slot: u8, archived: bool },
    ArchiveAccount { slot: u8, archived: bool },
    Bill { slot: u8, minor: i64, day: u64, repeats: u8, ends: u8, category: u8, account: u8, stale: bool },
    DeleteBill(u8),
    RestoreBill(u8),
    Pay { bill: u8, wrong_day: bool, slot: u8, said: Said },
    Skip { bill: u8, wrong_day: bool },
    Reopen { bill: u8, nth: u8 },
    Budget { slot: u8, limit: Limit, stale: bool },
    DeleteBudget(u8),
    RestoreBudget(u8),
    Rate { dollars: bool, rate: i64, day: u64 },
    DeleteRate(u64),
    ForgetRates(Vec<u8>),
    See,
    Pace(u64),
    Fill { month: u8, category: u8, from: Option<i64>, to: i64 },
    Move { slot: u8, month: u8, from: Option<u8>, to: Option<u8>, minor: i64 },
}

/// What a budget says.
#[derive(Clone, Debug)]
pub struct Limit {
    minor: i64,
    span: u8,
    categories: Vec<u8>,
    /// More often than not none.
    tag: u8,
    roll_over: u8,
    since: u64,
}

/// What a record says.
#[derive(Clone, Debug)]
pub struct Said {
    kind: u8,
    minor: i64,
    account: u8,
    to: u8,
    category: Option<u8>,
    day: u64,
    payee: u8,
    tags: u8,
    /// Without one a record of another currency is refused.
    rate: Option<i64>,
    /// Minor units that arrive from another currency, and those of the first part of a split record.
    other: Option<i64>,
}

fn said() -> impl Strategy<Value = Said> {
    let kind = prop_oneof![4 => Just(0_u8), 1 => Just(1), 2 => Just(2), 2 => Just(3)];
    let flow = (kind, 1_i64..50_000, 0_u8..4, 0_u8..4);
    let money =
        (proptest::option::weighted(0.9, 1_i64..2_000_000_000_000), proptest::option::weighted(0.4, 1_i64..30_000));
    (flow, proptest::option::weighted(0.7, 0_u8..6), 0_u64..100, 0_u8..5, 0_u8..3, money).prop_map(
        |((kind, minor, account, to), category, day, payee, tags, (rate, other))| Said {
            kind,
            minor,
            account,
            to,
            category,
            day,
            payee,
            tags,
            rate,
            other,
        },
    )
}

fn limit() -> impl Strategy<Value = Limit> {
    let counted = (prop::collection::vec(0_u8..6, 0..3), 0_u8..6);
    (1_i64..60_000, 0_u8..10, counted, 0_u8..6, 0_u64..100).prop_map(
        |(minor, span, (categories, tag), roll_over, since)| Limit { minor, span, categories, tag, roll_over, since },
    )
}

pub fn step() -> impl Strategy<Value = Step> {
    let rare = || prop::bool::weighted(0.05);
    prop_oneof![
        12 => (0_u8..6, said(), rare()).prop_map(|(slot, said, stale)| Step::Save { slot, said, stale }),
        1 => Just(Step::Again),
        4 => prop::collection::vec((0_u8..6, said(), rare()), 0..4).prop_map(Step::SaveMany),
        1 => prop::collection::vec(0_u8..10, 0..4).prop_map(Step::DeleteMany),
        1 => prop::collection::vec(0_u8..10, 0..4).prop_map(Step::RestoreMany),
        3 => (0_u8..10).prop_map(Step::Delete),
        3 => (0_u8..10).prop_map(Step::Restore),
        2 => (0_u8..3, 0_u8..6, prop::bool::weighted(0.2), proptest::option::weighted(0.6, 0_u8..7), rare())
            .prop_map(|(slot, name, income, parent, stale)| Step::Category { slot, name, income, parent, stale }),
        2 => (4_u8..7, 0_u8..7, 0_u64..100).prop_map(|(from, into, today)| Step::Merge { from, into, today }),
        2 => (4_u8..7).prop_map(Step::Unmerge),
        1 => prop::collection::vec(0_u8..6, 0..4).prop_map(Step::OrderCategories),
        1 => prop::collection::vec(0_u8..4, 0..3).prop_map(Step::OrderAccounts),
        2 => (0_u8..4, 0_u8..6, -9_000_i64..9_000, any::<bool>(), rare())
            .prop_map(|(slot, name, opening, dollars, stale)| Step::Account { slot, name, opening, dollars, stale }),
        1 => (0_u8..6, any::<bool>()).prop_map(|(slot, archived)| Step::ArchiveCategory { slot, archived }),
        1 => (0_u8..4, any::<bool>()).prop_map(|(slot, archived)| Step::ArchiveAccount { slot, archived }),
        3 => (0_u8..2, 1_i64..9_000, 0_u64..60, (0_u8..8, 0_u8..4), 0_u8..6, 0_u8..4, rare()).prop_map(
            |(slot, minor, day, (repeats, ends), category, account, stale)| Step::Bill { slot, minor, day, repeats, ends, category, account, stale }),
        1 => (0_u8..2).prop_map(Step::DeleteBill),
        1 => (0_u8..2).prop_map(Step::RestoreBill),
        5 => (0_u8..2, rare(), 6_u8..10, said()).prop_map(|(bill, wrong_day, slot, said)| Step::Pay { bill, wrong_day, slot, said }),
        2 => (0_u8..2, rare()).prop_map(|(bill, wrong_day)| Step::Skip { bill, wrong_day }),
        3 => (0_u8..2, 0_u8..4).prop_map(|(bill, nth)| Step::Reopen { bill, nth }),
        3 => (0_u8..3, limit(), rare()).prop_map(|(slot, limit, stale)| Step::Budget { slot, limit, stale }),
        1 => (0_u8..3).prop_map(Step::DeleteBudget),
        1 => (0_u8..3).prop_map(Step::RestoreBudget),
        1 => (prop::bool::weighted(0.9), 1_i64..2_000_000_000_000, 0_u64..10)
            .prop_map(|(dollars, rate, day)| Step::Rate { dollars, rate, day }),
        1 => (0_u64..10).prop_map(Step::DeleteRate),
        1 => prop::collection::vec(0_u8..6, 1..4).prop_map(Step::ForgetRates),
        1 => Just(Step::See),
        2 => (0_u64..100).prop_map(Step::Pace),
        2 => (0_u8..3, 0_u8..6, proptest::option::weighted(0.1, 0_i64..3), 0_i64..4).prop_map(
            |(month, category, from, to)| Step::Fill { month, category, from, to }),
        2 => (0_u8..4, 0_u8..2, proptest::option::of(0_u8..6), proptest::option::of(0_u8..6), 1_i64..3).prop_map(
            |(slot, month, from, to, minor)| Step::Move { slot, month, from, to, minor }),
    ]
}

fn id(kind: u128, slot: u8) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + (kind << 8) + u128::from(slot))
}

pub fn day(offset: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 20).unwrap().checked_add_days(Days::new(offset)).unwrap()
}

/// Two accounts that are there from the start and two that may come to be.
fn account(book: &Book, place: u8) -> AccountId {
    let made = |slot| AccountId(id(1, slot));
    let first = book.accounts.keys().copied().filter(|id| *id != made(2) && *id != made(3)).nth(place.into());
    if place < 2 { first.unwrap() } else { made(place) }
}

/// Four that are there from the start, the last for income, and two that may come to be.
fn category(book: &Book, place: u8) -> CategoryId {
    let of = |kind, nth| {
        book.categories.values().filter(|known| known.kind == kind && !known.icon.is_empty()).nth(nth).unwrap().id
    };
    match place {
        0..3 => of(Kind::Expense, place.into()),
        3 => of(Kind::Income, 0),
        _ => CategoryId(id(2, place - 4)),
    }
}

fn record(book: &Book, slot: u8, said: &Said, stale: bool) -> Record {
    let id = RecordId(id(0, slot));
    let from = account(book, said.account);
    let currency = book.accounts.get(&from).map_or(book.home, Account::currency);
    let amount = Money::new(said.minor, currency);
    let to = book.accounts.get(&account(book, said.to)).map_or(book.home, Account::currency);
    let first = said.other.filter(|first| said.kind != 2 && *first < said.minor);
    let part = |place, minor| Part { category: Some(category(book, place)), minor, note: "beach".into() };
    // Sometimes both of one category, of income, or one that is not there.
    let parts = first.map(|first| vec![part(said.to, first), part(said.account, said.minor - first)]);
    let category = said.category.filter(|_| parts.is_none()).map(|place| category(book, place));
    Record {
        id,
        day: day(said.day),
        amount,
        home: amount.minor,
        rate: said.rate.map(|rate| DayRate { rate: rate.try_into().unwrap(), on: day(said.day / 30) }),
        received: said.other.map(|minor| Money::new(minor, to)),
        parts: parts.unwrap_or_default(),
        account: from,
        flow: match said.kind {
            3 => Flow::Refund {
                category: category.filter(|_| said.category != Some(3)),
                of: RecordId(self::id(0, said.to)),
            },
            0 => Flow::Expense { category: category.filter(|_| said.category != Some(3)) },
            1 => Flow::Income { category: category.filter(|_| said.category == Some(3)) },
            _ => Flow::Transfer { to: account(book, said.to) },
        },
        payee: ["", "Swiggy", " swiggy", "Corner Shop", "Dr. Müller"][usize::from(said.payee)].trim().into(),
        note: if said.tags == 2 { "for the trip".into() } else { String::new() },
        tags: ["Goa", "work"].into_iter().take(said.tags.into()).map(str::to_owned).collect(),
        revision: book.records.get(&id).map_or(0, |before| before.revision) + i64::from(stale),
    }
}

fn budget(book: &Book, slot: u8, said: &Limit, stale: bool) -> Budget {
    let id = BudgetId(id(4, slot));
    let most = (said.roll_over < 2).then_some(9_000);
    Budget {
        id,
        name: "Month".into(),
        limit: Money::new(said.minor, Currency::INR),
        earlier: (0..said.minor.unsigned_abs() % 3).map(|nth| (day(nth * 40), said.minor / 2)).collect(),
        span: SPANS[usize::from(said.span)].parse().unwrap(),
        // Seldom both: that is refused.
        categories: said
            .categories
            .iter()
            .skip(usize::from(said.tag == 1))
            .map(|place| category(book, *place))
            .collect(),
        tag: [None, Some("goa"), Some("WORK")].get(usize::from(said.tag)).copied().flatten().map(str::to_owned),
        roll_over: (said.roll_over < 4).then_some(RollOver { overspending: said.roll_over.is_multiple_of(2), most }),
        since: day(said.since),
        thresholds: vec![80, 100],
        pace: said.minor % 2 == 0,
        revision: book.budgets.get(&id).map_or(0, |before| before.revision) + i64::from(stale),
    }
}

fn bill(book: &Book, slot: u8) -> (BillId, Option<NaiveDate>) {
    let id = BillId(id(3, slot));
    (id, book.bills.get(&id).and_then(|bill| bill.next_due))
}

fn save_rate(dollars: bool, rate: i64, on: u64) -> Command {
    Command::SaveRate {
        currency: if dollars { Currency::USD } else { Currency::INR },
        rate: DayRate { rate: rate.try_into().unwrap(), on: day(on) },
    }
}

const SPANS: [&str; 10] = [
    "day",
    "week",
    "month",
    "quarter",
    "year",
    "pay:25",
    "pay:31",
    "pay:last",
    "pay:2026-11-06",
    "2026-12-03/2027-01-20",
];

const NAMES: [&str; 6] = ["Food", " food ", "Bank", "Dollars", "Travel", "Hobby"];

/// The command that a step is, given what the book holds.
#[expect(clippy::too_many_lines, reason = "a few lines for each kind of step")]
pub fn command(book: &Book, step: &Step, last: Option<&Command>) -> Command {
    let due = |place: u8, wrong: bool| {
        let (id, due) = bill(book, place);
        let due = due.unwrap_or(day(3));
        (id, if wrong { due.succ_opt().unwrap() } else { due })
    };
    match step {
        Step::Save { slot, said, stale } => Command::SaveRecord(record(book, *slot, said, *stale)),
        Step::Again => last.cloned().unwrap_or(Command::SeeAlerts),
        Step::SaveMany(all) => {
            Command::SaveRecords(all.iter().map(|(slot, said, stale)| record(book, *slot, said, *stale)).collect())
        }
        Step::DeleteMany(slots) => Command::DeleteRecords(slots.iter().map(|slot| RecordId(id(0, *slot))).collect()),
        Step::RestoreMany(slots) => Command::RestoreRecords(slots.iter().map(|slot| RecordId(id(0, *slot))).collect()),
        Step::Delete(slot) => Command::DeleteRecord(RecordId(id(0, *slot))),
        Step::Restore(slot) => Command::RestoreRecord(RecordId(id(0, *slot))),
        Step::Category { slot, name, income, parent, stale } => {
            let id = CategoryId(id(2, *slot));
            Command::SaveCategory(Category {
                id,
                name: NAMES[usize::from(*name)].into(),
                kind: if *income { Kind::Income } else { Kind::Expense },
                parent: parent.map(|place| category(book, place)),
                position: book.categories.get(&id).map_or(0, |before| before.position),
                icon: String::new(),
                colour: 3,
                archived: *income,
                revision: book.categories.get(&id).map_or(0, |before| before.revision) + i64::from(*stale),
            })
        }
        Step::Account { slot, name, opening, dollars, stale } => {
            let id = account(book, *slot);
            let opening = Money::new(*opening, if *dollars { Currency::USD } else { Currency::INR });
            Command::SaveAccount(Account {
                revision: book.accounts.get(&id).map_or(0, |before| before.revision) + i64::from(*stale),
                ..Account::plain(id, NAMES[usize::from(*name)], AccountKind::Card, opening)
            })
        }
        Step::Merge { from, into, today } => {
            Command::MergeCategory { from: category(book, *from), into: category(book, *into), today: day(*today) }
        }
        Step::Unmerge(from) => Command::UnmergeCategory(category(book, *from)),
        Step::OrderCategories(places) => {
            Command::OrderCategories(places.iter().map(|place| category(book, *place)).collect())
        }
        Step::OrderAccounts(places) => {
            Command::OrderAccounts(places.iter().map(|place| account(book, *place)).collect())
        }
        Step::ArchiveCategory { slot, archived } => {
            Command::ArchiveCategory { id: category(book, *slot), archived: *archived }
        }
        Step::ArchiveAccount { slot, archived } => {
            Command::ArchiveAccount { id: account(book, *slot), archived: *archived }
        }
        Step::Bill { slot, minor, day: first, repeats, ends, category: place, account: from, stale } => {
            let (id, _) = bill(book, *slot);
            let repeats = Repeats::CHOICES[usize::from(*repeats)];
            let next_due = repeats.nth(day(*first), 0);
            let moved = Change { day: day(*first + 3), amount: Some(Money::new(*minor + 1, Currency::INR)) };
            Command::SaveBill(Bill {
                id,
                name: "Broadband".into(),
                amount: Money::new(*minor, Currency::INR),
                estimated: *ends == 0,
                first_due: day(*first),
                repeats,
                ends: [Ends::Never, Ends::After(2), Ends::On(day(*first + 40)), Ends::After(1)][usize::from(*ends)],
                category: Some(*place).filter(|place| *place < 5).map(|place| category(book, place)),
                account: Some(account(book, *from)),
                remind_days: Some(3),
                next_due,
                changed: next_due.filter(|_| *ends % 2 == 0).map(|due| (due, moved)).into_iter().collect(),
                revision: book.bills.get(&id).map_or(0, |before| before.revision) + i64::from(*stale),
            })
        }
        Step::DeleteBill(slot) => Command::DeleteBill(bill(book, *slot).0),
        Step::RestoreBill(slot) => Command::RestoreBill(bill(book, *slot).0),
        Step::Pay { bill, wrong_day, slot, said } => {
            let (bill, due) = due(*bill, *wrong_day);
            Command::PayBill { bill, due, record: record(book, *slot, said, false) }
        }
        Step::Skip { bill, wrong_day } => {
            let (bill, due) = due(*bill, *wrong_day);
            Command::SkipBill { bill, due }
        }
        Step::Reopen { bill: place, nth } => {
            let (bill, due) = due(*place, false);
            let settled: Vec<NaiveDate> =
                book.settlements.keys().filter(|(id, _)| *id == bill).map(|(_, due)| *due).collect();
            let due = settled.get(usize::from(*nth) % settled.len().max(1)).copied().unwrap_or(due);
            Command::ReopenBill { bill, due }
        }
        Step::Budget { slot, limit, stale } => Command::SaveBudget(budget(book, *slot, limit, *stale)),
        Step::DeleteBudget(slot) => Command::DeleteBudget(BudgetId(id(4, *slot))),
        Step::RestoreBudget(slot) => Command::RestoreBudget(BudgetId(id(4, *slot))),
        Step::Rate { dollars, rate, day } => save_rate(*dollars, *rate, *day),
        Step::DeleteRate(on) => Command::DeleteRate { currency: Currency::USD, on: day(*on) },
        Step::ForgetRates(slots) => Command::ForgetRates(slots.iter().map(|slot| RecordId(id(0, *slot))).collect()),
        Step::See => Command::SeeAlerts,
        Step::Fill { month, category: place, from, to } => {
            let (month, category) = (day(u64::from(*month) * 31), category(book, *place));
            let from = from.unwrap_or_else(|| book.given(Period::month_of(month).start, category));
            Command::FillEnvelopes { month, fills: vec![Fill { category, from, to: *to }] }
        }
        Step::Move { slot, month, from, to, minor } => Command::MoveMoney(Move {
            id: MoveId(id(5, *slot)),
            month: Period::month_of(day(u64::from(*month) * 31)).start,
            from: from.map(|place| category(book, place)),
            to: to.map(|place| category(book, place)),
            minor: *minor,
        }),
        Step::Pace(today) => Command::JudgePace { today: day(*today) },
    }
}
