//! Access tokens: with one a program uses a book in the name of the person who made it, as far as its scope and the
//! person's role go.
//!
//! A token is shown once and kept as a hash. It ends by itself, by being revoked, when the person goes out of the book,
//! and with the password under which it was made.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use ledger::Currency;
use ledger::id::{BookId, UserId};
use ledger::person::{NewToken, Scope};
use uuid::Uuid;

use crate::clock::TimeZone;
use crate::rows::{each, word};
use crate::sessions::SignedIn;
use crate::{Backend, Error, Member, Result, Tx, fresh, secrets};

/// The most tokens that one person can have.
pub const MOST: i64 = 20;
/// What every token begins with, so that it is known for what it is where it leaks.
const PREFIX: &str = "exp_";
/// How long a token that was revoked by hand can be brought back.
pub const UNDO: TimeDelta = TimeDelta::minutes(10);
/// How exactly the last use is known.
const USED: TimeDelta = TimeDelta::minutes(1);
/// How long a request waits for the database to write that its token was used.
const PATIENCE: Duration = Duration::from_secs(1);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenId(pub Uuid);

/// A token as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenInfo {
    pub id: TokenId,
    pub name: String,
    pub scope: Scope,
    /// The name of the book that it opens.
    pub book: String,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    /// To the minute; `None` where it was never used.
    pub last_used_at: Option<DateTime<Utc>>,
}

/// A program at work with a token. Its member may do what the person may, by the role of today; what the scope leaves of
/// that is for whoever answers the program to heed.
#[derive(Clone, Debug)]
pub struct Bearer {
    pub member: Member,
    pub token: TokenInfo,
    /// The currency of the book.
    pub home: Currency,
}

