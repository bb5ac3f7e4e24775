//! Passkeys (WebAuthn): a key that a device or a password manager keeps, and uses once it has seen its owner. One alone
//! lets a person in: it is what they have, opened by what they know or are.
//!
//! ```text
//! settings ▸ begin_adding ▸ (the browser makes one)  ▸ add
//! log-in   ▸ begin        ▸ (the browser signs)      ▸ log_in
//! settings ▸ begin        ▸ (the browser signs)      ▸ prove
//! ```

mod challenge;
mod site;

use chrono::{DateTime, TimeDelta, Utc};
use ledger::id::UserId;
use uuid::Uuid;
use webauthn_rs::prelude::{CredentialID, Passkey, PublicKeyCredential, RegisterPublicKeyCredential};

use crate::factors::{News, tell};
use crate::request::ClientInfo;
use crate::sessions::{self, NewSession};
use crate::throttle::{self, Limit};
use crate::{Backend, Error, Result, SignedIn, Tx, fresh, secrets, watch, ways_in};

pub use challenge::Challenge;
pub use site::Site;

/// The most of one person.
const MOST: usize = 20;
/// How long a person may take to show a key.
const LIFETIME: TimeDelta = TimeDelta::minutes(5);
const BY_NETWORK: Limit = Limit::new("passkey", 60, 60);
/// Passkeys that one person begins to make.
const BEGUN: Limit = Limit::new("passkey_begun", 30, 3600);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasskeyId(pub Uuid);

/// A passkey as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasskeyInfo {
    pub id: PasskeyId,
    pub name: String,
    pub created_at: DateTime<Utc>,
    pub last_used_at: Option<DateTime<Utc>>,
}

/// The person's passkeys, the oldest first.
pub async fn list(backend: &Backend, user: UserId) -> Result<Vec<PasskeyInfo>> {
    let mut tx = backend.db.read().await?;
    let rows = tx
        .query("select id, name, created_at, last_used_at from passkeys where user_id = $1 order by created_at, id")
        .bind(user.0)
        .all::<(Uuid, String, DateTime<Utc>, Option<DateTime<Utc>>)>()
        .await?;
    let info = |(id, name, created_at, last_used_at)| PasskeyInfo { id: PasskeyId(id), name, created_at, last_used_at };
    Ok(rows.into_iter().map(info).collect())
}

/// Asks the browser to make one.
///
/// # Errors
/// [`Error::ProveFirst`]; [`Error::TooMany`]; [`Error::Conflict`] where there are too many, or none can be used here.
pub async fn begin_adding(backend: &Backend, who: &SignedIn) -> Result<Challenge> {
    fresh::insist(backend, who).await?;
    let user = who.member.user();
    throttle::take(backend, &[(BEGUN, &user.to_string())]).await?;
    let mut tx = backend.db.write().await?;
    let keys: Vec<(String,)> =
        tx.query("select key from passkeys where user_id = $1").bind(user.0).all::<(String,)>().await?;
    refuse_more(keys.len())?;
    let known = keys.iter().map(|(key,)| Ok(read(key)?.cred_id().clone())).collect::<Result<Vec<CredentialID>>>()?;
    let site = site::of(backend)?;
    let (options, state) = site.ask_for_new(user, &who.person, known)?;
    let challenge = challenge::keep(&mut tx, backend, Some(user), options, state).await?;
    tx.commit().await?;
    Ok(challenge)
}

/// Keeps the one that the browser made, and writes to the owner.
///
/// # Errors
/// [`Error::ProveFirst`]; [`Error::Conflict`] where the answer is none to what was asked.
pub async fn add(backend: &Backend, who: &SignedIn, name: String, secret: &str, answer: &str) -> Result<()> {
    fresh::insist(backend, who).await?;
    let user = who.member.user();
    let state = challenge::take(backend, Some(user), secret).await?.ok_or_else(late)?;
    let answer: RegisterPublicKeyCredential = serde_json::from_str(answer).map_err(|_| untrue())?;
    let site = site::of(backend)?;
    let key = site.made(&answer, &state).ok_or_else(untrue)?;
    let mut tx = backend.db.write().await?;
    // A session that was ended meanwhile leaves no key behind.
    sessions::insist_on(&mut tx, who.session).await?;
    let sql = "select id from passkeys where user_id = $1 limit 100";
    refuse_more(tx.query(sql).bind(user.0).all::<(Uuid,)>().await?.len())?;
    let kept = tx
        .query(
            "insert into passkeys (id, user_id, credential, name, site, proven, key, created_at)
             select $1, id, $2, $3, $4, confirmed_at is not null, $5, $6 from users where id = $7",
        )
        .bind(backend.clock.new_id())
        .bind(secrets::base64(key.cred_id().as_ref()))
        .bind(name)
        .bind(site.name())
        .bind(written(&key)?)
        .bind(backend.clock.now())
        .bind(user.0)
        .execute()
        .await;
    match kept {
        Err(error) if error.is_unique_violation() => {
            return Err(Error::Conflict("This passkey is kept here already.".into()));
        }
        other => other?,
    };
    tell(&mut tx, backend, user, News::PasskeyAdded).await?;
    tx.commit().await?;
    backend.wake_outbox();
    Ok(())
}

/// Gives it another name.
pub async fn rename(backend: &Backend, who: &SignedIn, id: PasskeyId, name: String) -> Result<()> {
    let mut tx = backend.db.write().await?;
    let renamed = tx
        .query("update passkeys set name = $1 where id = $2 and user_id = $3")
        .bind(name)
        .bind(id.0)
        .bind(who.member.user().0)
        .execute()
        .await?;
    tx.commit().await?;
    if renamed == 1 { Ok(()) } else { Err(Error::NotFound) }
}

