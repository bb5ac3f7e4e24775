//! One category merged into another: the records, payees and totals of it move in a few statements, however many they
//! are, and a list of what moved takes it back.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use ledger::book::{Merged, PastMerge};
use ledger::command::Deleted;
use ledger::id::{BookId, CategoryId, RecordId};
use ledger::records::Record;
use ledger::totals::{Total, TotalKey, differences};
use ledger::{Book, Changes, Command};
use uuid::Uuid;

use crate::records::{RecordRow, columns};
use crate::rows::{each, json, list};
use crate::{Backend, Member, Result, Tx, bulk, totals};

/// How long a merge can be taken back.
pub(crate) const KEPT: TimeDelta = TimeDelta::days(7);

/// Forgets what moved in merges made before `then`, which cannot be taken back any more; that the categories are
/// gone is still told.
pub(crate) async fn sweep(tx: &mut Tx, then: DateTime<Utc>) -> Result<()> {
    for sql in [
        "delete from merged_records where (book_id, from_id) in
            (select book_id, from_id from merges where made_at < $1 and moved <> '')",
        "delete from merged_payees where (book_id, from_id) in
            (select book_id, from_id from merges where made_at < $1 and moved <> '')",
        "update merges set moved = '' where made_at < $1 and moved <> ''",
    ] {
        tx.query(sql).bind(then).execute().await?;
    }
    Ok(())
}

/// The merge of a category, without the records, where it can be taken back.
pub(crate) async fn find(tx: &mut Tx, book: BookId, from: CategoryId) -> Result<Option<Merged>> {
    let sql = "select moved from merges where book_id = $1 and from_id = $2 and moved <> ''";
    let row: Option<(String,)> = tx.query(sql).bind(book.0).bind(from.0).optional().await?;
    row.map(|(moved,)| list(&moved)).transpose()
}

/// The merges that can still be taken back, the newest first.
pub async fn recent(backend: &Backend, member: &Member) -> Result<Vec<PastMerge>> {
    let mut tx = backend.db.read().await?;
    let sql = "select moved, made_at from merges where book_id = $1 and made_at >= $2 and moved <> ''
               order by made_at desc, from_id";
    let query = tx.query(sql).bind(member.book().0).bind(backend.clock.now() - KEPT);
    each(query.all::<(String, DateTime<Utc>)>().await?, |(moved, made_at)| {
        let merged: Merged = list(&moved)?;
        let on = made_at.with_timezone(&member.zone()).date_naive();
        Ok(PastMerge { from: merged.category.id, name: merged.category.name, into: merged.into, on })
    })
}

/// Split records with a part in a category, deleted ones included.
pub(crate) async fn splits(tx: &mut Tx, book: BookId, category: CategoryId) -> Result<Vec<RecordId>> {
    let sql = "select distinct record_id from record_parts where book_id = $1 and category_id = $2";
    let mut rows: Vec<(Uuid,)> = tx.query(sql).bind(book.0).bind(category.0).all().await?;
    // The parts of a deleted record are only told by itself.
    let sql = "select id from records where book_id = $1 and category_id is null and deleted and parts like $2";
    rows.extend(tx.query(sql).bind(book.0).bind(format!("%{category}%")).all::<(Uuid,)>().await?);
    Ok(rows.into_iter().map(|(id,)| RecordId(id)).collect())
}

/// Categories that were merged after revision `from`, up to `to`.
pub(crate) async fn since(tx: &mut Tx, book: BookId, from: i64, to: i64) -> Result<Vec<Deleted>> {
    let sql = "select from_id from merges where book_id = $1 and revision > $2 and revision <= $3";
    let rows: Vec<(Uuid,)> = tx.query(sql).bind(book.0).bind(from).bind(to).all().await?;
    Ok(rows.into_iter().map(|(id,)| Deleted::Category(CategoryId(id))).collect())
}

pub(crate) async fn put(tx: &mut Tx, book: BookId, merged: &Merged, revision: i64) -> Result<()> {
    // A category of the same id may have been made anew since.
    tx.query(
        "insert into merges (book_id, from_id, into_id, moved, revision) values ($1, $2, $3, $4, $5)
         on conflict (book_id, from_id) do update set into_id = excluded.into_id, moved = excluded.moved,
            revision = excluded.revision",
    )
    .bind(book.0)
    .bind(merged.category.id.0)
    .bind(merged.into.0)
    .bind(json(merged)?)
    .bind(revision)
    .execute()
    .await?;
    Ok(())
}

