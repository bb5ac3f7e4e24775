//! The second factor: what a person has besides what they know.
//!
//! ```text
//! who one is, proven ▸ second::admit ─┬▸ Admission::Session
//!                                     └▸ Admission::Second ▸ second::finish(code | recovery code) ▸ a session
//! settings ▸ begin ▸ confirm ▸ recovery codes, shown until they are kept ▸ … ▸ end
//! ```
//! A password reset by mail leaves it on, but where nobody had proven the address when it was begun: whoever lost the
//! app comes in with a recovery code, or asks whoever runs the server (`expenso admin end-second-factor`).

mod authenticator;
mod news;
mod recovery;
pub mod second;

use chrono::{DateTime, Utc};
use ledger::id::UserId;
use ledger::person::RecoveryCode;

use crate::throttle::{self, Limit};
use crate::{Backend, Error, Result, SignedIn, Tx, fresh, sessions};

pub use authenticator::Setup;
pub(crate) use authenticator::{is_on, seal_anew};
pub use news::News;
pub(crate) use news::{tell, tell_once_a_day};
pub(crate) use recovery::SHOWN as CODES_SHOWN;
pub(crate) use second::{admit, is_right};

/// Sets of recovery codes for one person: each is slow to make, and told by a letter.
const CODES: Limit = Limit::new("recovery_codes", 5, 3600);

/// What a person has.
#[derive(Clone, Debug)]
pub enum State {
    Off,
    /// Begun, and no code was typed yet.
    Begun(Setup),
    On {
        since: DateTime<Utc>,
        /// Recovery codes that were not used.
        codes_left: i64,
        /// The recovery codes, until they are kept, for whoever has proved lately who they are.
        codes: Option<Vec<RecoveryCode>>,
    },
}

pub async fn state(backend: &Backend, who: &SignedIn) -> Result<State> {
    let user = who.member.user();
    // Whoever finds a browser open sees no secret.
    let is_fresh = fresh::fresh_enough(backend, who).await?;
    let mut tx = backend.db.read().await?;
    let Some(row) = authenticator::of(&mut tx, user).await? else { return Ok(State::Off) };
    let Some(since) = row.on_since else {
        return Ok(match row.setup(backend, user, &who.person.email).filter(|_| is_fresh) {
            Some(setup) => State::Begun(setup),
            // Or sealed with a key that is gone: one begins anew.
            None => State::Off,
        });
    };
    let codes_left = recovery::left(&mut tx, user).await?;
    Ok(State::On { since, codes_left, codes: recovery::shown(backend, &row).filter(|_| is_fresh) })
}

/// Makes a secret for an app, in place of one that was not confirmed.
///
/// # Errors
/// [`Error::ProveFirst`]; [`Error::Conflict`] where one is on.
pub async fn begin(backend: &Backend, who: &SignedIn) -> Result<()> {
    fresh::insist(backend, who).await?;
    let mut tx = backend.db.write().await?;
    if !authenticator::begin(&mut tx, backend, who.member.user()).await? {
        return Err(Error::Conflict("An app is set up already. Turn it off first to set up another.".into()));
    }
    tx.commit().await
}

/// Turns it on for whoever types the code that the app shows, makes recovery codes, ends the person's other sessions and
/// writes to the owner.
///
/// # Errors
/// A message beside `code`; [`Error::ProveFirst`]; [`Error::TooMany`].
pub async fn confirm(backend: &Backend, who: &SignedIn, digits: &str) -> Result<()> {
    fresh::insist(backend, who).await?;
    let user = who.member.user();
    second::take_try(backend, user).await?;
    let codes = recovery::make(backend).await?;
    let mut tx = backend.db.write().await?;
    authenticator::confirm(&mut tx, backend, user, digits).await?;
    throttle::take_in(&mut tx, backend, CODES, &user.to_string()).await?;
    // Whoever is signed in elsewhere has shown no second factor.
    sessions::end_all(&mut tx, backend, user, Some(who.session)).await?;
    recovery::replace(&mut tx, backend, user, codes).await?;
    second::give_back(&mut tx, backend, user).await?;
    tell(&mut tx, backend, user, News::On).await?;
    tx.commit().await?;
    backend.wake_outbox();
    Ok(())
}

/// Turns it off, with its recovery codes, and writes to the owner.
///
/// # Errors
/// [`Error::ProveFirst`].
pub async fn end(backend: &Backend, who: &SignedIn) -> Result<()> {
    fresh::insist(backend, who).await?;
    let mut tx = backend.db.write().await?;
    end_of(&mut tx, backend, who.member.user()).await?;
    tx.commit().await?;
    backend.wake_outbox();
    Ok(())
}

/// The same in a transaction that is under way; tells whether it was on. After the commit call [`Backend::wake_outbox`].
pub(crate) async fn end_of(tx: &mut Tx, backend: &Backend, user: UserId) -> Result<bool> {
    let was_on = forget(tx, user).await?;
    if was_on {
        tell(tx, backend, user, News::Off).await?;
    }
    Ok(was_on)
}

/// Turns off what nobody began who had proven the address of the account, and writes to the owner.
pub(crate) async fn end_unproven(tx: &mut Tx, backend: &Backend, user: UserId) -> Result<()> {
    if authenticator::of(tx, user).await?.is_some_and(|row| !row.proven) {
        end_of(tx, backend, user).await?;
    }
    Ok(())
}

/// Forgets all of it; tells whether it was on.
async fn forget(tx: &mut Tx, user: UserId) -> Result<bool> {
    recovery::forget(tx, user).await?;
    second::end_waiting(tx, user).await?;
    authenticator::end(tx, user).await
}

/// Makes new recovery codes; the former ones are good for nothing from then on.
///
/// # Errors
/// [`Error::ProveFirst`]; [`Error::TooMany`]; [`Error::NotFound`] where it is off.
pub async fn renew_codes(backend: &Backend, who: &SignedIn) -> Result<()> {
    fresh::insist(backend, who).await?;
    let user = who.member.user();
    throttle::take(backend, &[(CODES, &user.to_string())]).await?;
    let codes = recovery::make(backend).await?;
    let mut tx = backend.db.write().await?;
    if !is_on(&mut tx, user).await? {
        return Err(Error::NotFound);
    }
    recovery::replace(&mut tx, backend, user, codes).await?;
    tell(&mut tx, backend, user, News::NewCodes).await?;
    tx.commit().await?;
    backend.wake_outbox();
    Ok(())
}

/// The person has their codes: nobody can read them here any more.
pub async fn keep_codes(backend: &Backend, who: &SignedIn) -> Result<()> {
    let mut tx = backend.db.write().await?;
    recovery::hide(&mut tx, who.member.user()).await?;
    tx.commit().await
}
