//! The marks as they are kept: of each budget, and of the envelopes of a book, at most one for each calendar year but the
//! ones that a longer fold came by.

use chrono::{Datelike, NaiveDate};
use ledger::envelopes::{Kept, Left};
use ledger::id::{BookId, BudgetId, CategoryId};
use ledger::openings::{LeftTo, Opening};
use uuid::Uuid;

use crate::{Result, Tx};

/// How far a fold came.
#[derive(Clone, Debug)]
pub(crate) enum Mark {
    Budget(BudgetId, Opening),
    Envelopes(LeftTo),
}

/// The subject of the envelopes of a book.
const ENVELOPES: Uuid = Uuid::nil();

/// Day, category, minor, given in, unassigned.
type Row = (NaiveDate, Uuid, i64, Option<NaiveDate>, Option<i64>);

impl Mark {
    fn subject(&self) -> Uuid {
        match self {
            Self::Budget(budget, _) => budget.0,
            Self::Envelopes(_) => ENVELOPES,
        }
    }

    fn day(&self) -> NaiveDate {
        match self {
            Self::Budget(_, opening) => opening.start,
            Self::Envelopes(opening) => opening.month,
        }
    }

    /// The first one stands for the whole, so that it is there where no envelope is.
    fn rows(&self) -> Vec<Row> {
        let whole = |minor, unassigned| (self.day(), CategoryId::NIL.0, minor, None, unassigned);
        match self {
            Self::Budget(_, opening) => vec![whole(opening.minor, None)],
            Self::Envelopes(LeftTo { left, .. }) => {
                let row = |(id, kept): (&CategoryId, &Kept)| (self.day(), id.0, kept.minor, Some(kept.given_in), None);
                let whole = whole(left.overspent, left.unassigned);
                std::iter::once(whole).chain(left.envelopes.iter().map(row)).collect()
            }
        }
    }
}

/// The last mark of a budget up to `day`.
pub(super) async fn of_budget(tx: &mut Tx, id: BookId, budget: BudgetId, day: NaiveDate) -> Result<Option<Opening>> {
    let rows = last(tx, id, budget.0, day).await?;
    Ok(rows.first().map(|(start, _, minor, ..)| Opening { start: *start, minor: *minor }))
}

/// The last mark of the envelopes up to `day`.
pub(super) async fn of_envelopes(tx: &mut Tx, id: BookId, day: NaiveDate) -> Result<Option<LeftTo>> {
    let rows = last(tx, id, ENVELOPES, day).await?;
    let Some((month, ..)) = rows.first().copied() else { return Ok(None) };
    let mut left = Left::default();
    for (_, category, minor, given_in, unassigned) in rows {
        if let Some(given_in) = given_in {
            left.envelopes.insert(CategoryId(category), Kept { minor, given_in });
        } else {
            (left.overspent, left.unassigned) = (minor, unassigned);
        }
    }
    Ok(Some(LeftTo { month, left }))
}

async fn last(tx: &mut Tx, id: BookId, subject: Uuid, day: NaiveDate) -> Result<Vec<Row>> {
    tx.query(
        "select day, category_id, minor, given_in, unassigned from carries where book_id = $1 and subject_id = $2 and day =
            (select max(day) from carries where book_id = $1 and subject_id = $2 and day <= $3)",
    )
    .bind(id.0)
    .bind(subject)
    .bind(day)
    .all()
    .await
}

/// Keeps marks, each in place of the earlier ones of its year.
pub(super) async fn put(tx: &mut Tx, id: BookId, fresh: &[Mark]) -> Result<()> {
    for mark in fresh {
        let (subject, day) = (mark.subject(), mark.day());
        tx.query("delete from carries where book_id = $1 and subject_id = $2 and day >= $3 and day <= $4")
            .bind(id.0)
            .bind(subject)
            .bind(day.with_ordinal(1).unwrap_or(day))
            .bind(day)
            .execute()
            .await?;
        for (day, category, minor, given_in, unassigned) in mark.rows() {
            tx.query(
                "insert into carries (book_id, subject_id, day, category_id, minor, given_in, unassigned)
                 values ($1, $2, $3, $4, $5, $6, $7)",
            )
            .bind(id.0)
            .bind(subject)
            .bind(day)
            .bind(category)
            .bind(minor)
            .bind(given_in)
            .bind(unassigned)
            .execute()
            .await?;
        }
    }
    Ok(())
}

pub(super) async fn forget_subject(tx: &mut Tx, id: BookId, subject: Uuid) -> Result<()> {
    tx.query("delete from carries where book_id = $1 and subject_id = $2").bind(id.0).bind(subject).execute().await?;
    Ok(())
}

/// Deletes what follows from `day`, among others.
pub(super) async fn forget_after(tx: &mut Tx, id: BookId, day: NaiveDate) -> Result<()> {
    tx.query("delete from carries where book_id = $1 and day > $2").bind(id.0).bind(day).execute().await?;
    Ok(())
}