/// Takes it away, and writes to the owner. One that is gone already is no error.
///
/// # Errors
/// [`Error::ProveFirst`]; [`Error::Conflict`] where it is the last way in.
pub async fn remove(backend: &Backend, who: &SignedIn, id: PasskeyId) -> Result<()> {
    fresh::insist(backend, who).await?;
    let user = who.member.user();
    let mut tx = backend.db.write().await?;
    let sql = "delete from passkeys where id = $1 and user_id = $2";
    if tx.query(sql).bind(id.0).bind(user.0).execute().await? == 1 {
        ways_in::insist_on_one(&mut tx, backend, user).await?;
        tell(&mut tx, backend, user, News::PasskeyRemoved).await?;
    }
    tx.commit().await?;
    backend.wake_outbox();
    Ok(())
}

/// Takes all of the person's away, with those that are being made, and writes to the owner; tells whether there were any.
pub(crate) async fn forget(tx: &mut Tx, backend: &Backend, user: UserId) -> Result<bool> {
    tx.query("delete from passkey_challenges where user_id = $1").bind(user.0).execute().await?;
    let had_some = tx.query("delete from passkeys where user_id = $1").bind(user.0).execute().await? > 0;
    if had_some {
        tell(tx, backend, user, News::PasskeyRemoved).await?;
    }
    Ok(had_some)
}

/// Takes away those that nobody made who had proven the address of the account; tells how many.
pub(crate) async fn forget_unproven(tx: &mut Tx, user: UserId) -> Result<u64> {
    tx.query("delete from passkey_challenges where user_id = $1").bind(user.0).execute().await?;
    tx.query("delete from passkeys where user_id = $1 and proven = false").bind(user.0).execute().await
}

/// Asks the browser to show one, whosever it is.
///
/// # Errors
/// [`Error::TooMany`]; [`Error::Conflict`] where none can be used here.
pub async fn begin(backend: &Backend, client: &ClientInfo) -> Result<Challenge> {
    throttle::take(backend, &[(BY_NETWORK, &client.network())]).await?;
    let (options, state) = site::of(backend)?.ask_for_any()?;
    let mut tx = backend.db.write().await?;
    let challenge = challenge::keep(&mut tx, backend, None, options, state).await?;
    tx.commit().await?;
    Ok(challenge)
}

/// Begins a session for whoever has shown a passkey: no second step is asked, as it is two factors.
pub async fn log_in(backend: &Backend, secret: &str, answer: &str, client: &ClientInfo) -> Result<NewSession> {
    let user = shown(backend, secret, answer).await?;
    let mut tx = backend.db.write().await?;
    let session = sessions::start(&mut tx, backend, user, client).await?;
    tx.commit().await?;
    Ok(session)
}

/// Makes the session fresh again for whoever has shown a passkey of the person who is signed in.
pub async fn prove(backend: &Backend, who: &SignedIn, secret: &str, answer: &str) -> Result<()> {
    if shown(backend, secret, answer).await? != who.member.user() {
        return Err(Error::Conflict("This passkey belongs to another account.".into()));
    }
    fresh::renew(backend, who).await
}

/// Whose passkey it is that signed what was asked.
async fn shown(backend: &Backend, secret: &str, answer: &str) -> Result<UserId> {
    let state = challenge::take(backend, None, secret).await?.ok_or_else(late)?;
    let answer: PublicKeyCredential = serde_json::from_str(answer).map_err(|_| untrue())?;
    let mut tx = backend.db.write().await?;
    let found = tx
        .query(
            "select p.id, p.user_id, p.key from passkeys p join users u on u.id = p.user_id
             where p.credential = $1 and (u.disabled_at is null or u.suspended_at is not null)",
        )
        .bind(secrets::base64(answer.get_credential_id()))
        .optional::<(Uuid, Uuid, String)>()
        .await?;
    let unknown =
        || Error::Conflict("This passkey is not known here. It may have been deleted: log in another way.".into());
    // Whoever is suspended is told so when a session would begin.
    let (id, user, key) = found.ok_or_else(unknown)?;
    // The handle says the same, as both came from here.
    if answer.get_user_unique_id() != Some(user.as_bytes().as_slice()) {
        return Err(untrue());
    }
    let mut key = read(&key)?;
    let result = site::of(backend)?.shown(&answer, &state, &key).ok_or_else(|| {
        watch::refused(Some(UserId(user)), "passkey");
        untrue()
    })?;
    key.update_credential(&result);
    tx.query("update passkeys set key = $1, last_used_at = $2 where id = $3")
        .bind(written(&key)?)
        .bind(backend.clock.now())
        .bind(id)
        .execute()
        .await?;
    tx.commit().await?;
    Ok(UserId(user))
}

fn refuse_more(kept: usize) -> Result<()> {
    if kept < MOST {
        return Ok(());
    }
    Err(Error::Conflict(format!("You have {MOST} passkeys. Delete one that you no longer use first.")))
}

fn read(key: &str) -> Result<Passkey> {
    serde_json::from_str(key).map_err(Error::internal)
}

fn written(key: &Passkey) -> Result<String> {
    serde_json::to_string(key).map_err(Error::internal)
}

fn late() -> Error {
    Error::Conflict("This took a little too long. Try once more.".into())
}

fn untrue() -> Error {
    Error::Conflict("The passkey could not be verified. Try once more, or log in another way.".into())
}