/// Makes a token and answers it, the only time that it is told.
///
/// # Errors
/// What [`fresh::demand`] says; [`Error::Conflict`] where there are [`MOST`].
pub async fn create(backend: &Backend, who: &SignedIn, wanted: NewToken) -> Result<String> {
    fresh::demand(backend, who, wanted.password).await?;
    let (member, now) = (&who.member, backend.clock.now());
    let secret = format!("{PREFIX}{}", secrets::short_random());
    let mut tx = backend.db.write().await?;
    if held(&mut tx, member, now).await? >= MOST {
        return Err(Error::Conflict(format!(
            "You have {MOST} tokens. Revoke one that you no longer need, then try again."
        )));
    }
    tx.query(
        "insert into access_tokens (id, user_id, book_id, name, secret_hash, scope, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(backend.clock.new_id())
    .bind(member.user().0)
    .bind(member.book().0)
    .bind(wanted.name)
    .bind(secrets::fingerprint(&secret))
    .bind(wanted.scope.word())
    .bind(now)
    .bind(now + TimeDelta::days(wanted.days.into()))
    .execute()
    .await?;
    tx.commit().await?;
    Ok(secret)
}

/// The person's tokens that are still good, the newest first.
pub async fn list(backend: &Backend, member: &Member) -> Result<Vec<TokenInfo>> {
    let mut tx = backend.db.read().await?;
    let rows: Vec<TokenRow> = tx
        .query(
            "select t.id, t.name, t.scope, b.name as book, t.created_at, t.expires_at, t.last_used_at
             from access_tokens t join books b on b.id = t.book_id
             where t.user_id = $1 and t.revoked_at is null and t.expires_at > $2
             order by t.created_at desc, t.id desc limit $3",
        )
        .bind(member.user().0)
        .bind(backend.clock.now())
        .bind(MOST)
        .all()
        .await?;
    each(rows, TokenRow::read)
}

/// Ends a token of the person at once; [`restore`] brings it back for [`UNDO`]. One that has ended already is no error.
pub async fn revoke(backend: &Backend, member: &Member, id: TokenId) -> Result<()> {
    let now = backend.clock.now();
    let mut tx = backend.db.write().await?;
    tx.query(
        "update access_tokens set revoked_at = $1, undo_until = $2
         where id = $3 and user_id = $4 and revoked_at is null",
    )
    .bind(now)
    .bind(now + UNDO)
    .bind(id.0)
    .bind(member.user().0)
    .execute()
    .await?;
    tx.commit().await
}

/// Brings a token back that its person has revoked by mistake. One that is good already stays so.
///
/// # Errors
/// [`Error::Conflict`] where it is too late, the token ended in another way, or there are [`MOST`] others meanwhile.
pub async fn restore(backend: &Backend, member: &Member, id: TokenId) -> Result<()> {
    let now = backend.clock.now();
    let mut tx = backend.db.write().await?;
    if held(&mut tx, member, now).await? >= MOST {
        return Err(Error::Conflict(format!(
            "You have {MOST} tokens by now. Revoke one first, or make a new one later."
        )));
    }
    tx.query(
        "update access_tokens set revoked_at = null, undo_until = null
         where id = $1 and user_id = $2 and undo_until > $3 and expires_at > $3",
    )
    .bind(id.0)
    .bind(member.user().0)
    .bind(now)
    .execute()
    .await?;
    let sql = "select count(*) from access_tokens where id = $1 and user_id = $2 and revoked_at is null";
    let (good,) = tx.query(sql).bind(id.0).bind(member.user().0).one::<(i64,)>().await?;
    if good == 0 {
        return Err(Error::Conflict("This token is gone for good by now. Make a new one.".into()));
    }
    tx.commit().await
}

/// How many good tokens the person has. The person's row is the lock: two at once are counted one after the other.
async fn held(tx: &mut Tx, member: &Member, now: DateTime<Utc>) -> Result<i64> {
    tx.query("update users set name = name where id = $1").bind(member.user().0).execute().await?;
    let sql = "select count(*) from access_tokens where user_id = $1 and revoked_at is null and expires_at > $2";
    Ok(tx.query(sql).bind(member.user().0).bind(now).one::<(i64,)>().await?.0)
}

/// Ends every token of the person for good, those too that could still be brought back.
pub(crate) async fn end_all(tx: &mut Tx, backend: &Backend, user: UserId) -> Result<()> {
    let sql = "update access_tokens set undo_until = null, revoked_at = coalesce(revoked_at, $1)
               where user_id = $2 and (revoked_at is null or undo_until is not null)";
    tx.query(sql).bind(backend.clock.now()).bind(user.0).execute().await?;
    Ok(())
}

/// Who comes with this token; nobody once it is revoked or too old, the person is blocked or no longer of the book.
pub async fn find(backend: &Backend, secret: &str) -> Result<Option<Bearer>> {
    if !is_token(secret) {
        return Ok(None);
    }
    let now = backend.clock.now();
    let mut tx = backend.db.read().await?;
    let row: Option<BearerRow> = tx
        .query(
            "select t.id, t.name, t.scope, b.name as book, t.created_at, t.expires_at, t.last_used_at, t.user_id, t.book_id, m.role,
                    u.time_zone, b.currency
             from access_tokens t join users u on u.id = t.user_id
                  join members m on m.book_id = t.book_id and m.user_id = t.user_id
                  join books b on b.id = t.book_id
             where t.secret_hash = $1 and t.revoked_at is null and t.expires_at > $2 and u.disabled_at is null",
        )
        .bind(secrets::fingerprint(secret))
        .bind(now)
        .optional()
        .await?;
    drop(tx);
    let Some(bearer) = row.map(BearerRow::read).transpose()? else { return Ok(None) };
    if bearer.token.last_used_at.is_none_or(|last| last <= now - USED) {
        note_use(backend, bearer.token.id, now).await;
    }
    Ok(Some(bearer))
}

/// Whether the text looks like a token: anything else is not even looked for.
fn is_token(text: &str) -> bool {
    let rest = text.strip_prefix(PREFIX).unwrap_or_default();
    rest.len() == 43 && rest.bytes().all(|letter| letter.is_ascii_alphanumeric() || b"-_".contains(&letter))
}

/// A program may go on reading while nothing can be written.
async fn note_use(backend: &Backend, id: TokenId, now: DateTime<Utc>) {
    let write = async {
        let mut tx = backend.db.write().await?;
        let sql =
            "update access_tokens set last_used_at = $1 where id = $2 and (last_used_at is null or last_used_at <= $3)";
        tx.query(sql).bind(now).bind(id.0).bind(now - USED).execute().await?;
        tx.commit().await
    };
    match tokio::time::timeout(PATIENCE, write).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::warn!(%error, "the use of a token could not be noted"),
        Err(_) => tracing::warn!("the use of a token could not be noted in time"),
    }
}

#[derive(sqlx::FromRow)]
struct TokenRow {
    id: Uuid,
    name: String,
    scope: String,
    book: String,
    created_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    last_used_at: Option<DateTime<Utc>>,
}

impl TokenRow {
    fn read(self) -> Result<TokenInfo> {
        Ok(TokenInfo {
            id: TokenId(self.id),
            name: self.name,
            scope: word(&self.scope)?,
            book: self.book,
            created_at: self.created_at,
            expires_at: self.expires_at,
            last_used_at: self.last_used_at,
        })
    }
}

#[derive(sqlx::FromRow)]
struct BearerRow {
    #[sqlx(flatten)]
    token: TokenRow,
    user_id: Uuid,
    book_id: Uuid,
    role: String,
    time_zone: String,
    currency: String,
}

impl BearerRow {
    fn read(self) -> Result<Bearer> {
        let zone: TimeZone = self.time_zone.parse().unwrap_or(TimeZone::UTC);
        let member = Member::new(UserId(self.user_id), BookId(self.book_id), word(&self.role)?, zone);
        Ok(Bearer { member, token: self.token.read()?, home: word(&self.currency)? })
    }
}
