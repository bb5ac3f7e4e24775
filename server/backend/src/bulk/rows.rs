//! Rows of many records in few statements.

use ledger::filter::record_words;
use ledger::form::name_key;
use ledger::id::BookId;
use ledger::records::Record;

use crate::db::FixedFragments;
use crate::rows::json;
use crate::{Result, Tx, parts, search};

/// Rows of one statement: both engines take some 32,000 values.
const ROWS: usize = 400;

/// The records, the words that a search finds, and the tags. The records are new.
pub(super) async fn insert(tx: &mut Tx, book: BookId, records: &[Record]) -> Result<()> {
    for some in records.chunks(ROWS) {
        insert_records(tx, book, some).await?;
    }
    // In the order of the index, whose pages are then touched once.
    let words = records.iter().flat_map(|record| record_words(record).into_iter().map(move |word| (word, record)));
    let mut words: Vec<(String, &Record)> = words.collect();
    words.sort_by(|(a, x), (b, y)| (a, x.day, x.id).cmp(&(b, y.day, y.id)));
    for some in words.chunks(ROWS) {
        let sql = format!("insert into record_words (book_id, word, day, record_id) values {}", values(some.len(), 3));
        let mut query = tx.query_of(FixedFragments(sql)).bind(book.0);
        for (word, record) in some {
            query = query.bind(word.clone().into_bytes()).bind(record.day).bind(record.id.0);
        }
        query.execute().await?;
    }
    let tags: Vec<(&String, &Record)> =
        records.iter().flat_map(|record| record.tags.iter().map(move |tag| (tag, record))).collect();
    for some in tags.chunks(ROWS) {
        let sql =
            format!("insert into record_tags (book_id, tag_key, tag, day, record_id) values {}", values(some.len(), 4));
        let mut query = tx.query_of(FixedFragments(sql)).bind(book.0);
        for (tag, record) in some {
            query = query.bind(name_key(tag).into_bytes()).bind((*tag).clone()).bind(record.day).bind(record.id.0);
        }
        query.execute().await?;
    }
    for record in records {
        parts::index(tx, book, None, Some(record)).await?;
    }
    Ok(())
}

async fn insert_records(tx: &mut Tx, book: BookId, records: &[Record]) -> Result<()> {
    let sql = format!(
        "insert into records (book_id, id, kind, day, minor, currency, account_id, to_account_id, category_id, payee, note, tags, words, revision,
            home, rate, rate_day, received, received_currency, parts, refund_of)
         values {}",
        values(records.len(), 20)
    );
    let mut query = tx.query_of(FixedFragments(sql)).bind(book.0);
    for record in records {
        query = query
            .bind(record.id.0)
            .bind(record.kind().word())
            .bind(record.day)
            .bind(record.amount.minor)
            .bind(record.amount.currency.code())
            .bind(record.account.0)
            .bind(record.flow.to_account().map(|id| id.0))
            .bind(record.flow.category().map(|id| id.0))
            .bind(record.payee.clone())
            .bind(record.note.clone())
            .bind(json(&record.tags)?)
            .bind(search::line(record))
            .bind(record.revision)
            .bind(record.home)
            .bind(record.rate.map(|rate| i64::from(rate.rate)))
            .bind(record.rate.map(|rate| rate.on))
            .bind(record.received.map(|came| came.minor))
            .bind(record.received.map(|came| came.currency.code()))
            .bind(json(&record.parts)?)
            .bind(record.flow.refund_of().map(|id| id.0));
    }
    query.execute().await?;
    Ok(())
}

/// `($1, $2, $3), ($1, $4, $5)`: `rows` times the book and `columns` values of its own.
fn values(rows: usize, columns: usize) -> String {
    use std::fmt::Write;
    let mut text = String::with_capacity(rows * columns * 7);
    for row in 0..rows {
        text.push_str(if row == 0 { "($1" } else { ", ($1" });
        for column in 0..columns {
            let _ = write!(text, ", ${}", row * columns + column + 2);
        }
        text.push(')');
    }
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn each_row_has_the_book_and_values_of_its_own() {
        assert_eq!(super::values(2, 2), "($1, $2, $3), ($1, $4, $5)");
    }
}
