//! Whether the person at a session has proved lately who they are: asked before deeds that a stranger at an open
//! browser would do first.

use chrono::{DateTime, TimeDelta, Utc};
use ledger::id::UserId;
use ledger::person::{OwnProof, Password};

use crate::sessions::SignedIn;
use crate::throttle::{self, Limit};
use crate::{Backend, Error, Result, factors, users, watch};

/// How long after logging in, or after proving it once more, nothing more is asked.
pub const FRESH: TimeDelta = TimeDelta::minutes(15);
/// Tries of the present password by one person who is signed in.
const PASSWORD_TRIES: Limit = Limit::new("change_password", 10, 60);

/// Whether the session was begun, or its person last proved who they are, less than [`FRESH`] ago.
pub async fn fresh_enough(backend: &Backend, who: &SignedIn) -> Result<bool> {
    let mut tx = backend.db.read().await?;
    let sql = "select created_at, proved_at from sessions where id = $1 and user_id = $2";
    let found = tx
        .query(sql)
        .bind(who.session.0)
        .bind(who.member.user().0)
        .optional::<(DateTime<Utc>, Option<DateTime<Utc>>)>()
        .await?;
    let since = backend.clock.now() - FRESH;
    Ok(found.is_some_and(|(created, proved)| proved.unwrap_or(created) > since || created > since))
}

/// Makes the session fresh again for whoever knows the password, and has the second factor where one is on.
///
/// # Errors
/// A message beside "password" or "code" where it is wrong; [`Error::TooMany`].
pub async fn prove(backend: &Backend, who: &SignedIn, proof: OwnProof) -> Result<()> {
    check(backend, who.member.user(), proof, ("password", "This is not your password")).await?;
    renew(backend, who).await
}

/// The person has just proved who they are.
pub(crate) async fn renew(backend: &Backend, who: &SignedIn) -> Result<()> {
    let mut tx = backend.db.write().await?;
    tx.query("update sessions set proved_at = $1 where id = $2")
        .bind(backend.clock.now())
        .bind(who.session.0)
        .execute()
        .await?;
    tx.commit().await
}

/// Goes on where the session is fresh.
///
/// # Errors
/// [`Error::ProveFirst`] where it is not.
pub async fn insist(backend: &Backend, who: &SignedIn) -> Result<()> {
    if fresh_enough(backend, who).await? { Ok(()) } else { Err(Error::ProveFirst) }
}

/// Goes on where the session is fresh, or becomes so by the password.
///
/// # Errors
/// A message beside "password" where it is needed and missing, or wrong; [`Error::ProveFirst`] where the password is
/// not enough; [`Error::TooMany`].
pub async fn demand(backend: &Backend, who: &SignedIn, password: Option<Password>) -> Result<()> {
    if fresh_enough(backend, who).await? {
        return Ok(());
    }
    match password {
        _ if who.person.has_second_factor || !who.person.has_password => Err(Error::ProveFirst),
        Some(password) => prove(backend, who, OwnProof { password, second: None }).await,
        None => Err(Error::invalid("password", "Enter your password to go on: you logged in a while ago")),
    }
}

/// What is asked once more, however fresh the session is: the password of whoever has one. Others come in by a provider
/// or a passkey, and a fresh session is all that they can show.
///
/// # Errors
/// Those of [`check`]; [`Error::ProveFirst`].
pub(crate) async fn once_more(
    backend: &Backend,
    who: &SignedIn,
    proof: Option<OwnProof>,
    wrong: (&'static str, &str),
) -> Result<()> {
    match proof {
        Some(proof) => check(backend, who.member.user(), proof, wrong).await,
        None if who.person.has_password => Err(Error::invalid(wrong.0, wrong.1)),
        None => insist(backend, who).await,
    }
}

/// Whether this is the person's password, and the second factor where one is on; `wrong` is the field of the password
/// and what is said where it is not.
pub(crate) async fn check(backend: &Backend, user: UserId, proof: OwnProof, wrong: (&'static str, &str)) -> Result<()> {
    throttle::take(backend, &[(PASSWORD_TRIES, &user.to_string())]).await?;
    if !users::knows_password(backend, user, wrong.0, proof.password).await? {
        watch::refused(Some(user), "password, once more");
        return Err(Error::invalid(wrong.0, wrong.1));
    }
    factors::is_right(backend, user, proof.second.as_ref()).await
}
