//! The words that a search finds, and the tags, of each record.

use ledger::filter::record_words;
use ledger::form::name_key;
use ledger::id::BookId;
use ledger::records::Record;

use crate::db::FixedFragments;
use crate::{Result, Tx};

/// Rows of one statement; full ones share their prepared text.
const ROWS: usize = 8;

/// All words of a record in one line, each behind a blank.
pub(crate) fn line(record: &Record) -> String {
    record_words(record).iter().fold(String::new(), |line, word| line + " " + word)
}

/// Brings the search rows from what a record was to what it is.
pub(crate) async fn index(tx: &mut Tx, book: BookId, before: Option<&Record>, after: Option<&Record>) -> Result<()> {
    let same_day = before.map(|record| record.day) == after.map(|record| record.day);
    let (old, new) = (before.map(record_words).unwrap_or_default(), after.map(record_words).unwrap_or_default());
    if let Some(record) = before {
        let gone: Vec<&String> = old.iter().filter(|word| !same_day || !new.contains(*word)).collect();
        for word in gone {
            tx.query("delete from record_words where book_id = $1 and word = $2 and day = $3 and record_id = $4")
                .bind(book.0)
                .bind(word.clone().into_bytes())
                .bind(record.day)
                .bind(record.id.0)
                .execute()
                .await?;
        }
    }
    if let Some(record) = after {
        let fresh: Vec<&String> = new.iter().filter(|word| !same_day || !old.contains(*word)).collect();
        for some in fresh.chunks(ROWS) {
            let rows: Vec<String> = (4..).take(some.len()).map(|n| format!("($1, ${n}, $2, $3)")).collect();
            let sql = format!("insert into record_words (book_id, word, day, record_id) values {}", rows.join(", "));
            let query = tx.query_of(FixedFragments(sql)).bind(book.0).bind(record.day).bind(record.id.0);
            some.iter().fold(query, |query, word| query.bind((*word).clone().into_bytes())).execute().await?;
        }
    }
    let unchanged = same_day && before.map(|record| &record.tags) == after.map(|record| &record.tags);
    if unchanged { Ok(()) } else { index_tags(tx, book, before, after).await }
}

async fn index_tags(tx: &mut Tx, book: BookId, before: Option<&Record>, after: Option<&Record>) -> Result<()> {
    if let Some(record) = before {
        for tag in &record.tags {
            tx.query("delete from record_tags where book_id = $1 and tag_key = $2 and day = $3 and record_id = $4")
                .bind(book.0)
                .bind(name_key(tag).into_bytes())
                .bind(record.day)
                .bind(record.id.0)
                .execute()
                .await?;
        }
    }
    if let Some(record) = after {
        for tag in &record.tags {
            tx.query("insert into record_tags (book_id, tag_key, tag, day, record_id) values ($1, $2, $3, $4, $5)")
                .bind(book.0)
                .bind(name_key(tag).into_bytes())
                .bind(tag.clone())
                .bind(record.day)
                .bind(record.id.0)
                .execute()
                .await?;
        }
    }
    Ok(())
}
