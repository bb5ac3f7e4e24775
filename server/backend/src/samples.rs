//! Samples: two months of somebody's records, bills and budgets, to try Expenso with before the first record. They are
//! marked where they are stored, so that all of them go again at once, and nothing else.

mod rows;

use ledger::bills::Bill;
use ledger::budgets::Budget;
use ledger::id::{BillId, BookId, BudgetId, RecordId};
use ledger::{Changes, Command};
use uuid::Uuid;

use crate::dice::Dice;
use crate::{Backend, Error, Member, Result, Tx, bills, budgets, bulk, commands, window};

/// Fills a book that holds nothing yet. They raise no alerts and send no reminders.
///
/// # Errors
/// A conflict when something is recorded already: the samples would lie among it.
pub async fn begin(backend: &Backend, member: &Member) -> Result<()> {
    if !member.role().may_write() {
        return Err(Error::Forbidden);
    }
    let id = member.book();
    let mut tx = backend.db.write().await?;
    let first = commands::next_revision(&mut tx, id).await?.revision;
    if is_begun(&mut tx, id).await? {
        return Err(Error::Conflict("There is something in this book already. Samples are for an empty one.".into()));
    }
    let book = window::nouns(&mut tx, member).await?;
    let samples = rows::samples(&book, member.today(&backend.clock), &mut Dice(rand::random()));
    let Some((mut records, planned_bills, limits)) = samples else {
        return Err(Error::Conflict("Add an account first, and then try the samples.".into()));
    };
    bulk::insert(&mut tx, id, &mut records).await?;
    for bill in planned_bills {
        bills::put(&mut tx, id, &Bill { revision: first, ..bill }).await?;
    }
    for budget in limits {
        budgets::put(&mut tx, id, &Budget { revision: first, ..budget }).await?;
    }
    for sql in [
        "update records set sample = true where book_id = $1 and revision >= $2",
        "update bills set sample = true where book_id = $1 and revision >= $2",
        "update budgets set sample = true where book_id = $1 and revision >= $2",
        "update books set has_samples = true where id = $1 and revision >= $2",
    ] {
        tx.query(sql).bind(id.0).bind(first).execute().await?;
    }
    gone(&mut tx, id, None).await?;
    tx.commit().await
}

/// Throws all samples away, with the payments of sample bills. Whatever else was entered stays as it is.
pub async fn end(backend: &Backend, member: &Member) -> Result<Changes> {
    let mut tx = backend.db.read().await?;
    let mut deletions = Vec::new();
    let records = "select id from records where book_id = $1 and sample and not deleted
                   union select s.record_id from settlements s
                    join bills b on b.book_id = s.book_id and b.id = s.bill_id
                    where b.book_id = $1 and b.sample and s.record_id is not null and not s.deleted";
    deletions.extend(ids(&mut tx, member, records).await?.map(|id| Command::DeleteRecord(RecordId(id))));
    let bills = "select id from bills where book_id = $1 and sample and not deleted";
    deletions.extend(ids(&mut tx, member, bills).await?.map(|id| Command::DeleteBill(BillId(id))));
    let budgets = "select id from budgets where book_id = $1 and sample and not deleted";
    deletions.extend(ids(&mut tx, member, budgets).await?.map(|id| Command::DeleteBudget(BudgetId(id))));
    drop(tx);
    let count = i64::try_from(deletions.len()).map_err(Error::internal)?;
    let changes = commands::run_many(backend, member, deletions).await?;
    let mut tx = backend.db.write().await?;
    tx.query("update books set has_samples = false where id = $1").bind(member.book().0).execute().await?;
    // Thrown away twice, it is the first time that can be taken back.
    if count > 0 {
        gone(&mut tx, member.book(), Some((changes.revision - count, changes.revision))).await?;
    }
    tx.commit().await?;
    Ok(changes)
}

/// Brings back what [`end`] threw away last.
///
/// # Errors
/// A conflict when nothing is left of it.
pub async fn restore(backend: &Backend, member: &Member) -> Result<Changes> {
    let mut tx = backend.db.read().await?;
    let known = "select samples_gone_after, samples_gone_at from books where id = $1";
    let (Some(after), Some(at)) = tx.query(known).bind(member.book().0).one::<(Option<i64>, Option<i64>)>().await?
    else {
        return Err(Error::Conflict("The samples are gone for good.".into()));
    };
    let mut restored = Vec::new();
    let bills = "select id from bills where book_id = $1 and deleted and revision > $2 and revision <= $3";
    restored.extend(gone_ids(&mut tx, member, bills, after, at).await?.map(|id| Command::RestoreBill(BillId(id))));
    let records = "select id from records where book_id = $1 and deleted and revision > $2 and revision <= $3";
    restored
        .extend(gone_ids(&mut tx, member, records, after, at).await?.map(|id| Command::RestoreRecord(RecordId(id))));
    // Last: what comes back raises no alerts of theirs.
    let budgets = "select id from budgets where book_id = $1 and deleted and revision > $2 and revision <= $3";
    restored
        .extend(gone_ids(&mut tx, member, budgets, after, at).await?.map(|id| Command::RestoreBudget(BudgetId(id))));
    drop(tx);
    let changes = commands::run_many(backend, member, restored).await?;
    let mut tx = backend.db.write().await?;
    tx.query("update books set has_samples = true where id = $1").bind(member.book().0).execute().await?;
    gone(&mut tx, member.book(), None).await?;
    tx.commit().await?;
    Ok(changes)
}

/// Notes the revisions in which the samples went: after the first, up to the second.
async fn gone(tx: &mut Tx, book: BookId, between: Option<(i64, i64)>) -> Result<()> {
    tx.query("update books set samples_gone_after = $2, samples_gone_at = $3 where id = $1")
        .bind(book.0)
        .bind(between.map(|(after, _)| after))
        .bind(between.map(|(_, at)| at))
        .execute()
        .await?;
    Ok(())
}

async fn gone_ids(
    tx: &mut Tx,
    member: &Member,
    sql: &'static str,
    after: i64,
    at: i64,
) -> Result<impl Iterator<Item = Uuid> + use<>> {
    let found: Vec<(Uuid,)> = tx.query(sql).bind(member.book().0).bind(after).bind(at).all().await?;
    Ok(found.into_iter().map(|(id,)| id))
}

async fn ids(tx: &mut Tx, member: &Member, sql: &'static str) -> Result<impl Iterator<Item = Uuid> + use<>> {
    let found: Vec<(Uuid,)> = tx.query(sql).bind(member.book().0).all().await?;
    Ok(found.into_iter().map(|(id,)| id))
}

/// Whether the book holds anything now.
async fn is_begun(tx: &mut Tx, book: BookId) -> Result<bool> {
    let sql = "select exists (select 1 from records where book_id = $1 and not deleted)
                   or exists (select 1 from bills where book_id = $1 and not deleted)
                   or exists (select 1 from budgets where book_id = $1 and not deleted)";
    Ok(tx.query(sql).bind(book.0).one::<(bool,)>().await?.0)
}

/// Removes what is left of samples that were thrown away, so that undo brings none of them back.
pub(crate) async fn forget(tx: &mut Tx, book: BookId) -> Result<()> {
    gone(tx, book, None).await?;
    for sql in [
        "delete from records where book_id = $1 and sample and deleted",
        "delete from bills where book_id = $1 and sample and deleted",
        "delete from budgets where book_id = $1 and sample and deleted",
    ] {
        tx.query(sql).bind(book.0).execute().await?;
    }
    Ok(())
}
