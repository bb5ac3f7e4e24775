//! Reminders of bills: once for each due day, whether those before it are settled or not, to everybody who may pay it in
//! their own morning, all of a morning in one letter.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use ledger::bills::{Bill, Occurrence};
use ledger::id::{BillId, BookId, UserId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::clock::TimeZone;
use crate::outbox::{self, Push};
use crate::rows::{each, word};
use crate::{Backend, Result, Role, Tx, bills, morning};

/// By how much a due day that was told may lie later than its bill reminds by now: both may have been edited.
const SLACK: TimeDelta = TimeDelta::days(31);

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
    remind_on: NaiveDate,
    time_zone: String,
    role: String,
}

impl WantedRow {
    /// The morning that it is where the person lives, if the reminder is wanted by then.
    fn morning(&self, now: DateTime<Utc>) -> Option<NaiveDate> {
        morning::at(now, zone(&self.time_zone)).filter(|day| self.remind_on <= *day)
    }
}

/// Writes the letters of all mornings that it is now. Cheap where there are none: only bills with a reminder
/// that is wanted and was not told are looked at.
pub async fn write(backend: &Backend) -> Result<()> {
    let now = backend.clock.now();
    let mut mornings: BTreeMap<(BookId, NaiveDate), BTreeSet<BillId>> = BTreeMap::new();
    for row in wanted(backend, now).await? {
        if let Some(morning) = row.morning(now) {
            // Where the day begins first it is asked for, perhaps by several.
            mornings.entry((BookId(row.book_id), morning)).or_default().insert(BillId(row.id));
        }
    }
    let mut failed = None;
    for ((book, morning), bills) in mornings {
        match write_one(backend, book, morning, &bills).await {
            Ok(true) => backend.wake_outbox(),
            Ok(false) => {}
            // One letter that cannot be written keeps nobody else's back.
            Err(error) => failed = Some(error),
        }
    }
    failed.map_or(Ok(()), Err)
}

fn zone(name: &str) -> TimeZone {
    name.parse().unwrap_or(TimeZone::UTC)
}

/// The bills of which one is wanted, with each person who may pay them.
async fn wanted(backend: &Backend, now: DateTime<Utc>) -> Result<Vec<WantedRow>> {
    // Somewhere it may be tomorrow already.
    let last = now.date_naive().checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX);
    let mut tx = backend.db.read().await?;
    let rows: Vec<WantedRow> = tx
        .query(
            "select b.book_id, b.id, b.remind_on, u.time_zone, m.role
         from bills b join members m on m.book_id = b.book_id join users u on u.id = m.user_id
         where b.remind_on is not null and not b.deleted and b.remind_on <= $1 and b.next_due is not null
           and u.disabled_at is null",
        )
        .bind(last)
        .all()
        .await?;
    let roles = each(rows, |row| Ok((word::<Role>(&row.role)?, row)))?;
    Ok(roles.into_iter().filter(|(role, _)| role.may_write()).map(|(_, row)| row).collect())
}

/// The letters of one morning in a book, unless they were written before: what came too late for them waits for the
/// next. Everybody who may pay a bill gets one when it is that morning where they live. False where there was none to
/// write.
async fn write_one(backend: &Backend, book: BookId, morning: NaiveDate, bills: &BTreeSet<BillId>) -> Result<bool> {
    let mut tx = backend.db.write().await?;
    let mut told = Vec::new();
    for bill in bills {
        told.extend(tell(&mut tx, book, *bill, morning).await?.into_iter().map(|due| (*bill, due)));
    }
    let mut is_new = told.is_empty();
    let payers = if told.is_empty() { Vec::new() } else { payers(&mut tx, book).await? };
    let now = backend.clock.now();
    for (user, zone) in payers {
        let key = format!("bill-reminder:{user}:{book}:{morning}");
        let its = Reminder { user, book, bills: told.clone() };
        let payload = serde_json::to_value(&its).map_err(crate::Error::internal)?;
        let (kind, due) = ("bill_reminder", morning::from(morning, now, zone).unwrap_or(now));
        let letter = Push { key, kind, book: Some(book), user: Some(user), payload, due };
        is_new |= outbox::push(&mut tx, &backend.clock, letter).await?;
    }
    if is_new {
        tx.commit().await?;
    }
    Ok(is_new && !told.is_empty())
}

