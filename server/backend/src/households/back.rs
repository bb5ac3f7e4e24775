//! The way back into a book, for whoever has just gone out of it.
//!
//! ```text
//! remove ─keep─► departures ─restore, by an owner, of whom an owner took out─► members
//!                           ─rejoin, by whoever left themself───────────────►
//! ```
//! It is there once, for [`UNDO`], with the role that was held last and never another, and ends with whatever decides
//! anew who is in the book: coming in by an invitation, being taken out, a reset that empties the book. What the person
//! had made there that lets anybody in stays gone.

use chrono::{DateTime, TimeDelta, Utc};
use ledger::id::{BookId, UserId};

use super::{insist_on_room, lock, may_invite, set_open};
use crate::{Backend, Error, Member, Result, SignedIn, Tx};

/// How long somebody can be brought back, or an invitation be given again.
pub const UNDO: TimeDelta = TimeDelta::minutes(10);

/// Notes what somebody was who has just gone out.
pub(super) async fn keep(
    tx: &mut Tx,
    book: BookId,
    user: UserId,
    role: &str,
    removed: bool,
    now: DateTime<Utc>,
) -> Result<()> {
    tx.query(
        "insert into departures (book_id, user_id, role, removed, gone_at) values ($1, $2, $3, $4, $5)
         on conflict (book_id, user_id) do update
         set role = excluded.role, removed = excluded.removed, gone_at = excluded.gone_at",
    )
    .bind(book.0)
    .bind(user.0)
    .bind(role.to_owned())
    .bind(removed)
    .bind(now)
    .execute()
    .await?;
    Ok(())
}

/// Somebody is in the book by another way, or shall not come back by this one.
pub(super) async fn close(tx: &mut Tx, book: BookId, user: UserId) -> Result<()> {
    let sql = "delete from departures where book_id = $1 and user_id = $2";
    tx.query(sql).bind(book.0).bind(user.0).execute().await?;
    Ok(())
}

/// An owner takes somebody out who has left already, maybe a moment ago: they do not come back by themselves then.
/// Answers whether they could have.
pub(super) async fn shut_out(tx: &mut Tx, book: BookId, user: UserId) -> Result<bool> {
    let sql = "delete from departures where book_id = $1 and user_id = $2 and removed = false";
    Ok(tx.query(sql).bind(book.0).bind(user.0).execute().await? > 0)
}

/// Brings somebody back whom an owner took out by mistake. Who is there already stays as they are.
///
/// # Errors
/// [`Error::Forbidden`] but for owners; [`Error::Conflict`] where it is too late, the person left by themself, or the
/// book is full.
pub async fn restore(backend: &Backend, member: &Member, user: UserId) -> Result<()> {
    may_invite(member)?;
    let mut tx = backend.db.write().await?;
    lock(&mut tx, member.book()).await?;
    let too_late = "It is too late to undo this. Invite them again.";
    bring_back(&mut tx, backend, member.book(), user, true, too_late).await?;
    tx.commit().await
}

/// Lets the person who left a book into it again, and opens it in this session.
///
/// # Errors
/// [`Error::Conflict`] where it is too late, they did not leave by themselves, or the book is full.
pub async fn rejoin(backend: &Backend, who: &SignedIn, book: BookId) -> Result<()> {
    let mut tx = backend.db.write().await?;
    lock(&mut tx, book).await?;
    let too_late = "It is too late to undo this. Ask an owner of the book to invite you again.";
    if bring_back(&mut tx, backend, book, who.member.user(), false, too_late).await? {
        set_open(&mut tx, who, book).await?;
    }
    tx.commit().await
}

/// Uses the way back up; `false` where the person is in the book already.
async fn bring_back(
    tx: &mut Tx,
    backend: &Backend,
    book: BookId,
    user: UserId,
    removed: bool,
    too_late: &str,
) -> Result<bool> {
    let is_here = "select count(*) from members where book_id = $1 and user_id = $2";
    if tx.query(is_here).bind(book.0).bind(user.0).one::<(i64,)>().await?.0 > 0 {
        return Ok(false);
    }
    let now = backend.clock.now();
    let held: Option<(String,)> = tx
        .query(
            "delete from departures where book_id = $1 and user_id = $2 and removed = $3 and gone_at > $4
             returning role",
        )
        .bind(book.0)
        .bind(user.0)
        .bind(removed)
        .bind(now - UNDO)
        .optional()
        .await?;
    let Some((role,)) = held else { return Err(Error::Conflict(too_late.into())) };
    insist_on_room(tx, book, now).await?;
    tx.query("insert into members (book_id, user_id, role) values ($1, $2, $3)")
        .bind(book.0)
        .bind(user.0)
        .bind(role)
        .execute()
        .await?;
    Ok(true)
}
