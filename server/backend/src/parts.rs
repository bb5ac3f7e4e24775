//! The parts of split records, kept beside them to be found and summed by category.

use ledger::id::{BookId, CategoryId};
use ledger::records::Record;

use crate::{Result, Tx};

/// Brings the parts from what a record was to what it is.
pub(crate) async fn index(tx: &mut Tx, book: BookId, before: Option<&Record>, after: Option<&Record>) -> Result<()> {
    let rows = |record: Option<&Record>| {
        record.filter(|record| !record.parts.is_empty()).map(|record| (record.id, record.day, record.shares()))
    };
    let (old, new) = (rows(before), rows(after));
    if old == new {
        return Ok(());
    }
    if let Some((id, ..)) = old {
        let sql = "delete from record_parts where book_id = $1 and record_id = $2";
        tx.query(sql).bind(book.0).bind(id.0).execute().await?;
    }
    let Some((id, day, shares)) = new else { return Ok(()) };
    for (place, (category, minor, home)) in (0_i64..).zip(shares) {
        tx.query(
            "insert into record_parts (book_id, record_id, place, day, category_id, minor, home)
             values ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(book.0)
        .bind(id.0)
        .bind(place)
        .bind(day)
        .bind(category.unwrap_or(CategoryId::NIL).0)
        .bind(minor)
        .bind(home)
        .execute()
        .await?;
    }
    Ok(())
}
