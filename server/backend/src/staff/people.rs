//! The people here as staff find them: the state of their account and mail, never their money.

use chrono::{DateTime, Utc};
use ledger::id::UserId;
use ledger::staff::{Deed, Rank};
use uuid::Uuid;

use super::{Act, By, Entry, Staff, audit, begin, consents, keep_an_admin, letters, read_rank};
use crate::rows::{behind, each};
use crate::{Backend, Error, Result, leaving, sessions, tokens};

/// People of one page.
const PAGE: i64 = 30;
/// Letters that the page of a person shows.
const LETTERS: i64 = 10;
/// Addresses that are noted in one transaction.
const NOTED: i64 = 500;

/// A person in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub user: UserId,
    pub name: String,
    pub email: String,
    pub rank: Option<Rank>,
    pub confirmed: bool,
    pub suspended: bool,
    pub leaves: bool,
    pub since: DateTime<Utc>,
}

/// A page of people, and what the next one begins behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub people: Vec<Line>,
    pub next: Option<UserId>,
}

#[derive(sqlx::FromRow)]
struct LineRow {
    id: Uuid,
    name: String,
    email: String,
    staff: Option<String>,
    confirmed_at: Option<DateTime<Utc>>,
    suspended_at: Option<DateTime<Utc>>,
    leaves_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
}

impl LineRow {
    fn read(self) -> Result<Line> {
        Ok(Line {
            user: UserId(self.id),
            rank: read_rank(self.staff.as_deref())?,
            name: self.name,
            email: self.email,
            confirmed: self.confirmed_at.is_some(),
            suspended: self.suspended_at.is_some(),
            leaves: self.leaves_at.is_some(),
            since: self.created_at,
        })
    }
}

macro_rules! line {
    ($rest:literal) => {
        concat!("select id, name, email, staff, confirmed_at, suspended_at, leaves_at, created_at from users ", $rest)
    };
}

/// People whose address begins like this, in the order of addresses; the one with this id; or, where nothing was typed, all of
/// them from the newest.
pub async fn find(backend: &Backend, staff: &Staff, typed: &str, after: Option<UserId>) -> Result<Found> {
    staff.must(Rank::Care)?;
    let typed = typed.trim().to_lowercase();
    let mut tx = backend.db.read().await?;
    let rows: Vec<LineRow> = if let Ok(id) = typed.parse::<Uuid>() {
        tx.query(line!("where id = $1")).bind(id).all().await?
    } else if typed.is_empty() {
        tx.query(line!("where id < $1 order by id desc limit $2"))
            .bind(after.map_or(Uuid::max(), |user| user.0))
            .bind(PAGE)
            .all()
            .await?
    } else {
        let last = match after {
            Some(user) => tx.query("select find_key, id from users where id = $1").bind(user.0).optional().await?,
            None => None,
        };
        let (key, id): (Option<Vec<u8>>, Uuid) = last.unwrap_or((None, Uuid::nil()));
        tx.query(line!(
            "where find_key >= $1 and find_key < $2 and (find_key, id) > ($3, $4) order by find_key, id limit $5"
        ))
        .bind(typed.as_bytes().to_vec())
        .bind(behind(&typed))
        .bind(key.unwrap_or_default())
        .bind(id)
        .bind(PAGE)
        .all()
        .await?
    };
    let people = each(rows, LineRow::read)?;
    let is_full = i64::try_from(people.len()).is_ok_and(|rows| rows == PAGE);
    Ok(Found { next: people.last().filter(|_| is_full).map(|last| last.user), people })
}

/// Notes addresses by which people are found; answers whether there may be more.
pub(crate) async fn note_keys(backend: &Backend) -> Result<bool> {
    let mut tx = backend.db.read().await?;
    let sql = "select id, email_key from users where find_key is null order by id limit $1";
    let missing: Vec<(Uuid, String)> = tx.query(sql).bind(NOTED).all().await?;
    drop(tx);
    if missing.is_empty() {
        return Ok(false);
    }
    let mut tx = backend.db.write().await?;
    for (user, key) in &missing {
        let sql = "update users set find_key = $1 where id = $2";
        tx.query(sql).bind(key.as_bytes().to_vec()).bind(*user).execute().await?;
    }
    tx.commit().await?;
    Ok(true)
}

/// A person as staff see them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub line: Line,
    pub locale: String,
    pub time_zone: String,
    /// Sessions that are open.
    pub sessions: i64,
    pub last_used: Option<DateTime<Utc>>,
    /// When the account is deleted, and whether staff wished so.
    pub leaves_at: Option<DateTime<Utc>>,
    pub leaves_by_staff: bool,
    /// Until when they let staff read their book.
    pub consents_until: Option<DateTime<Utc>>,
    /// The last letters to them, the newest first.
    pub letters: Vec<Letter>,
    /// What staff did to them, the newest first.
    pub trail: Vec<Entry>,
}

/// A letter to a person, without what it says.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Letter {
    pub id: Uuid,
    pub kind: String,
    pub created_at: DateTime<Utc>,
    pub sent_at: Option<DateTime<Utc>>,
    pub parked_at: Option<DateTime<Utc>>,
    pub last_error: Option<String>,
}

