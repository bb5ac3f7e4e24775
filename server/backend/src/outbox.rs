//! The outbox: what must be sent, written in the transaction that caused it and sent after its commit.
//!
//! A row is claimed for a short time by one worker, which renews the claim while the letter is under way,
//! and then marked as sent, put off, or parked. A worker that dies leaves its claim to lapse. So a letter
//! is sent at least once; its key makes a second one recognisable where the provider can.

mod waiting;

use chrono::{DateTime, TimeDelta, Utc};
use ledger::id::{BookId, UserId};
use uuid::Uuid;

use crate::{Backend, Clock, Result, Tx};

pub use waiting::park_until_confirmed;
pub(crate) use waiting::release;

/// How long a worker keeps a row to itself unless it [renews](renew) the claim.
const CLAIM: TimeDelta = TimeDelta::seconds(30);
/// How old a row may be when it fails and is still tried again: longer than any provider is down.
const LIFETIME: TimeDelta = TimeDelta::days(3);
/// The wait after the first failure, in milliseconds; it doubles with each further one.
const FIRST_WAIT: i64 = 4_000;
/// The longest wait, in milliseconds.
const LONGEST_WAIT: i64 = 3_600_000;

/// A message to be sent.
pub struct Push {
    /// Names the message: a second one with the same key is not written.
    pub key: String,
    pub kind: &'static str,
    /// Whose book it is about: it goes with the book.
    pub book: Option<BookId>,
    /// Whom it is for, if anybody alone: it goes with them.
    pub user: Option<UserId>,
    /// Never a secret and never more than the worker needs.
    pub payload: serde_json::Value,
    /// Not before this instant.
    pub due: DateTime<Utc>,
}

/// Writes a message; `false` when its key was there already. After the commit call
/// [`Backend::wake_outbox`].
pub async fn push(tx: &mut Tx, clock: &Clock, push: Push) -> Result<bool> {
    let rows = tx
        .query(
            "insert into outbox (id, key, kind, book_id, payload, created_at, due_at, for_user)
             values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (key) do nothing",
        )
        .bind(clock.new_id())
        .bind(push.key)
        .bind(push.kind)
        .bind(push.book.map(|book| book.0))
        .bind(push.payload.to_string())
        .bind(clock.now())
        .bind(push.due)
        .bind(push.user.map(|user| user.0))
        .execute()
        .await?;
    Ok(rows == 1)
}

/// Whether a message with this key was written before; for as long as the outbox keeps it.
pub(crate) async fn is_known(tx: &mut Tx, key: &str) -> Result<bool> {
    let sql = "select count(*) from outbox where key = $1";
    Ok(tx.query(sql).bind(key.to_owned()).one::<(i64,)>().await?.0 > 0)
}

/// A message that this worker has to itself for a short time.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Claimed {
    pub id: Uuid,
    pub key: String,
    pub kind: String,
    pub book_id: Option<Uuid>,
    pub payload: String,
    /// Those that failed. A claim that lapsed is none: nobody knows whether the provider was asked.
    pub tries: i64,
    pub created_at: DateTime<Utc>,
}

/// Takes up to `most` messages that are due.
pub async fn claim(backend: &Backend, most: u32) -> Result<Vec<Claimed>> {
    let now = backend.clock.now();
    let mut tx = backend.db.write().await?;
    // The conditions stand twice: of two workers who found the same row, the later looks again.
    let claimed = tx
        .query(
            "update outbox set claimed_until = $1
             where id in (
                select id from outbox
                where sent_at is null and parked_at is null and due_at <= $2
                  and (claimed_until is null or claimed_until <= $2)
                order by due_at limit $3)
               and sent_at is null and parked_at is null and (claimed_until is null or claimed_until <= $2)
             returning id, key, kind, book_id, payload, tries, created_at",
        )
        .bind(now + CLAIM)
        .bind(now)
        .bind(i64::from(most))
        .all()
        .await?;
    tx.commit().await?;
    Ok(claimed)
}