/// Forgets a merge that was taken back.
pub(crate) async fn delete(tx: &mut Tx, book: BookId, from: CategoryId) -> Result<()> {
    for sql in [
        "delete from merged_records where book_id = $1 and from_id = $2",
        "delete from merged_payees where book_id = $1 and from_id = $2",
        "delete from merges where book_id = $1 and from_id = $2",
    ] {
        tx.query(sql).bind(book.0).bind(from.0).execute().await?;
    }
    Ok(())
}

/// Moves what no slice of the book holds, for a command that merged or took it back.
pub(crate) async fn follow(
    tx: &mut Tx,
    book: BookId,
    command: &Command,
    before: &Book,
    revision: i64,
    now: DateTime<Utc>,
) -> Result<Option<Changes>> {
    match command {
        Command::MergeCategory { from, into, .. } => {
            move_all(tx, book, *from, *into, revision).await?;
            let sql = "update merges set made_at = $3 where book_id = $1 and from_id = $2";
            tx.query(sql).bind(book.0).bind(from.0).bind(now).execute().await?;
        }
        Command::UnmergeCategory(from) => {
            if let Some(merged) = before.bin.merged.get(from) {
                move_back(tx, book, *from, merged.into, revision).await?;
            }
            delete(tx, book, *from).await?;
        }
        _ => return Ok(None),
    }
    crate::changes::between(tx, book, revision - 1, revision).await.map(Some)
}

async fn move_all(tx: &mut Tx, book: BookId, from: CategoryId, into: CategoryId, revision: i64) -> Result<()> {
    for sql in [
        "insert into merged_records (book_id, from_id, record_id)
         select book_id, category_id, id from records where book_id = $1 and category_id = $2 and not deleted",
        "insert into merged_records (book_id, from_id, record_id)
         select book_id, category_id, id from records where book_id = $1 and category_id = $2 and deleted",
        "insert into merged_payees (book_id, from_id, payee_key)
         select book_id, category_id, payee_key from payees where book_id = $1 and category_id = $2",
    ] {
        tx.query(sql).bind(book.0).bind(from.0).execute().await?;
    }
    for sql in [
        "update records set category_id = $3, revision = $4 where book_id = $1 and category_id = $2 and not deleted",
        "insert into daily_totals (book_id, day, kind, account_id, category_id, currency, minor, home, count, revision)
         select book_id, day, kind, account_id, $3, currency, minor, home, count, $4 from daily_totals
         where book_id = $1 and category_id = $2 and count <> 0
         on conflict (book_id, day, kind, account_id, category_id, currency) do update set
            minor = daily_totals.minor + excluded.minor, home = daily_totals.home + excluded.home, count = daily_totals.count + excluded.count,
            revision = excluded.revision",
        "insert into month_totals (book_id, month, kind, account_id, category_id, currency, minor, home, count, revision)
         select book_id, month, kind, account_id, $3, currency, minor, home, count, $4 from month_totals
         where book_id = $1 and category_id = $2 and count <> 0
         on conflict (book_id, month, kind, account_id, category_id, currency) do update set
            minor = month_totals.minor + excluded.minor, home = month_totals.home + excluded.home, count = month_totals.count + excluded.count,
            revision = excluded.revision",
    ] {
        tx.query(sql).bind(book.0).bind(from.0).bind(into.0).bind(revision).execute().await?;
    }
    for sql in [
        "update records set category_id = $3 where book_id = $1 and category_id = $2 and deleted",
        "update payees set category_id = $3 where book_id = $1 and category_id = $2",
        "insert into whole_totals (book_id, kind, account_id, category_id, currency, minor, home, count)
         select book_id, kind, account_id, $3, currency, minor, home, count from whole_totals
         where book_id = $1 and category_id = $2 and count <> 0
         on conflict (book_id, kind, account_id, category_id, currency) do update set
            minor = whole_totals.minor + excluded.minor, home = whole_totals.home + excluded.home, count = whole_totals.count + excluded.count",
    ] {
        tx.query(sql).bind(book.0).bind(from.0).bind(into.0).execute().await?;
    }
    for sql in [
        "update daily_totals set minor = 0, home = 0, count = 0, revision = $3 where book_id = $1 and category_id = $2 and count <> 0",
        "update month_totals set minor = 0, home = 0, count = 0, revision = $3 where book_id = $1 and category_id = $2 and count <> 0",
    ] {
        tx.query(sql).bind(book.0).bind(from.0).bind(revision).execute().await?;
    }
    tx.query("delete from whole_totals where book_id = $1 and category_id = $2")
        .bind(book.0)
        .bind(from.0)
        .execute()
        .await?;
    Ok(())
}

