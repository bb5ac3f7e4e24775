//! What a command changed, written back: each row that differs, with its search rows, totals and balances.

use std::collections::BTreeMap;

use ledger::bills::Settlement;
use ledger::command::Deleted;
use ledger::id::{BookId, RecordId};
use ledger::records::Record;
use ledger::totals::{TagKey, Total, TotalKey};
use ledger::{Book, Changes};

use crate::{
    Result, Tx, accounts, alerts, bills, budgets, categories, envelopes, merges, parts, payees, rates, records, search,
    tag_totals, totals,
};

/// Writes the rows in which `after` differs from `before`, and answers them.
pub(super) async fn differences(tx: &mut Tx, id: BookId, before: &Book, after: &Book) -> Result<Changes> {
    let mut changes = Changes { revision: after.revision, ..Changes::default() };
    write_records(tx, id, before, after, &mut changes).await?;
    for category in changed(&before.categories, &after.categories) {
        categories::put(tx, id, category).await?;
        changes.categories.push(category.clone());
    }
    for category in gone(&before.categories, &after.categories) {
        categories::delete(tx, id, *category).await?;
        changes.deleted.push(Deleted::Category(*category));
    }
    for merged in changed(&before.bin.merged, &after.bin.merged) {
        merges::put(tx, id, merged, after.revision).await?;
    }
    for account in changed(&before.accounts, &after.accounts) {
        accounts::put(tx, id, account).await?;
        changes.accounts.push(account.clone());
    }
    for (account, balance) in &after.balances {
        if before.balances.get(account) != Some(balance) {
            accounts::put_balance(tx, id, *account, *balance, after.revision).await?;
            changes.balances.push((*account, *balance));
        }
    }
    write_bills(tx, id, before, after, &mut changes).await?;
    for budget in changed(&before.budgets, &after.budgets) {
        budgets::put(tx, id, budget).await?;
        changes.budgets.push(budget.clone());
    }
    for budget in gone(&before.budgets, &after.budgets) {
        budgets::delete(tx, id, *budget, after.revision).await?;
        changes.deleted.push(Deleted::Budget(*budget));
    }
    for budget in changed_in_bin(&before.bin.budgets, &after.bin.budgets) {
        budgets::put(tx, id, budget).await?;
        budgets::delete(tx, id, budget.id, after.revision).await?;
    }
    for (key, rate) in &after.rates {
        if before.rates.get(key) != Some(rate) {
            rates::put(tx, id, (*key, *rate), after.revision).await?;
            changes.rates.push((*key, *rate));
        }
    }
    for rate in gone(&before.rates, &after.rates) {
        rates::delete(tx, id, *rate, after.revision).await?;
        rates::tell_gone(tx, id, after.home, *rate, &mut changes).await?;
    }
    for alert in changed(&before.alerts, &after.alerts) {
        alerts::put(tx, id, alert).await?;
        changes.alerts.push(alert.clone());
    }
    for deed in changed(&before.bin.moves, &after.bin.moves) {
        envelopes::keep_move(tx, id, deed).await?;
    }
    for envelope in changed(&before.envelopes, &after.envelopes) {
        envelopes::put(tx, id, envelope).await?;
        changes.envelopes.push(envelope.clone());
    }
    Ok(changes)
}

async fn write_records(tx: &mut Tx, id: BookId, before: &Book, after: &Book, changes: &mut Changes) -> Result<()> {
    let mut sums = Sums::default();
    for record in changed(&before.records, &after.records) {
        let old = before.records.get(&record.id);
        records::put(tx, id, record).await?;
        follow(tx, id, old, Some(record), &mut sums).await?;
        changes.records.push(record.clone());
    }
    for record in gone(&before.records, &after.records) {
        records::delete(tx, id, *record, paid(after, *record), after.revision).await?;
        follow(tx, id, before.records.get(record), None, &mut sums).await?;
        changes.deleted.push(Deleted::Record(*record));
    }
    for (record, (now, _)) in &after.bin.records {
        if before.bin.records.get(record).is_some_and(|(was, _)| was != now) {
            records::put(tx, id, now).await?;
            records::delete(tx, id, *record, paid(after, *record), after.revision).await?;
        }
    }
    for record in after.bin.records.keys().filter(|record| before.bin.records.contains_key(record)) {
        if paid(before, *record) != paid(after, *record) {
            records::set_paid(tx, id, *record, paid(after, *record)).await?;
        }
    }
    for (key, change) in sums.tags {
        let total = tag_totals::add(tx, id, &key, change, after.revision).await?;
        changes.tags.push((key, total));
    }
    for (key, change) in sums.totals {
        let (day, month) = totals::add(tx, id, key, change, after.revision).await?;
        changes.totals.push((key, day));
        changes.months.retain(|(known, _)| *known != key.of_month());
        changes.months.push((key.of_month(), month));
    }
    Ok(())
}

