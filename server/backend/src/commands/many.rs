//! Many records changed at once, in one write, and that taken back.

use std::collections::BTreeSet;

use ledger::Changes;
use ledger::bulk::{Edit, Edited, Kept, MOST};
use ledger::id::{BookId, RecordId};
use ledger::records::Record;

use super::{Head, finish, may_write, next_revision, one};
use crate::rows::{json, list};
use crate::{Backend, Error, Member, Result, Tx, carries, records, window};

/// Does the same to each of the records that are still there, and tells which stay as they are.
pub async fn edit(backend: &Backend, member: &Member, ids: &BTreeSet<RecordId>, edit: &Edit) -> Result<Edited> {
    may_write(member)?;
    if ids.len() > MOST {
        return Err(Error::invalid("", format!("Choose at most {MOST} records at once")));
    }
    let mut tx = backend.db.write().await?;
    let head = next_revision(&mut tx, member.book()).await?;
    let book = window::nouns(&mut tx, member).await?;
    let ids: Vec<RecordId> = ids.iter().copied().collect();
    let found = here(&mut tx, member.book(), &ids).await?;
    let plan = edit.plan(&found, &book)?;
    let Some((command, kept)) = plan.command else {
        return Ok(Edited { changes: unchanged(head), changed: 0, stay: plan.stay });
    };
    let mut done = Box::pin(one(&mut tx, backend, member, head, &command)).await?;
    Box::pin(carries::tell(&mut tx, backend, member, &mut done.changes)).await?;
    keep(&mut tx, backend, member.book(), head.revision, &kept).await?;
    tx.commit().await?;
    if done.wrote_letter {
        backend.wake_outbox();
    }
    Ok(Edited { changes: done.changes, changed: kept.ids().len(), stay: plan.stay })
}

/// Takes the edit back that `revision` wrote, but for the records that were changed or deleted since; answers how
/// many those are.
pub async fn undo(backend: &Backend, member: &Member, revision: i64) -> Result<(Changes, usize)> {
    may_write(member)?;
    let mut tx = backend.db.write().await?;
    let head = next_revision(&mut tx, member.book()).await?;
    let sql = "select kept from record_edits where book_id = $1 and revision = $2";
    let row: Option<(String,)> = tx.query(sql).bind(member.book().0).bind(revision).optional().await?;
    let kept: Kept = list(&row.ok_or(Error::NotFound)?.0)?;
    let found = here(&mut tx, member.book(), &kept.ids()).await?;
    let (command, left) = kept.put_back(revision, &found);
    let changes = match command {
        Some(command) => finish(tx, backend, member, head, &command).await?,
        None => unchanged(head),
    };
    Ok((changes, left))
}

async fn keep(tx: &mut Tx, backend: &Backend, book: BookId, revision: i64, kept: &Kept) -> Result<()> {
    tx.query("insert into record_edits (book_id, revision, kept, made_at) values ($1, $2, $3, $4)")
        .bind(book.0)
        .bind(revision)
        .bind(json(kept)?)
        .bind(backend.clock.now())
        .execute()
        .await?;
    Ok(())
}

/// Those that are not deleted.
async fn here(tx: &mut Tx, book: BookId, ids: &[RecordId]) -> Result<Vec<Record>> {
    let found = records::stored_of(tx, book, ids).await?;
    Ok(found.into_iter().filter(|stored| !stored.deleted).map(|stored| stored.record).collect())
}

fn unchanged(head: Head) -> Changes {
    Changes { revision: head.revision - 1, ..Changes::default() }
}
