//! What budgets and envelopes carry into a day: all the days before it, however long ago, folded by the rules of `ledger`.
//!
//! ```text
//! totals, limits, plans ─fold, a year at a time─► Mark ─► carries (the table) ─► Openings of a window
//! a write ─forget─► no marks of later days ─tell─► the openings that hold now
//! ```
//! A mark is kept for each year and for the day that windows begin with, so that a page costs the same however long the
//! history is. Marks follow from other rows: without any of them all comes out the same.

mod fold;
mod marks;

use chrono::{Days, NaiveDate};
use ledger::budgets::Budget;
use ledger::command::Deleted;
use ledger::id::BookId;
use ledger::openings::{Opening, Openings};
use ledger::{Book, Changes};

use crate::{Backend, Member, Result, Tx, budgets, categories, commands, envelopes};

pub(crate) use fold::merged as into_merged;
pub(crate) use marks::Mark;

/// What a budget carries into its period that begins on `start`; `None` where no period leaves anything to it. `nouns` has
/// the categories.
pub(crate) async fn into(
    tx: &mut Tx,
    id: BookId,
    nouns: &Book,
    budget: &Budget,
    start: NaiveDate,
) -> Result<Option<Opening>> {
    fold::budget(tx, id, nouns, budget, start, &mut Vec::new()).await
}

/// What is carried into the days of a window, and the marks that were not kept yet. `nouns` has the categories and the
/// planned income.
pub(crate) async fn openings(
    tx: &mut Tx,
    id: BookId,
    nouns: &Book,
    all: &[Budget],
    today: NaiveDate,
) -> Result<(Openings, Vec<Mark>)> {
    let (mut openings, mut fresh) = (Openings::default(), Vec::new());
    for budget in all.iter().filter(|budget| budget.rolls_over().is_some()) {
        let start = ledger::window::looks_from(budget, today, nouns.week_start);
        let opening = fold::budget(tx, id, nouns, budget, start, &mut fresh).await?;
        openings.budgets.extend(opening.map(|opening| (budget.id, opening)));
    }
    let month = ledger::window::days(today).start;
    openings.envelopes = Some(fold::envelopes(tx, id, nouns, month, &mut fresh).await?);
    Ok((openings, fresh))
}

/// Keeps marks that a transaction worked out which could not write, unless the book was written to since.
pub(crate) async fn keep(backend: &Backend, id: BookId, revision: i64, fresh: &[Mark]) -> Result<()> {
    if fresh.is_empty() {
        return Ok(());
    }
    let mut tx = backend.db.write().await?;
    // Waits for a write that is under way, which takes the next number.
    let sql = "update books set revision = revision where id = $1 and revision = $2";
    if tx.query(sql).bind(id.0).bind(revision).execute().await? == 0 {
        return tx.rollback().await;
    }
    marks::put(&mut tx, id, fresh).await?;
    tx.commit().await
}

/// Tells what is carried now, where a write could have moved it.
pub(crate) async fn tell(tx: &mut Tx, backend: &Backend, member: &Member, changes: &mut Changes) -> Result<()> {
    let id = member.book();
    if let Some((openings, fresh)) = moved(tx, id, member.today(&backend.clock), changes).await? {
        marks::put(tx, id, &fresh).await?;
        changes.openings = Some(openings);
    }
    Ok(())
}

/// Deletes the marks that follow from what a write changed: before the next one reads them.
pub(crate) async fn forget(tx: &mut Tx, id: BookId, changes: &Changes) -> Result<()> {
    let merged = changes.deleted.iter().any(|gone| matches!(gone, Deleted::Category(_)));
    if changes.reload || merged || !changes.categories.is_empty() {
        return forget_all(tx, id).await;
    }
    let gone = changes.deleted.iter().filter_map(|gone| match gone {
        Deleted::Budget(budget) => Some(*budget),
        _ => None,
    });
    for budget in changes.budgets.iter().map(|budget| budget.id).chain(gone) {
        marks::forget_subject(tx, id, budget.0).await?;
    }
    if let Some(first) = changes.first_counted() {
        marks::forget_after(tx, id, first).await?;
    }
    Ok(())
}

/// Deletes all marks of a book.
pub(crate) async fn forget_all(tx: &mut Tx, id: BookId) -> Result<()> {
    tx.query("delete from carries where book_id = $1").bind(id.0).execute().await?;
    Ok(())
}

/// What is carried into the days of a window now, where changes could have moved any of it for somebody; and the marks that
/// were not kept yet.
pub(crate) async fn moved(
    tx: &mut Tx,
    id: BookId,
    today: NaiveDate,
    changes: &Changes,
) -> Result<Option<(Openings, Vec<Mark>)>> {
    // Every window holds the days from here on.
    if !changes.can_move_openings(today) {
        return Ok(None);
    }
    // Where another member lives it may be tomorrow already.
    let latest = today.checked_add_days(Days::new(1)).unwrap_or(today);
    let mut all = budgets::all(tx, id).await?;
    all.retain(|budget| budget.rolls_over().is_some());
    let head = commands::head(tx, id).await?;
    let starts = all.iter().map(|budget| ledger::window::looks_from(budget, latest, head.week_start));
    let month = envelopes::first_month(tx, id).await?.map(|_| ledger::window::days(latest).start);
    let last = starts.chain(month).max();
    if last.is_none_or(|last| !changes.can_move_openings(last)) {
        return Ok(None);
    }
    let mut nouns = Book::new(head.home, head.week_start);
    nouns.planned_income = head.planned_income;
    nouns.categories = categories::all(tx, id).await?.into_iter().map(|category| (category.id, category)).collect();
    openings(tx, id, &nouns, &all, today).await.map(Some)
}
