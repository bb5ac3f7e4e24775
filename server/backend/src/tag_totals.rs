//! What was spent under each tag by day, kept in step with the records in the same transaction.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use ledger::id::BookId;
use ledger::period::Period;
use ledger::totals::{TagKey, Total};

use crate::rows::{each, word};
use crate::{Error, Result, Tx};

/// Tag, day, currency, minor, home, count.
type TagRow = (Vec<u8>, NaiveDate, String, i64, i64, i64);

fn read((tag, day, currency, minor, home, count): TagRow) -> Result<(TagKey, Total)> {
    let tag = String::from_utf8(tag).map_err(Error::internal)?;
    Ok((TagKey { tag, day, currency: word(&currency)? }, Total { minor, home, count }))
}

/// Those of some tags, by their keys, in a period.
pub(crate) async fn within(
    tx: &mut Tx,
    book: BookId,
    tags: &BTreeSet<String>,
    period: Period,
) -> Result<Vec<(TagKey, Total)>> {
    let mut found = Vec::new();
    for tag in tags {
        let rows: Vec<TagRow> = tx
            .query(
                "select tag_key, day, currency, minor, home, count from tag_totals
                 where book_id = $1 and tag_key = $2 and day >= $3 and day < $4 and count <> 0",
            )
            .bind(book.0)
            .bind(tag.clone().into_bytes())
            .bind(period.start)
            .bind(period.end)
            .all()
            .await?;
        found.extend(each(rows, read)?);
    }
    Ok(found)
}

/// Written after revision `from`, up to `to`, those that are gone as zero.
pub(crate) async fn since(tx: &mut Tx, book: BookId, from: i64, to: i64) -> Result<Vec<(TagKey, Total)>> {
    let rows: Vec<TagRow> = tx
        .query(
            "select tag_key, day, currency, minor, home, count from tag_totals
             where book_id = $1 and revision > $2 and revision <= $3",
        )
        .bind(book.0)
        .bind(from)
        .bind(to)
        .all()
        .await?;
    each(rows, read)
}

/// Adds a change, and answers the total that holds now.
pub(crate) async fn add(tx: &mut Tx, book: BookId, key: &TagKey, change: Total, revision: i64) -> Result<Total> {
    let (minor, home, count) = tx
        .query(
            "insert into tag_totals (book_id, tag_key, day, currency, minor, home, count, revision)
             values ($1, $2, $3, $4, $5, $6, $7, $8)
             on conflict (book_id, tag_key, day, currency) do update set
                minor = tag_totals.minor + excluded.minor, home = tag_totals.home + excluded.home,
                count = tag_totals.count + excluded.count, revision = excluded.revision
             returning minor, home, count",
        )
        .bind(book.0)
        .bind(key.tag.clone().into_bytes())
        .bind(key.day)
        .bind(key.currency.code())
        .bind(change.minor)
        .bind(change.home)
        .bind(change.count)
        .bind(revision)
        .one::<(i64, i64, i64)>()
        .await?;
    Ok(Total { minor, home, count })
}

/// The total that holds now.
pub(crate) async fn get(tx: &mut Tx, book: BookId, key: &TagKey) -> Result<Total> {
    let sql = "select minor, home, count from tag_totals
               where book_id = $1 and tag_key = $2 and day = $3 and currency = $4";
    let query = tx.query(sql).bind(book.0).bind(key.tag.clone().into_bytes()).bind(key.day).bind(key.currency.code());
    let row: Option<(i64, i64, i64)> = query.optional().await?;
    Ok(row.map_or_else(Total::default, |(minor, home, count)| Total { minor, home, count }))
}
