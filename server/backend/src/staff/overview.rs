//! How the installation does: its people, its letters, its jobs.

use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use ledger::id::UserId;
use ledger::staff::{Deed, Rank};
use uuid::Uuid;

use super::{Act, By, Staff, begin, help};
use crate::{Backend, Error, Result};

/// Messages that a page shows.
const SHOWN: i64 = 20;
/// What is called lately.
const LATELY: TimeDelta = TimeDelta::days(30);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    pub people: i64,
    /// Within thirty days.
    pub new: i64,
    /// People who used it within thirty days.
    pub active: i64,
    pub suspended: i64,
    pub leaving: i64,
    pub books: i64,
    /// Requests for help that wait for an answer.
    pub requests: i64,
    /// `SQLite` or `PostgreSQL`.
    pub engine: &'static str,
    pub bytes: i64,
    /// How long the database took to answer all of this, in milliseconds.
    pub answered_in: u128,
    /// Messages that wait, and since when the first of them is due.
    pub waiting: i64,
    pub due_since: Option<DateTime<Utc>>,
    /// Within a day.
    pub sent: i64,
    /// Those that could not be sent, the newest first.
    pub failed: Vec<Failed>,
    pub jobs: Vec<Job>,
}

/// A message that fails, or that was given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failed {
    pub id: Uuid,
    pub kind: String,
    pub to: Option<UserId>,
    pub at: DateTime<Utc>,
    pub tries: i64,
    pub why: String,
    /// Whether it is not tried again by itself.
    pub given_up: bool,
}

#[derive(sqlx::FromRow)]
struct FailedRow {
    id: Uuid,
    kind: String,
    for_user: Option<Uuid>,
    at: DateTime<Utc>,
    tries: i64,
    last_error: Option<String>,
}

impl FailedRow {
    fn read(self, given_up: bool) -> Failed {
        let (to, why) = (self.for_user.map(UserId), self.last_error.unwrap_or_default());
        Failed { id: self.id, kind: self.kind, to, at: self.at, tries: self.tries, why, given_up }
    }
}

/// Something that the worker does again and again.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Job {
    pub name: String,
    pub ran_at: DateTime<Utc>,
    /// Why it failed; empty where it went well.
    pub failed: String,
}

/// Everything at one moment.
pub async fn overview(backend: &Backend, staff: &Staff) -> Result<Overview> {
    staff.must(Rank::Admin)?;
    let (now, begun) = (backend.clock.now(), Instant::now());
    let mut tx = backend.db.read().await?;
    let (people, new, active, suspended, leaving, books) = tx
        .query(
            "select (select count(*) from users), (select count(*) from users where created_at > $1),
                (select count(distinct user_id) from sessions where last_used_at > $1),
                (select count(*) from users where suspended_at is not null),
                (select count(*) from users where leaves_at is not null), (select count(*) from books)",
        )
        .bind(now - LATELY)
        .one::<(i64, i64, i64, i64, i64, i64)>()
        .await?;
    let (waiting,) =
        tx.query("select count(*) from outbox where sent_at is null and parked_at is null").one::<(i64,)>().await?;
    let due_since = tx
        .query("select due_at from outbox where sent_at is null and parked_at is null and due_at <= $1 order by due_at limit 1")
        .bind(now)
        .optional::<(DateTime<Utc>,)>()
        .await?;
    let (sent,) = tx
        .query("select count(*) from outbox where sent_at is not null and sent_at > $1")
        .bind(now - TimeDelta::days(1))
        .one::<(i64,)>()
        .await?;
    let trying: Vec<FailedRow> = tx
        .query(
            "select id, kind, for_user, due_at as at, tries, last_error from outbox
             where sent_at is null and parked_at is null and tries > 0 order by due_at limit $1",
        )
        .bind(SHOWN)
        .all()
        .await?;
    let parked: Vec<FailedRow> = tx
        .query(
            "select id, kind, for_user, parked_at as at, tries, last_error from outbox
             where parked_at is not null and sent_at is null and waits_for is null order by parked_at desc limit $1",
        )
        .bind(SHOWN)
        .all()
        .await?;
    let jobs = tx.query("select name, ran_at, failed from jobs order by name").all().await?;
    let requests = help::open(&mut tx).await?;
    let (engine, bytes) = tx.size().await?;
    let failed = trying.into_iter().map(|row| row.read(false)).chain(parked.into_iter().map(|row| row.read(true)));
    Ok(Overview {
        people,
        new,
        active,
        suspended,
        leaving,
        books,
        requests,
        engine,
        bytes,
        answered_in: begun.elapsed().as_millis(),
        waiting,
        due_since: due_since.map(|(at,)| at),
        sent,
        failed: failed.collect(),
        jobs,
    })
}

/// Sends a message again that was given up, as if it were new.
///
/// # Errors
/// [`Error::Conflict`] where it was sent meanwhile, or waits for its address to be confirmed.
pub async fn retry(backend: &Backend, staff: &Staff, message: Uuid) -> Result<()> {
    let detail = message.to_string();
    let act = Act { deed: Deed::Retry, about: None, detail: &detail, why: "" };
    let mut tx = begin(backend, By::Staff(staff), act).await?;
    let again = tx
        .query(
            "update outbox set parked_at = null, created_at = $1, due_at = $1, tries = 0, claimed_until = null, last_error = null
             where id = $2 and sent_at is null and waits_for is null",
        )
        .bind(backend.clock.now())
        .bind(message)
        .execute()
        .await?;
    if again == 0 {
        return Err(Error::Conflict("This was sent already, or waits for its address to be confirmed".into()));
    }
    tx.commit().await?;
    backend.wake_outbox();
    Ok(())
}