/// One person.
///
/// # Errors
/// [`Error::NotFound`] where nobody has this id.
pub async fn account(backend: &Backend, staff: &Staff, user: UserId) -> Result<Account> {
    staff.must(Rank::Care)?;
    let mut tx = backend.db.read().await?;
    let row: LineRow = tx.query(line!("where id = $1")).bind(user.0).optional().await?.ok_or(Error::NotFound)?;
    let (locale, time_zone, leaves_at, leaves_by_staff) = tx
        .query("select locale, time_zone, leaves_at, leaves_by_staff from users where id = $1")
        .bind(user.0)
        .one::<(String, String, Option<DateTime<Utc>>, bool)>()
        .await?;
    let open: Vec<(DateTime<Utc>,)> = tx
        .query("select last_used_at from sessions where user_id = $1 and revoked_at is null and expires_at > $2")
        .bind(user.0)
        .bind(backend.clock.now())
        .all()
        .await?;
    let letters = tx
        .query(
            "select id, kind, created_at, sent_at, parked_at, last_error from outbox
             where for_user = $1 and kind <> 'hook' order by id desc limit $2",
        )
        .bind(user.0)
        .bind(LETTERS)
        .all()
        .await?;
    let consents_until = consents::until(&mut tx, backend, user).await?.map(|(_, until)| until);
    drop(tx);
    Ok(Account {
        line: row.read()?,
        locale,
        time_zone,
        sessions: i64::try_from(open.len()).unwrap_or_default(),
        last_used: open.into_iter().map(|(at,)| at).max(),
        leaves_at,
        leaves_by_staff,
        consents_until,
        letters,
        trail: audit::of(backend, user, None).await?.0,
    })
}

fn other(staff: &Staff, user: UserId) -> Result<()> {
    if staff.user() == user {
        return Err(Error::Conflict("This is your own account. Ask another administrator".into()));
    }
    Ok(())
}

fn act(deed: Deed, user: UserId, why: &str) -> Act<'_> {
    Act { deed, about: Some(user), detail: "", why }
}

/// Nobody uses the account until [`resume`]: its sessions end, and nothing is sent to its owner or their programs but a
/// letter that says so.
pub async fn suspend(backend: &Backend, staff: &Staff, user: UserId, why: &str) -> Result<()> {
    other(staff, user)?;
    let mut tx = begin(backend, By::Staff(staff), act(Deed::Suspend, user, why)).await?;
    keep_an_admin(&mut tx, user).await?;
    // Disabled too, as everything asks for that alone.
    let sql = "update users set suspended_at = $1, disabled_at = $1 where id = $2 and disabled_at is null";
    if tx.query(sql).bind(backend.clock.now()).bind(user.0).execute().await? == 0 {
        return Err(Error::Conflict("This account cannot be used already".into()));
    }
    sessions::end_all(&mut tx, backend, user, None).await?;
    letters::tell(&mut tx, backend, staff, user, true, why).await?;
    tx.commit().await?;
    backend.wake_outbox();
    Ok(())
}

/// Ends a suspension, and writes to whoever it was.
pub async fn resume(backend: &Backend, staff: &Staff, user: UserId, why: &str) -> Result<()> {
    let mut tx = begin(backend, By::Staff(staff), act(Deed::Resume, user, why)).await?;
    let sql = "update users set suspended_at = null, disabled_at = null where id = $1 and suspended_at is not null";
    if tx.query(sql).bind(user.0).execute().await? == 0 {
        return Err(Error::Conflict("This account is not suspended".into()));
    }
    letters::tell(&mut tx, backend, staff, user, false, why).await?;
    tx.commit().await?;
    backend.wake_outbox();
    Ok(())
}

/// Begins the time of grace after which the account is deleted, as for those who leave themselves, except that they cannot
/// keep it.
pub async fn delete(backend: &Backend, staff: &Staff, user: UserId, why: &str) -> Result<()> {
    other(staff, user)?;
    let mut tx = begin(backend, By::Staff(staff), act(Deed::Delete, user, why)).await?;
    keep_an_admin(&mut tx, user).await?;
    leaving::begin(&mut tx, backend, user, true).await?;
    sessions::end_all(&mut tx, backend, user, None).await?;
    tx.commit().await?;
    backend.wake_outbox();
    Ok(())
}

/// The account is not deleted after all.
pub async fn keep(backend: &Backend, staff: &Staff, user: UserId, why: &str) -> Result<()> {
    let mut tx = begin(backend, By::Staff(staff), act(Deed::Keep, user, why)).await?;
    leaving::keep(&mut tx, user).await?;
    tx.commit().await
}

/// Sends the confirmation again, as often as the person themselves may.
pub async fn resend_confirmation(backend: &Backend, staff: &Staff, user: UserId) -> Result<()> {
    staff.must(Rank::Care)?;
    let account = account(backend, staff, user).await?;
    if account.line.suspended {
        return Err(Error::Conflict("Nothing is sent to a suspended account".into()));
    }
    tokens::may_confirm(backend, user, account.line.confirmed).await?;
    let mut tx = begin(backend, By::Staff(staff), act(Deed::ResendConfirmation, user, "")).await?;
    tokens::push_confirmation(&mut tx, backend, user).await?;
    tx.commit().await?;
    backend.wake_outbox();
    Ok(())
}
