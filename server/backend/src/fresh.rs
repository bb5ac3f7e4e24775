//! Whether the person at a session has proved lately who they are: asked before deeds that a stranger at an open
//! browser would do first.

use chrono::{DateTime, TimeDelta, Utc};
use ledger::id::UserId;
use ledger::person::Password;

use crate::sessions::SignedIn;
use crate::throttle::{self, Limit};
use crate::{Backend, Error, Result, users};

/// How long after logging in, or after the password was typed again, nothing more is asked.
pub const FRESH: TimeDelta = TimeDelta::minutes(15);
/// Tries of the present password by one person who is signed in.
const PASSWORD_TRIES: Limit = Limit::new("change_password", 10, 60);

/// Whether the session was begun, or its person last typed the password, less than [`FRESH`] ago.
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

/// Makes the session fresh again for whoever knows the password.
///
/// # Errors
/// A message beside "password" where it is wrong; [`Error::TooMany`].
pub async fn confirm(backend: &Backend, who: &SignedIn, password: Password) -> Result<()> {
    check(backend, who.member.user(), password, ("password", "This is not your password")).await?;
    let mut tx = backend.db.write().await?;
    tx.query("update sessions set proved_at = $1 where id = $2")
        .bind(backend.clock.now())
        .bind(who.session.0)
        .execute()
        .await?;
    tx.commit().await
}

/// Goes on where the session is fresh, or becomes so by the password.
///
/// # Errors
/// A message beside "password" where it is needed and missing, or wrong; [`Error::TooMany`].
pub async fn demand(backend: &Backend, who: &SignedIn, password: Option<Password>) -> Result<()> {
    if fresh_enough(backend, who).await? {
        return Ok(());
    }
    match password {
        Some(password) => confirm(backend, who, password).await,
        None => Err(Error::invalid("password", "Enter your password to go on: you logged in a while ago")),
    }
}

/// Whether this is the person's password; `wrong` is the field and what is said where it is not.
pub(crate) async fn check(
    backend: &Backend,
    user: UserId,
    password: Password,
    wrong: (&'static str, &str),
) -> Result<()> {
    throttle::take(backend, &[(PASSWORD_TRIES, &user.to_string())]).await?;
    if users::knows_password(backend, user, wrong.0, password).await? {
        return Ok(());
    }
    Err(Error::invalid(wrong.0, wrong.1))
}
