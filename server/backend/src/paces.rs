//! The pace of budgets, judged once each morning of whoever keeps the book: an alert where one will not last.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use ledger::Command;
use ledger::id::{BookId, UserId};
use uuid::Uuid;

use crate::clock::TimeZone;
use crate::{Backend, Member, Result, Role, commands, morning};

/// By how much the day of one person is ahead of that of another. A budget that was judged later than so comes from a
/// clock that was ahead.
const AHEAD: TimeDelta = TimeDelta::days(1);

#[derive(sqlx::FromRow)]
struct WatchedRow {
    book_id: Uuid,
    user_id: Uuid,
    time_zone: String,
    paced_on: Option<NaiveDate>,
}

/// Judges the budgets of all books where it is morning. Cheap where that was done already.
pub async fn judge(backend: &Backend) -> Result<()> {
    let now = backend.clock.now();
    let mut books: BTreeMap<BookId, (Member, NaiveDate)> = BTreeMap::new();
    for row in watched(backend, now).await? {
        let zone: TimeZone = row.time_zone.parse().unwrap_or(TimeZone::UTC);
        let is_judged = |today: NaiveDate| row.paced_on.is_some_and(|day| today <= day && day - today <= AHEAD);
        if let Some(today) = morning::at(now, zone).filter(|today| !is_judged(*today)) {
            let book = BookId(row.book_id);
            books.insert(book, (Member::new(UserId(row.user_id), book, Role::Owner, zone), today));
        }
    }
    let mut failed = None;
    for (member, today) in books.into_values() {
        // A book that cannot be judged keeps no other one back.
        if let Err(error) = judge_one(backend, &member, today).await {
            failed = Some(error);
        }
    }
    failed.map_or(Ok(()), Err)
}

async fn watched(backend: &Backend, now: DateTime<Utc>) -> Result<Vec<WatchedRow>> {
    // Somewhere it may be tomorrow already.
    let last = now.date_naive().checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX);
    let mut tx = backend.db.read().await?;
    tx.query(
        "select b.book_id, m.user_id, u.time_zone, b.paced_on
         from budgets b join members m on m.book_id = b.book_id join users u on u.id = m.user_id
         where b.pace and not b.deleted and (b.paced_on is null or b.paced_on <> $1)
           and m.role = $2 and u.disabled_at is null",
    )
    .bind(last)
    .bind(Role::Owner.as_str())
    .all()
    .await
}

/// Done again after a failure between the two it tells nothing twice: each alert is kept once for its period.
async fn judge_one(backend: &Backend, member: &Member, today: NaiveDate) -> Result<()> {
    commands::run(backend, member, Command::JudgePace { today }).await?;
    let mut tx = backend.db.write().await?;
    tx.query("update budgets set paced_on = $2 where book_id = $1 and pace and not deleted")
        .bind(member.book().0)
        .bind(today)
        .execute()
        .await?;
    tx.commit().await
}
