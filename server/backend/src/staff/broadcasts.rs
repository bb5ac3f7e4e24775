//! Letters to everybody whose address is confirmed: written once, looked at, sent once, addressed batch by batch.

use chrono::{DateTime, Utc};
use ledger::id::UserId;
use ledger::staff::{Deed, Rank};
use uuid::Uuid;

use super::{Act, By, Staff, begin};
use crate::outbox::{self, Push};
use crate::{Backend, Error, Result};

/// People of one transaction.
const BATCH: i64 = 200;
/// Letters that a page shows.
const SHOWN: i64 = 20;

/// A letter to everybody.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Broadcast {
    pub id: Uuid,
    pub made_at: DateTime<Utc>,
    pub subject: String,
    pub body: String,
    /// `None` while it is still being written.
    pub sent_at: Option<DateTime<Utc>>,
    /// People that it was addressed to so far.
    pub written: i64,
    pub done: bool,
}

macro_rules! broadcasts {
    ($rest:literal) => {
        concat!("select id, made_at, subject, body, sent_at, written, done from broadcasts ", $rest)
    };
}

/// The last ones, the newest first.
pub async fn broadcasts(backend: &Backend, staff: &Staff) -> Result<Vec<Broadcast>> {
    staff.must(Rank::Admin)?;
    let mut tx = backend.db.read().await?;
    tx.query(broadcasts!("order by id desc limit $1")).bind(SHOWN).all().await
}

/// One of them, and how many people it would go to.
///
/// # Errors
/// [`Error::NotFound`] where there is none with this id.
pub async fn broadcast(backend: &Backend, staff: &Staff, id: Uuid) -> Result<(Broadcast, i64)> {
    staff.must(Rank::Admin)?;
    let mut tx = backend.db.read().await?;
    let found = tx.query(broadcasts!("where id = $1")).bind(id).optional().await?.ok_or(Error::NotFound)?;
    let sql = "select count(*) from users where confirmed_at is not null and disabled_at is null";
    let (people,) = tx.query(sql).one::<(i64,)>().await?;
    Ok((found, people))
}

/// Keeps what is being written. Nobody gets it yet.
///
/// # Errors
/// [`Error::Conflict`] once it was sent.
pub async fn save_broadcast(backend: &Backend, staff: &Staff, id: Uuid, subject: String, body: String) -> Result<()> {
    staff.must(Rank::Admin)?;
    let mut tx = backend.db.write().await?;
    let saved = tx
        .query(
            "insert into broadcasts (id, made_at, subject, body) values ($1, $2, $3, $4)
             on conflict (id) do update set subject = excluded.subject, body = excluded.body
             where broadcasts.sent_at is null",
        )
        .bind(id)
        .bind(backend.clock.now())
        .bind(subject)
        .bind(body)
        .execute()
        .await?;
    if saved == 0 {
        return Err(Error::Conflict("This was sent already. Write a new one".into()));
    }
    tx.commit().await
}

/// Throws one away that was not sent.
pub async fn discard_broadcast(backend: &Backend, staff: &Staff, id: Uuid) -> Result<()> {
    staff.must(Rank::Admin)?;
    let mut tx = backend.db.write().await?;
    tx.query("delete from broadcasts where id = $1 and sent_at is null").bind(id).execute().await?;
    tx.commit().await
}

/// Sends it, once: the worker addresses it to everybody who is here now.
///
/// # Errors
/// [`Error::Conflict`] where it was sent already.
pub async fn send_broadcast(backend: &Backend, staff: &Staff, id: Uuid) -> Result<()> {
    let (letter, _) = broadcast(backend, staff, id).await?;
    let act = Act { deed: Deed::Broadcast, about: None, detail: &letter.subject, why: "" };
    let mut tx = begin(backend, By::Staff(staff), act).await?;
    let sql = "update broadcasts set sent_at = $1 where id = $2 and sent_at is null";
    if tx.query(sql).bind(backend.clock.now()).bind(id).execute().await? == 0 {
        return Err(Error::Conflict("This was sent already".into()));
    }
    tx.commit().await
}

/// Addresses what was sent to all whom it is for, batch by batch. Broken off, it goes on where it was.
pub async fn address_broadcasts(backend: &Backend) -> Result<()> {
    while let Some(id) = under_way(backend).await? {
        address(backend, id).await?;
        backend.wake_outbox();
    }
    Ok(())
}

async fn under_way(backend: &Backend) -> Result<Option<Uuid>> {
    let sql = "select id from broadcasts where sent_at is not null and not done order by sent_at limit 1";
    let found = backend.db.read().await?.query(sql).optional::<(Uuid,)>().await?;
    Ok(found.map(|(id,)| id))
}

/// One batch. Of two workers the later one goes on behind the first.
async fn address(backend: &Backend, id: Uuid) -> Result<()> {
    let mut tx = backend.db.write().await?;
    let found = tx
        .query("update broadcasts set written = written where id = $1 and not done returning up_to, sent_at")
        .bind(id)
        .optional::<(Option<Uuid>, Option<DateTime<Utc>>)>()
        .await?;
    let Some((up_to, Some(sent_at))) = found else { return Ok(()) };
    let people: Vec<(Uuid,)> = tx
        .query(
            "select id from users where confirmed_at is not null and disabled_at is null and id > $1 and created_at <= $2
             order by id limit $3",
        )
        .bind(up_to.unwrap_or_default())
        .bind(sent_at)
        .bind(BATCH)
        .all()
        .await?;
    let mut written = 0;
    for (user,) in &people {
        let payload = serde_json::json!({ "broadcast": id, "user": user });
        let (key, user) = (format!("broadcast:{id}:{user}"), Some(UserId(*user)));
        let push = Push { key, kind: "broadcast", book: None, user, payload, due: backend.clock.now() };
        written += i64::from(outbox::push(&mut tx, &backend.clock, push).await?);
    }
    let is_last = i64::try_from(people.len()).is_ok_and(|found| found < BATCH);
    tx.query("update broadcasts set up_to = $1, written = written + $2, done = $3 where id = $4")
        .bind(people.last().map(|(user,)| *user).or(up_to))
        .bind(written)
        .bind(is_last)
        .bind(id)
        .execute()
        .await?;
    tx.commit().await
}

/// Subject and words of a letter.
pub async fn broadcast_letter(backend: &Backend, id: Uuid) -> Result<Option<(String, String)>> {
    let mut tx = backend.db.read().await?;
    tx.query("select subject, body from broadcasts where id = $1").bind(id).optional().await
}
