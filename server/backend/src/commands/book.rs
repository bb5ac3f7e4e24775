//! The book's own row: its currency, its week, its plan, and the number of its newest write.

use chrono::Weekday;
use ledger::command::Deleted;
use ledger::id::BookId;
use ledger::{Book, Currency, Money};

use crate::rows::word;
use crate::{Error, Result, Tx};

/// What every write and every page of a book begins with.
#[derive(Clone, Copy)]
pub(crate) struct Head {
    pub revision: i64,
    pub home: Currency,
    pub week_start: Weekday,
    pub planned_income: Option<Money>,
}

type HeadRow = (i64, String, String, Option<i64>);

fn read(row: Option<HeadRow>) -> Result<Head> {
    let (revision, home, week_start, planned) = row.ok_or(Error::NotFound)?;
    let home = word(&home)?;
    let planned_income = planned.map(|minor| Money::new(minor, home));
    Ok(Head { revision, home, week_start: word(&week_start)?, planned_income })
}

pub(crate) async fn head(tx: &mut Tx, book: BookId) -> Result<Head> {
    let sql = "select revision, currency, week_start, planned_income from books where id = $1";
    read(tx.query(sql).bind(book.0).optional().await?)
}

/// Takes the number of the next write, and with it the book's lock until the transaction ends.
pub(crate) async fn next_revision(tx: &mut Tx, book: BookId) -> Result<Head> {
    let sql = "update books set revision = revision + 1 where id = $1
               returning revision, currency, week_start, planned_income";
    read(tx.query(sql).bind(book.0).optional().await?)
}

pub(crate) async fn set_revision(tx: &mut Tx, book: BookId, revision: i64) -> Result<()> {
    tx.query("update books set revision = $2 where id = $1").bind(book.0).bind(revision).execute().await?;
    Ok(())
}

/// Whether what was deleted is there again.
pub(super) fn holds(book: &Book, deleted: Deleted) -> bool {
    match deleted {
        Deleted::Record(id) => book.records.contains_key(&id),
        Deleted::Category(id) => book.categories.contains_key(&id),
        Deleted::Bill(id) => book.bills.contains_key(&id),
        Deleted::Budget(id) => book.budgets.contains_key(&id),
        Deleted::Settlement(bill, due) => book.settlements.contains_key(&(bill, due)),
        Deleted::Rate(currency, on) => book.rates.contains_key(&(currency, on)),
    }
}
