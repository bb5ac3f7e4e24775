//! The one place where a proof of who somebody is becomes a session, or is asked for a second step.

use chrono::TimeDelta;
use ledger::id::UserId;
use ledger::person::SecondProof;
use uuid::Uuid;

use super::authenticator::{self, Taken};
use super::{News, recovery, tell, tell_once_a_day};
use crate::request::ClientInfo;
use crate::sessions::{self, NewSession};
use crate::throttle::{self, Limit};
use crate::{Backend, Error, Result, Tx, devices, secrets, watch};

/// How long a log-in waits for its second step.
pub const LIFETIME: TimeDelta = TimeDelta::minutes(10);
/// Wrong codes of one log-in; then it begins anew.
const TRIES: i64 = 10;
/// Wrong codes for one account: whoever has the password finds six digits in half an hour one time in thirty thousand.
const BY_ACCOUNT: Limit = Limit::new("second_account", 10, 1800);
/// Those from a browser that the account was used from before, so that a stranger does not keep the owner out.
const BY_DEVICE: Limit = Limit::new("second_device", 10, 1800);
/// Those from all such browsers together: whoever had the password before can have made themselves many.
const BY_DEVICES: Limit = Limit::new("second_devices", 30, 1800);
/// Wrong codes of somebody who is signed in: no stranger uses them up.
const BY_OWNER: Limit = Limit::new("second_signed_in", 10, 1800);

/// What comes of a proof of who somebody is.
pub enum Admission {
    Session(Box<NewSession>),
    /// The person has a second factor.
    Second(Waiting),
}

impl Admission {
    /// The session, if one begins.
    pub fn session(self) -> Option<NewSession> {
        match self {
            Self::Session(session) => Some(*session),
            Self::Second(_) => None,
        }
    }
}

/// A log-in that waits for its second step.
pub struct Waiting {
    /// What the browser keeps meanwhile: 256 random bits that lead to this step and to nothing else.
    pub secret: String,
}

/// Begins a session for somebody who has proven who they are, or a wait for the second step.
pub(crate) async fn admit(tx: &mut Tx, backend: &Backend, user: UserId, client: &ClientInfo) -> Result<Admission> {
    if !authenticator::is_on(tx, user).await? {
        return Ok(Admission::Session(Box::new(sessions::start(tx, backend, user, client).await?)));
    }
    sessions::refuse_suspended(tx, user).await?;
    let secret = secrets::random();
    tx.query("insert into second_steps (secret_hash, user_id, expires_at) values ($1, $2, $3)")
        .bind(secrets::fingerprint(&secret))
        .bind(user.0)
        .bind(backend.clock.now() + LIFETIME)
        .execute()
        .await?;
    Ok(Admission::Second(Waiting { secret }))
}

/// Whether a log-in waits for its second step at this browser.
pub async fn waits(backend: &Backend, client: &ClientInfo) -> Result<bool> {
    let mut tx = backend.db.read().await?;
    Ok(whose(&mut tx, backend, client).await?.is_some())
}

/// Whose log-in waits at this browser, with the key of their address.
async fn whose(tx: &mut Tx, backend: &Backend, client: &ClientInfo) -> Result<Option<(UserId, String)>> {
    let Some(secret) = &client.second else { return Ok(None) };
    let found = tx
        .query(
            "select s.user_id, u.email_key from second_steps s join users u on u.id = s.user_id
             where s.secret_hash = $1 and s.expires_at > $2 and s.tries < $3 and u.disabled_at is null",
        )
        .bind(secrets::fingerprint(secret))
        .bind(backend.clock.now())
        .bind(TRIES)
        .optional::<(Uuid, String)>()
        .await?;
    Ok(found.map(|(user, email_key)| (UserId(user), email_key)))
}

