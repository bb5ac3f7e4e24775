//! Many new records at once, with all that goes with them: for the demonstration and the benchmark.
//!
//! What one command at a time leads to, this does with few statements. It raises no alerts.

mod rows;

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use ledger::form::name_key;
use ledger::id::{AccountId, BookId, CategoryId, RecordId};
use ledger::records::{Flow, Kind, Record};
use ledger::totals::{TagKey, Total, TotalKey, counted, tag_differences};
use ledger::{Book, Money};

use crate::dice::Dice;
use crate::{Backend, Error, Member, Result, Tx, accounts, commands, tag_totals, totals, window};

/// Records of one revision.
const CHUNK: usize = 1000;
/// Records of one transaction.
const COMMIT: usize = 100_000;

/// What the records of a payee add up to: how many they are, and the newest of them.
type Payees = BTreeMap<String, (i64, Record)>;

/// Adds records that are new and name only what the book has.
pub(crate) async fn insert(tx: &mut Tx, book: BookId, records: &mut [Record]) -> Result<()> {
    let mut sums: BTreeMap<TotalKey, Total> = BTreeMap::new();
    let mut tags: BTreeMap<TagKey, Total> = BTreeMap::new();
    let mut balances: BTreeMap<AccountId, i64> = BTreeMap::new();
    let mut payees = Payees::new();
    let mut revision = 0;
    for chunk in records.chunks_mut(CHUNK) {
        revision = commands::next_revision(tx, book).await?.revision;
        for record in chunk.iter_mut() {
            record.revision = revision;
            for (key, total) in counted(record) {
                let sum = sums.entry(key).or_default();
                *sum = sum.plus(total);
                *balances.entry(key.account).or_default() += key.kind.sign() * total.minor;
            }
            for (key, total) in tag_differences(None, Some(record)) {
                let sum = tags.entry(key).or_default();
                *sum = sum.plus(total);
            }
            count_payee(&mut payees, record);
        }
        rows::insert(tx, book, chunk).await?;
        for record in chunk.iter() {
            if let Some(rate) = record.rate {
                let known = ((record.amount.currency, rate.on), rate.rate);
                crate::rates::put(tx, book, known, revision).await?;
            }
        }
    }
    let months = gathered(&sums, TotalKey::of_month);
    for (key, change) in gathered(&months, |key| TotalKey { day: NaiveDate::MIN, ..key }) {
        totals::add_whole(tx, book, key, change).await?;
    }
    for (key, change) in months {
        totals::add_effect(tx, book, key, change).await?;
        totals::add_monthly(tx, book, key, change, revision).await?;
    }
    for (key, change) in sums {
        totals::add_daily(tx, book, key, change, revision).await?;
    }
    for (key, change) in tags {
        tag_totals::add(tx, book, &key, change, revision).await?;
    }
    for (account, balance) in accounts::all(tx, book).await? {
        if let Some(change) = balances.get(&account.id) {
            accounts::put_balance(tx, book, account.id, balance + change, revision).await?;
        }
    }
    for (key, (uses, record)) in payees {
        crate::payees::add(tx, book, &key, &record, uses).await?;
    }
    Ok(())
}

/// Sums of sums, under wider keys.
pub(crate) fn gathered(
    sums: &BTreeMap<TotalKey, Total>,
    wider: impl Fn(TotalKey) -> TotalKey,
) -> BTreeMap<TotalKey, Total> {
    let mut gathered: BTreeMap<TotalKey, Total> = BTreeMap::new();
    for (key, sum) in sums {
        let whole = gathered.entry(wider(*key)).or_default();
        *whole = whole.plus(*sum);
    }
    gathered
}

fn count_payee(payees: &mut Payees, record: &Record) {
    let key = name_key(&record.payee);
    if key.is_empty() {
        return;
    }
    let (uses, newest) = payees.entry(key).or_insert_with(|| (0, record.clone()));
    *uses += 1;
    if record.day >= newest.day {
        newest.clone_from(record);
    }
}

/// Fills the member's book with `count` records, spread evenly over the `years` before today.
pub async fn fill(backend: &Backend, member: &Member, count: u32, years: u32) -> Result<()> {
    let book = window::for_forms(backend, member).await?;
    let today = member.today(&backend.clock);
    let days = u64::from(years.clamp(1, 120)) * 365;
    let mut dice = Dice(u64::from(count));
    let mut done: u64 = 0;
    while done < u64::from(count) {
        let size = (u64::from(count) - done).min(COMMIT as u64);
        let at =
            |nth: u64| today.checked_sub_days(Days::new(days - 1 - nth * days / u64::from(count))).unwrap_or(today);
        let made: Option<Vec<Record>> = (done..done + size).map(|nth| record(&book, &mut dice, nth, at(nth))).collect();
        let mut made = made.ok_or_else(|| Error::internal("a book without accounts or categories cannot be filled"))?;
        let mut tx = backend.db.write().await?;
        insert(&mut tx, member.book(), &mut made).await?;
        tx.commit().await?;
        done += size;
    }
    Ok(())
}

fn record(book: &Book, dice: &mut Dice, nth: u64, day: NaiveDate) -> Option<Record> {
    let accounts: Vec<AccountId> =
        book.accounts.values().filter(|known| known.currency() == book.home).map(|known| known.id).collect();
    let of = |kind| -> Vec<CategoryId> {
        book.categories.values().filter(|known| known.kind == kind).map(|known| known.id).collect()
    };
    let account = *dice.pick(&accounts)?;
    let flow = match dice.below(20) {
        0 => Flow::Income { category: dice.pick(&of(Kind::Income)).copied() },
        1 if accounts.len() > 1 => Flow::Transfer { to: *accounts.iter().find(|other| **other != account)? },
        _ => Flow::Expense { category: dice.pick(&of(Kind::Expense)).copied() },
    };
    let note = if dice.one_in(4) { format!("note {}", dice.below(50_000)) } else { String::new() };
    let tags = if dice.one_in(10) { vec![format!("tag {}", dice.below(40))] } else { Vec::new() };
    let id = RecordId::new_v7(millis(day) + nth % 86_400_000, dice.seed());
    let amount = Money::new(dice.between(1_000, 500_000), book.home);
    let payee = format!("{} {}", dice.pick(&SHOPS)?, dice.below(40));
    Some(Record { payee, note, tags, ..Record::plain(id, day, amount, account, flow) })
}

const SHOPS: [&str; 12] = [
    "Swiggy",
    "Zomato",
    "BigBasket",
    "Indian Oil",
    "Apollo Pharmacy",
    "Kirana Stores",
    "Metro Card",
    "Amazon",
    "Flipkart",
    "Corner Shop",
    "Chai Point",
    "Book House",
];

/// The Unix time of the beginning of a day, in milliseconds; 0 before 1970.
pub(crate) fn millis(day: NaiveDate) -> u64 {
    let seconds = day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp();
    u64::try_from(seconds).unwrap_or(0) * 1000
}
