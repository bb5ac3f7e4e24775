//! Many new records at once, with all that goes with them: for the demonstration and the benchmark.
//!
//! What one command at a time leads to, this does with few statements. It raises no alerts.

mod fill;
mod rows;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use ledger::form::name_key;
use ledger::id::{AccountId, BookId};
use ledger::records::Record;
use ledger::totals::{TagKey, Total, TotalKey, counted, tag_differences};

pub use fill::fill;

use crate::{Result, Tx, accounts, carries, commands, tag_totals, totals};

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
    carries::forget_all(tx, book).await?;
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

/// The Unix time of the beginning of a day, in milliseconds; 0 before 1970.
pub(crate) fn millis(day: NaiveDate) -> u64 {
    let seconds = day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp();
    u64::try_from(seconds).unwrap_or(0) * 1000
}