/// How totals change.
#[derive(Default)]
struct Sums {
    totals: BTreeMap<TotalKey, Total>,
    tags: BTreeMap<TagKey, Total>,
}

/// All that goes with a record: what a search finds, its payee, and the change of its totals.
async fn follow(
    tx: &mut Tx,
    id: BookId,
    before: Option<&Record>,
    after: Option<&Record>,
    sums: &mut Sums,
) -> Result<()> {
    search::index(tx, id, before, after).await?;
    parts::index(tx, id, before, after).await?;
    payees::count(tx, id, before, after).await?;
    for (key, change) in ledger::totals::differences(before, after) {
        let sum = sums.totals.entry(key).or_default();
        *sum = sum.plus(change);
    }
    for (key, change) in ledger::totals::tag_differences(before, after) {
        let sum = sums.tags.entry(key).or_default();
        *sum = sum.plus(change);
    }
    Ok(())
}

/// The due day that undo of this deletion settles again.
fn paid(book: &Book, record: RecordId) -> Option<(ledger::id::BillId, chrono::NaiveDate)> {
    let (_, paid) = book.bin.records.get(&record)?;
    paid.as_ref().map(|Settlement { bill, due, .. }| (*bill, *due))
}

async fn write_bills(tx: &mut Tx, id: BookId, before: &Book, after: &Book, changes: &mut Changes) -> Result<()> {
    for bill in changed(&before.bills, &after.bills) {
        bills::put(tx, id, bill).await?;
        changes.bills.push(bill.clone());
    }
    for bill in gone(&before.bills, &after.bills) {
        bills::delete(tx, id, *bill, after.revision).await?;
        changes.deleted.push(Deleted::Bill(*bill));
    }
    for bill in changed_in_bin(&before.bin.bills, &after.bin.bills) {
        bills::put(tx, id, bill).await?;
        bills::delete(tx, id, bill.id, after.revision).await?;
    }
    for settlement in changed(&before.settlements, &after.settlements) {
        bills::put_settlement(tx, id, settlement).await?;
        changes.settlements.push(settlement.clone());
    }
    for (bill, due) in gone(&before.settlements, &after.settlements) {
        bills::delete_settlement(tx, id, *bill, *due, after.revision).await?;
        changes.deleted.push(Deleted::Settlement(*bill, *due));
    }
    Ok(())
}

/// The values that are new or differ.
fn changed<'a, K: Ord, V: PartialEq>(
    before: &'a BTreeMap<K, V>,
    after: &'a BTreeMap<K, V>,
) -> impl Iterator<Item = &'a V> {
    after.iter().filter(|(key, value)| before.get(key) != Some(value)).map(|(_, value)| value)
}

/// The values of deleted things that differ, and are deleted still.
fn changed_in_bin<'a, K: Ord, V: PartialEq>(
    before: &'a BTreeMap<K, V>,
    after: &'a BTreeMap<K, V>,
) -> impl Iterator<Item = &'a V> {
    after.iter().filter(|(key, value)| before.get(key).is_some_and(|known| known != *value)).map(|(_, value)| value)
}

/// The keys that are no longer there.
fn gone<'a, K: Ord, V>(before: &'a BTreeMap<K, V>, after: &'a BTreeMap<K, V>) -> impl Iterator<Item = &'a K> {
    before.keys().filter(|key| !after.contains_key(key))
}