/// Begins the session of the log-in that waits at this browser, for whoever has the second factor.
///
/// # Errors
/// A message beside `code`; [`Error::Conflict`] where nothing waits any more; [`Error::TooMany`].
pub async fn finish(backend: &Backend, proof: &SecondProof, client: &ClientInfo) -> Result<NewSession> {
    let late = || Error::Conflict("This log-in took too long, or too many tries. Log in once more.".into());
    let mut tx = backend.db.read().await?;
    let (user, email_key) = whose(&mut tx, backend, client).await?.ok_or_else(late)?;
    drop(tx);
    let whose = user.to_string();
    let limits = match devices::known(backend, &email_key, client) {
        Some(device) => vec![(BY_DEVICE, device), (BY_DEVICES, whose.as_str())],
        None => vec![(BY_ACCOUNT, whose.as_str())],
    };
    throttle::take(backend, &limits).await?;
    let is_good = is_worth_taking(backend, user, proof).await?;
    let mut tx = backend.db.write().await?;
    let secret = secrets::fingerprint(client.second.as_deref().unwrap_or_default());
    if let Err(error) = take(&mut tx, backend, user, proof, is_good).await {
        watch::refused(Some(user), "second step");
        tx.query("update second_steps set tries = tries + 1 where secret_hash = $1").bind(secret).execute().await?;
        warn(&mut tx, backend, user, &limits).await?;
        tx.commit().await?;
        backend.wake_outbox();
        return Err(error);
    }
    let waited = tx.query("delete from second_steps where secret_hash = $1").bind(secret).execute().await?;
    if waited == 0 {
        return Err(late());
    }
    for (limit, whose) in limits {
        throttle::give_back(&mut tx, backend, limit, whose).await?;
    }
    let session = sessions::start(&mut tx, backend, user, client).await?;
    tx.commit().await?;
    backend.wake_outbox();
    Ok(session)
}

/// Writes to the owner when a wrong code was the last one that is allowed for now.
async fn warn(tx: &mut Tx, backend: &Backend, user: UserId, limits: &[(Limit, &str)]) -> Result<()> {
    for (limit, whose) in limits {
        if throttle::is_reached(tx, backend, *limit, whose).await? {
            tell_once_a_day(tx, backend, user, News::WrongCodes).await?;
        }
    }
    Ok(())
}

/// Counts a try of a code by somebody who is signed in.
pub(super) async fn take_try(backend: &Backend, user: UserId) -> Result<()> {
    throttle::take(backend, &[(BY_OWNER, &user.to_string())]).await
}

/// Gives it back, because it turned out well.
pub(super) async fn give_back(tx: &mut Tx, backend: &Backend, user: UserId) -> Result<()> {
    throttle::give_back(tx, backend, BY_OWNER, &user.to_string()).await
}

/// Takes a code of somebody who is signed in and must have one.
///
/// # Errors
/// A message beside `code`; [`Error::TooMany`].
pub(crate) async fn is_right(backend: &Backend, user: UserId, proof: Option<&SecondProof>) -> Result<()> {
    let mut tx = backend.db.read().await?;
    if !authenticator::is_on(&mut tx, user).await? {
        return Ok(());
    }
    drop(tx);
    let Some(proof) = proof else {
        return Err(Error::invalid("code", "Enter the six digits that your app shows, or a recovery code"));
    };
    take_try(backend, user).await?;
    let is_good = is_worth_taking(backend, user, proof).await?;
    let mut tx = backend.db.write().await?;
    if let Err(error) = take(&mut tx, backend, user, proof, is_good).await {
        warn(&mut tx, backend, user, &[(BY_OWNER, &user.to_string())]).await?;
        tx.commit().await?;
        backend.wake_outbox();
        return Err(error);
    }
    give_back(&mut tx, backend, user).await?;
    tx.commit().await?;
    backend.wake_outbox();
    Ok(())
}

/// The slow part of the check, outside of a transaction.
async fn is_worth_taking(backend: &Backend, user: UserId, proof: &SecondProof) -> Result<bool> {
    match proof {
        SecondProof::Digits(_) => Ok(true),
        SecondProof::Recovery(code) => recovery::is_good(backend, user, code).await,
    }
}

/// Uses the proof up.
async fn take(tx: &mut Tx, backend: &Backend, user: UserId, proof: &SecondProof, is_good: bool) -> Result<()> {
    let no = |words: &str| Err(Error::invalid("code", words));
    match proof {
        SecondProof::Digits(digits) => match authenticator::take(tx, backend, user, digits).await? {
            Taken::Right => Ok(()),
            Taken::Wrong => no("This is not the code that your app shows now"),
            Taken::Again => no("This code was used already. Wait for the next one, half a minute at most"),
        },
        SecondProof::Recovery(code) => {
            if !is_good || !recovery::use_up(tx, backend, user, code).await? {
                return no("This is none of your recovery codes, or it was used already");
            }
            tell(tx, backend, user, News::CodeUsed).await
        }
    }
}

/// Ends the log-ins of this person that wait.
pub(crate) async fn end_waiting(tx: &mut Tx, user: UserId) -> Result<()> {
    tx.query("delete from second_steps where user_id = $1").bind(user.0).execute().await?;
    Ok(())
}