async fn move_back(tx: &mut Tx, book: BookId, from: CategoryId, into: CategoryId, revision: i64) -> Result<()> {
    let sums = moved_sums(tx, book, from, into).await?;
    // By `offset` each record is looked up for itself: PostgreSQL would make a join of it, and takes a table that was just
    // filled for an empty one, through which it may as well go for each record.
    tx.query(
        "update records set category_id = $2, revision = $4 where book_id = $1 and category_id = $3 and not deleted
            and exists (select 1 from merged_records moved where moved.book_id = $1 and moved.from_id = $2
                and moved.record_id = records.id limit 1 offset 0)",
    )
    .bind(book.0)
    .bind(from.0)
    .bind(into.0)
    .bind(revision)
    .execute()
    .await?;
    for sql in [
        "update records set category_id = $2 where book_id = $1 and category_id = $3 and deleted
            and exists (select 1 from merged_records moved where moved.book_id = $1 and moved.from_id = $2
                and moved.record_id = records.id limit 1 offset 0)",
        "update payees set category_id = $2 where book_id = $1 and category_id = $3
            and exists (select 1 from merged_payees moved where moved.book_id = $1 and moved.from_id = $2
                and moved.payee_key = payees.payee_key limit 1 offset 0)",
    ] {
        tx.query(sql).bind(book.0).bind(from.0).bind(into.0).execute().await?;
    }
    let months = bulk::gathered(&sums, TotalKey::of_month);
    for (key, change) in bulk::gathered(&months, |key| TotalKey { day: chrono::NaiveDate::MIN, ..key }) {
        totals::add_whole(tx, book, key, change).await?;
    }
    for (key, change) in months {
        totals::add_monthly(tx, book, key, change, revision).await?;
    }
    for (key, change) in sums {
        totals::add_daily(tx, book, key, change, revision).await?;
    }
    Ok(())
}

/// How the totals of each day differ once the records that were moved are back; read in pieces, as they can be many.
async fn moved_sums(
    tx: &mut Tx,
    book: BookId,
    from: CategoryId,
    into: CategoryId,
) -> Result<BTreeMap<TotalKey, Total>> {
    const PIECE: i64 = 5000;
    let mut sums: BTreeMap<TotalKey, Total> = BTreeMap::new();
    let mut last = RecordId::NIL;
    loop {
        // Not joined in the database: PostgreSQL takes a table that was just filled for an empty one, and would look
        // through the whole category for each record.
        let sql = "select record_id from merged_records where book_id = $1 and from_id = $2 and record_id > $3
                   order by record_id limit $4";
        let query = tx.query(sql).bind(book.0).bind(from.0).bind(last.0).bind(PIECE);
        let moved: BTreeSet<RecordId> = query.all::<(Uuid,)>().await?.into_iter().map(|(id,)| RecordId(id)).collect();
        let Some(end) = moved.last().copied() else { return Ok(sums) };
        let sql = concat!(
            "select ",
            columns!(),
            " from records r
              where r.book_id = $1 and r.id > $2 and r.id <= $3 and r.category_id = $4 and not r.deleted"
        );
        let query = tx.query(sql).bind(book.0).bind(last.0).bind(end.0).bind(into.0);
        let piece: Vec<Record> = each(query.all().await?, RecordRow::read)?;
        for record in piece.iter().filter(|record| moved.contains(&record.id)) {
            for (key, change) in differences(Some(record), Some(&record.filed(Some(from)))) {
                let sum = sums.entry(key).or_default();
                *sum = sum.plus(change);
            }
        }
        last = end;
    }
}
