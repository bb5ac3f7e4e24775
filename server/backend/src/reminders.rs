//! Reminders of bills: once for each due day, in the morning of whoever keeps the book, all of a morning in one letter.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, Utc};
use ledger::bills::Occurrence;
use ledger::id::{BillId, BookId, UserId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::clock::TimeZone;
use crate::outbox::{self, Push};
use crate::rows::{each, word};
use crate::{Backend, Result, Role, Tx, bills, morning};

/// What a letter reminds of. It says neither name nor amount: those of the moment when it is sent hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminder {
    pub user: UserId,
    pub book: BookId,
    pub bills: Vec<(BillId, NaiveDate)>,
}

#[derive(sqlx::FromRow)]
struct WantedRow {
    book_id: Uuid,
    id: Uuid,
    next_due: NaiveDate,
    remind_on: NaiveDate,
    user_id: Uuid,
    time_zone: String,
}

impl WantedRow {
    /// The morning that it is where the person lives, if the reminder is wanted by then.
    fn morning(&self, now: DateTime<Utc>) -> Option<NaiveDate> {
        let zone: TimeZone = self.time_zone.parse().unwrap_or(TimeZone::UTC);
        morning::at(now, zone).filter(|day| self.remind_on <= *day)
    }
}

/// Writes the letters of all mornings that it is now. Cheap where there are none: only bills with a reminder
/// that is wanted and was not told are looked at.
pub async fn write(backend: &Backend) -> Result<()> {
    let now = backend.clock.now();
    let mut letters: BTreeMap<(BookId, NaiveDate), Reminder> = BTreeMap::new();
    for row in wanted(backend, now).await? {
        if let Some(morning) = row.morning(now) {
            let (user, book) = (UserId(row.user_id), BookId(row.book_id));
            let letter = letters.entry((book, morning)).or_insert(Reminder { user, book, bills: Vec::new() });
            let bill = (BillId(row.id), row.next_due);
            // Each of several owners asks for it.
            if !letter.bills.contains(&bill) {
                letter.bills.push(bill);
            }
        }
    }
    let mut failed = None;
    for ((_, morning), reminder) in letters {
        match write_one(backend, &reminder, morning).await {
            Ok(true) => backend.wake_outbox(),
            Ok(false) => {}
            // One letter that cannot be written keeps nobody else's back.
            Err(error) => failed = Some(error),
        }
    }
    failed.map_or(Ok(()), Err)
}

async fn wanted(backend: &Backend, now: DateTime<Utc>) -> Result<Vec<WantedRow>> {
    // Somewhere it may be tomorrow already.
    let last = now.date_naive().checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX);
    let mut tx = backend.db.read().await?;
    tx.query(
        "select b.book_id, b.id, b.next_due, b.remind_on, m.user_id, u.time_zone
         from bills b join members m on m.book_id = b.book_id join users u on u.id = m.user_id
         where b.remind_on is not null and not b.deleted and b.remind_on <= $1 and b.next_due is not null
           and m.role = $2 and u.disabled_at is null
         order by b.next_due, b.id",
    )
    .bind(last)
    .bind(Role::Owner.as_str())
    .all()
    .await
}

/// The letters of one morning in a book, unless they were written before: what came too late for them waits for the
/// next. Everybody who may pay a bill gets one, in the morning of the owner.
async fn write_one(backend: &Backend, reminder: &Reminder, morning: NaiveDate) -> Result<bool> {
    let mut tx = backend.db.write().await?;
    let mut is_new = false;
    for user in payers(&mut tx, reminder.book).await? {
        let its = Reminder { user, ..reminder.clone() };
        let key = format!("bill-reminder:{user}:{}:{morning}", reminder.book);
        let payload = serde_json::to_value(&its).map_err(crate::Error::internal)?;
        let (kind, book, due) = ("bill_reminder", Some(reminder.book), backend.clock.now());
        is_new |=
            outbox::push(&mut tx, &backend.clock, Push { key, kind, book, user: Some(user), payload, due }).await?;
    }
    if !is_new {
        return Ok(false);
    }
    for (bill, due) in &reminder.bills {
        tx.query(
            "update bills set remind_on = null, reminded = next_due where book_id = $1 and id = $2 and next_due = $3",
        )
        .bind(reminder.book.0)
        .bind(bill.0)
        .bind(*due)
        .execute()
        .await?;
    }
    tx.commit().await?;
    Ok(true)
}

async fn payers(tx: &mut Tx, book: BookId) -> Result<Vec<UserId>> {
    let rows: Vec<(Uuid, String)> = tx
        .query(
            "select m.user_id, m.role from members m join users u on u.id = m.user_id
             where m.book_id = $1 and u.disabled_at is null order by m.user_id",
        )
        .bind(book.0)
        .all()
        .await?;
    let roles = each(rows, |(user, role)| Ok((UserId(user), word::<Role>(&role)?)))?;
    Ok(roles.into_iter().filter(|(_, role)| role.may_write()).map(|(user, _)| user).collect())
}

/// What the letter still has to remind of, by name, the earliest first: nothing that was settled or deleted since.
pub async fn still_due(backend: &Backend, reminder: &Reminder) -> Result<Vec<(String, Occurrence)>> {
    let mut tx = backend.db.read().await?;
    let mut open = Vec::new();
    for (id, due) in &reminder.bills {
        let stored = bills::stored(&mut tx, reminder.book, *id).await?.filter(|(_, deleted)| !deleted);
        let bill = stored.map(|(bill, _)| bill).filter(|bill| bill.next_due == Some(*due));
        open.extend(bill.map(|bill| (bill.name.clone(), bill.occurrence(*due))));
    }
    open.sort_by_key(|(_, occurrence)| (occurrence.day, occurrence.bill));
    Ok(open)
}
