//! Consents: an owner lets staff read a book for a while, sees that they do, and ends it at any moment.

use chrono::{DateTime, TimeDelta, Utc};
use ledger::id::{BookId, UserId};
use ledger::staff::{Deed, Rank};
use uuid::Uuid;

use super::{Act, By, Staff, begin};
use crate::sessions::SessionId;
use crate::{Backend, Error, Member, Result, SignedIn, Tx};

/// The longest consent.
pub const LONGEST: TimeDelta = TimeDelta::days(3);
/// Consents that a person's data takes along.
const KEPT: i64 = 1000;

/// A consent that a person gave.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Consent {
    pub given_at: DateTime<Utc>,
    pub until: DateTime<Utc>,
    /// When it was taken back before that.
    pub ended_at: Option<DateTime<Utc>>,
}

/// Whose book somebody of the staff looks at, and by whose leave. Everything they read is told to that person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Support {
    staff: Staff,
    person: UserId,
    pub name: String,
    pub until: DateTime<Utc>,
}

/// Lets staff read the book that is open, in place of any former consent.
///
/// # Errors
/// [`Error::Forbidden`] for those who own it not.
pub async fn give(backend: &Backend, member: &Member, lasts: TimeDelta) -> Result<()> {
    if !member.role().may_invite() {
        return Err(Error::Forbidden);
    }
    let now = backend.clock.now();
    let mut tx = backend.db.write().await?;
    end_in(&mut tx, backend, member.book()).await?;
    tx.query("insert into consents (id, user_id, book_id, given_at, until) values ($1, $2, $3, $4, $5)")
        .bind(backend.clock.new_id())
        .bind(member.user().0)
        .bind(member.book().0)
        .bind(now)
        .bind(now + lasts.min(LONGEST))
        .execute()
        .await?;
    tx.commit().await
}

/// Nobody of the staff reads the open book any more. Everybody in it may say so.
pub async fn end(backend: &Backend, member: &Member) -> Result<()> {
    let mut tx = backend.db.write().await?;
    end_in(&mut tx, backend, member.book()).await?;
    tx.commit().await
}

async fn end_in(tx: &mut Tx, backend: &Backend, book: BookId) -> Result<()> {
    tx.query("update consents set ended_at = $1 where book_id = $2 and until > $1 and ended_at is null")
        .bind(backend.clock.now())
        .bind(book.0)
        .execute()
        .await?;
    Ok(())
}

/// All that a person ever consented to, the newest first.
pub async fn of_member(backend: &Backend, member: &Member) -> Result<Vec<Consent>> {
    let mut tx = backend.db.read().await?;
    let sql = "select given_at, until, ended_at from consents where user_id = $1 order by id desc limit $2";
    tx.query(sql).bind(member.user().0).bind(KEPT).all().await
}

/// Until when a person lets staff read a book of theirs, if they do.
pub(super) async fn until(tx: &mut Tx, backend: &Backend, user: UserId) -> Result<Option<(Uuid, DateTime<Utc>)>> {
    tx.query(
        "select c.id, c.until from consents c
             join members m on m.book_id = c.book_id and m.user_id = c.user_id and m.role = 'owner'
         where c.user_id = $1 and c.until > $2 and c.ended_at is null order by c.until desc limit 1",
    )
    .bind(user.0)
    .bind(backend.clock.now())
    .optional()
    .await
}

/// Opens the book of a person who consents, to look at it in this session.
///
/// # Errors
/// [`Error::Conflict`] without their consent.
pub async fn look(backend: &Backend, who: &SignedIn, user: UserId) -> Result<()> {
    let staff = who.staff.ok_or(Error::NotFound)?;
    let act = Act { deed: Deed::OpenBook, about: Some(user), detail: "", why: "" };
    let mut tx = begin(backend, By::Staff(&staff), act).await?;
    let found = until(&mut tx, backend, user).await?;
    let (consent, _) =
        found.ok_or_else(|| Error::Conflict("They do not consent to this. They can in their settings".into()))?;
    set(&mut tx, who.session, Some(consent)).await?;
    tx.commit().await
}

/// Goes back to one's own book.
pub async fn look_away(backend: &Backend, who: &SignedIn) -> Result<()> {
    let mut tx = backend.db.write().await?;
    set(&mut tx, who.session, None).await?;
    tx.commit().await
}

async fn set(tx: &mut Tx, session: SessionId, consent: Option<Uuid>) -> Result<()> {
    tx.query("update sessions set consent_id = $1 where id = $2").bind(consent).bind(session.0).execute().await?;
    Ok(())
}

/// Tells in the trail what is about to be read.
pub async fn note(backend: &Backend, support: &Support, what: &str) -> Result<()> {
    let act = Act { deed: Deed::Read, about: Some(support.person), detail: what, why: "" };
    begin(backend, By::Staff(&support.staff), act).await?.commit().await
}

/// The book behind the consent of a session, for as long as it lasts and its giver owns the book.
#[derive(sqlx::FromRow)]
pub(crate) struct Looked {
    user_id: Uuid,
    user_name: String,
    until: DateTime<Utc>,
    pub id: Uuid,
    pub name: String,
    pub currency: String,
    pub week_start: String,
    pub has_samples: bool,
}

impl Looked {
    pub fn by(&self, staff: Staff) -> Support {
        Support { staff, person: UserId(self.user_id), name: self.user_name.clone(), until: self.until }
    }
}

/// What a member of the staff looks at by this consent.
pub(crate) async fn looked(tx: &mut Tx, backend: &Backend, staff: Staff, consent: Uuid) -> Result<Option<Looked>> {
    if staff.rank() < Rank::Care {
        return Ok(None);
    }
    tx.query(
        "select c.user_id, u.name as user_name, c.until, b.id, b.name, b.currency, b.week_start, b.has_samples
         from consents c join users u on u.id = c.user_id join books b on b.id = c.book_id
             join members m on m.book_id = c.book_id and m.user_id = c.user_id and m.role = 'owner'
         where c.id = $1 and c.until > $2 and c.ended_at is null and u.disabled_at is null",
    )
    .bind(consent)
    .bind(backend.clock.now())
    .optional()
    .await
}