/// Keeps the message for another while: it is still being delivered.
pub async fn renew(backend: &Backend, id: Uuid) -> Result<()> {
    let mut tx = backend.db.write().await?;
    tx.query("update outbox set claimed_until = $1 where id = $2 and claimed_until is not null")
        .bind(backend.clock.now() + CLAIM)
        .bind(id)
        .execute()
        .await?;
    tx.commit().await
}

/// When the next message is due, if any waits; that of a claimed one is the end of its claim.
pub async fn next_due(backend: &Backend) -> Result<Option<DateTime<Utc>>> {
    let mut tx = backend.db.read().await?;
    // Two looks at two small indexes: those that wait in order, and the few that are being delivered.
    let waiting = tx
        .query(
            "select due_at from outbox where sent_at is null and parked_at is null and claimed_until is null
             order by due_at limit 1",
        )
        .optional::<(DateTime<Utc>,)>()
        .await?;
    let claimed = tx
        .query(
            "select due_at, claimed_until from outbox
             where claimed_until is not null and sent_at is null and parked_at is null",
        )
        .all::<(DateTime<Utc>, DateTime<Utc>)>()
        .await?;
    let lapse = claimed.into_iter().map(|(due, until)| due.max(until));
    Ok(waiting.into_iter().map(|(due,)| due).chain(lapse).min())
}

/// It is sent, and nothing remains of what it said.
pub async fn mark_sent(backend: &Backend, id: Uuid) -> Result<()> {
    let mut tx = backend.db.write().await?;
    tx.query("update outbox set sent_at = $1, payload = '{}', claimed_until = null, last_error = null where id = $2")
        .bind(backend.clock.now())
        .bind(id)
        .execute()
        .await?;
    tx.commit().await
}

/// It could not be sent: tried again after a wait that doubles up to an hour, not before `at_least`, and parked
/// when it is three days old. Answers when it is tried again, if it is.
pub async fn retry_later(
    backend: &Backend,
    message: &Claimed,
    why: &str,
    at_least: TimeDelta,
) -> Result<Option<DateTime<Utc>>> {
    let now = backend.clock.now();
    if now - message.created_at >= LIFETIME {
        park(backend, message.id, why).await?;
        return Ok(None);
    }
    let due = now + wait(message.tries, rand::random()).max(at_least);
    let mut tx = backend.db.write().await?;
    tx.query(
        "update outbox set due_at = $1, tries = tries + 1, claimed_until = null, last_error = $2
         where id = $3 and sent_at is null",
    )
    .bind(due)
    .bind(why)
    .bind(message.id)
    .execute()
    .await?;
    tx.commit().await?;
    Ok(Some(due))
}

/// It will not be sent, for this reason.
pub async fn park(backend: &Backend, id: Uuid, why: &str) -> Result<()> {
    let mut tx = backend.db.write().await?;
    tx.query(
        "update outbox set parked_at = $1, claimed_until = null, last_error = $2 where id = $3 and sent_at is null",
    )
    .bind(backend.clock.now())
    .bind(why)
    .bind(id)
    .execute()
    .await?;
    tx.commit().await
}

/// The wait after a failure that `failed` others came before; `jitter` moves it by up to a quarter either way.
fn wait(failed: i64, jitter: u8) -> TimeDelta {
    let doubled = FIRST_WAIT << failed.clamp(0, 20);
    let base = doubled.min(LONGEST_WAIT);
    TimeDelta::milliseconds(base + base * (i64::from(jitter) - 128) / 512)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_with_jitter_and_have_an_end() {
        assert_eq!(wait(0, 128), TimeDelta::seconds(4));
        assert_eq!(wait(2, 128), TimeDelta::seconds(16));
        assert_eq!(wait(2, 0), TimeDelta::seconds(12));
        assert!(wait(0, 255) < TimeDelta::seconds(5));
        assert!(wait(40, 255) <= TimeDelta::minutes(75));
    }
}