/// The due days of a bill that this morning tells of, noted as told, with the day from which on the one after them is
/// wanted.
async fn tell(tx: &mut Tx, book: BookId, id: BillId, morning: NaiveDate) -> Result<Vec<NaiveDate>> {
    let Some((bill, false)) = bills::stored(tx, book, id).await? else { return Ok(Vec::new()) };
    let Some(next) = bill.next_due else { return Ok(Vec::new()) };
    let row: Option<(Option<NaiveDate>,)> = tx
        .query("select reminded from bills where book_id = $1 and id = $2")
        .bind(book.0)
        .bind(id.0)
        .optional()
        .await?;
    let mut told = row.and_then(|(reminded,)| reminded);
    let settled = bills::settled_from(tx, book, id, next).await?.into_iter().map(|settled| settled.due).collect();
    let mut dues = Vec::new();
    let mut following = bill.reminder_after(told, morning, &settled);
    while let Some((due, _)) = following.filter(|(_, from)| *from <= morning) {
        dues.push(due);
        told = Some(due);
        following = bill.reminder_after(told, morning, &settled);
    }
    tx.query("update bills set remind_on = $3, reminded = $4 where book_id = $1 and id = $2")
        .bind(book.0)
        .bind(id.0)
        .bind(following.map(|(_, from)| from))
        .bind(told)
        .execute()
        .await?;
    Ok(dues)
}

/// Due days that were told while the clock was ahead keep no day before them from being told: of each such bill, what was
/// to be told up to today counts as told, and all after it comes in its turn.
pub(crate) async fn let_go(tx: &mut Tx, now: DateTime<Utc>) -> Result<()> {
    let today = now.date_naive();
    let ahead: Vec<(Uuid, Uuid, NaiveDate, i64)> = tx
        .query(
            "select book_id, id, reminded, remind_days from bills
             where reminded > $1 and remind_days is not null and next_due is not null and not deleted",
        )
        .bind(today + SLACK)
        .all()
        .await?;
    for (book, id, reminded, days) in ahead {
        let told = today + TimeDelta::days(days);
        if reminded <= told + SLACK {
            continue;
        }
        tx.query("update bills set reminded = $3, remind_on = $4 where book_id = $1 and id = $2")
            .bind(book)
            .bind(id)
            .bind(told)
            .bind(today)
            .execute()
            .await?;
    }
    Ok(())
}

/// Who may pay a bill, and where the clocks are that they live by.
async fn payers(tx: &mut Tx, book: BookId) -> Result<Vec<(UserId, TimeZone)>> {
    let rows: Vec<(Uuid, String, String)> = tx
        .query(
            "select m.user_id, m.role, u.time_zone from members m join users u on u.id = m.user_id
             where m.book_id = $1 and u.disabled_at is null order by m.user_id",
        )
        .bind(book.0)
        .all()
        .await?;
    let members = each(rows, |(user, role, name)| Ok(((UserId(user), zone(&name)), word::<Role>(&role)?)))?;
    Ok(members.into_iter().filter(|(_, role)| role.may_write()).map(|(member, _)| member).collect())
}

/// What the letter still has to remind of, by name, the earliest first: nothing that was settled or deleted since.
pub async fn still_due(backend: &Backend, reminder: &Reminder) -> Result<Vec<(String, Occurrence)>> {
    let mut tx = backend.db.read().await?;
    let mut open = Vec::new();
    for (id, due) in &reminder.bills {
        let stored = bills::stored(&mut tx, reminder.book, *id).await?.filter(|(_, deleted)| !deleted);
        let is_due =
            |bill: &Bill| bill.next_due.is_some_and(|next| next <= *due) && bill.schedule().place_of(*due).is_some();
        let Some(bill) = stored.map(|(bill, _)| bill).filter(is_due) else { continue };
        let settled = bills::settled_from(&mut tx, reminder.book, *id, *due).await?;
        // An edit can make a settled day due again.
        if bill.next_due == Some(*due) || settled.iter().all(|settled| settled.due != *due) {
            open.push((bill.name.clone(), bill.occurrence(*due)));
        }
    }
    open.sort_by_key(|(_, occurrence)| (occurrence.day, occurrence.bill));
    Ok(open)
}
