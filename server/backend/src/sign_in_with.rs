//! Logging in, signing up and linking through a provider such as Google.
//!
//! ```text
//! begin ▸ (the provider) ▸ take ▸ arrive ─┬▸ a session
//!                                         ├▸ pending ▸ sign_up          a stranger
//!                                         └▸ pending ▸ link_pending     who logs in to their account once
//! ```

mod attempts;
mod pending;

use ledger::id::UserId;
use ledger::person::{Arrival, Known, Proof, SignUpWithForm};

use crate::identities::Linked;
use crate::passwords::NO_PASSWORD;
use crate::request::ClientInfo;
use crate::sessions::{self, NewSession};
use crate::throttle::{self, Limit};
use crate::{Admission, Backend, Error, Result, Tx, factors, identities, secrets, tokens, users};

pub use attempts::{Attempt, Begun, LIFETIME, Proofs, begin, take};
pub use pending::Pending;

const VOUCH_FIRST: &str = "An address is confirmed first here, and this provider does not vouch for yours. Create your \
                           account with an email address and a password, then link the provider in the settings.";

/// What became of somebody whom a provider sent.
pub enum Arrived {
    /// A session begins, or a second step is asked.
    Admitted(Admission),
    Linked,
    /// They log in another way once, and it is linked.
    LogInFirst,
    /// They look at who they shall be, and agree to the terms.
    Create,
    /// Linked to somebody else's account.
    Taken,
    /// There is no account, and none may be made.
    Closed,
    /// The account is blocked.
    Blocked,
    /// An address is confirmed first here, and that of the account is not. A letter is on its way.
    Unconfirmed,
}

/// The secret of a browser that is about to go to a provider: the one it has, or a new one.
pub fn browser_secret(has: Option<&str>) -> String {
    let fits = |text: &&str| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    has.filter(fits).map_or_else(secrets::random, str::to_owned)
}

/// Somebody comes back from a provider that vouches for them. `linking` must be who is signed in.
pub async fn arrive(
    backend: &Backend,
    browser: &str,
    attempt: Attempt,
    proof: Proof,
    client: &ClientInfo,
) -> Result<Arrived> {
    let mut tx = backend.db.write().await?;
    let owner = identities::owner(&mut tx, &proof).await?;
    if owner.as_ref().is_some_and(|owner| owner.disabled) {
        return Ok(Arrived::Blocked);
    }
    let same_address = match proof.vouched() {
        Some(email) => users::id_of(&mut tx, email).await?,
        None => None,
    };
    let known = Known {
        owner: owner.map(|owner| owner.user),
        linking: attempt.link_to,
        same_address,
        registration_open: backend.policy.registration_open,
    };
    let matches = match known.arrival() {
        Arrival::Taken => return Ok(Arrived::Taken),
        Arrival::Closed => return Ok(Arrived::Closed),
        Arrival::Link(user) => {
            match link(&mut tx, backend, user, &proof, same_address).await {
                // Somebody else was faster.
                Err(error) if error.is_unique_violation() => return Ok(Arrived::Taken),
                other => other?,
            }
            tx.commit().await?;
            backend.wake_outbox();
            return Ok(Arrived::Linked);
        }
        Arrival::LogIn(user) => {
            link(&mut tx, backend, user, &proof, same_address).await?;
            if !sessions::may_come_in(&mut tx, backend, user).await? {
                tokens::push_again(&mut tx, backend, user).await?;
                tx.commit().await?;
                backend.wake_outbox();
                return Ok(Arrived::Unconfirmed);
            }
            let admission = factors::admit(&mut tx, backend, user, client).await?;
            // Where a second step follows, what waits is linked after it.
            if matches!(admission, Admission::Session(_)) {
                link_what_waits(&mut tx, backend, browser, user).await?;
            }
            tx.commit().await?;
            backend.wake_outbox();
            return Ok(Arrived::Admitted(admission));
        }
        Arrival::LogInFirst(user) => Some(user),
        Arrival::Create => None,
    };
    pending::keep(&mut tx, backend, browser, &Pending { proof, matches, next: attempt.next }).await?;
    tx.commit().await?;
    Ok(if matches.is_some() { Arrived::LogInFirst } else { Arrived::Create })
}

/// Links and writes so to the person, or notes that it was used again. The address counts as confirmed where the
/// provider vouches for the very one of the account.
async fn link(tx: &mut Tx, backend: &Backend, user: UserId, proof: &Proof, same_address: Option<UserId>) -> Result<()> {
    let vouches = same_address == Some(user);
    if identities::link(tx, backend, user, proof, vouches).await? == Linked::Now {
        identities::push_letter(tx, backend, user, &proof.provider, true).await?;
    }
    if vouches {
        tokens::set_confirmed(tx, backend, user).await?;
    }
    Ok(())
}

/// What waits at this browser for a person to go on.
pub async fn pending(backend: &Backend, browser: &str) -> Result<Option<Pending>> {
    let mut tx = backend.db.read().await?;
    pending::of(&mut tx, backend, browser).await
}

/// Somebody has just logged in at this browser: links what waited for exactly them to do so.
pub async fn link_pending(backend: &Backend, browser: &str, user: UserId) -> Result<()> {
    if pending(backend, browser).await?.is_none_or(|pending| pending.matches != Some(user)) {
        return Ok(());
    }
    let mut tx = backend.db.write().await?;
    link_what_waits(&mut tx, backend, browser, user).await?;
    tx.commit().await?;
    backend.wake_outbox();
    Ok(())
}

async fn link_what_waits(tx: &mut Tx, backend: &Backend, browser: &str, user: UserId) -> Result<()> {
    let Some(pending) = pending::of(tx, backend, browser).await? else { return Ok(()) };
    if pending.matches != Some(user) {
        return Ok(());
    }
    pending::forget(tx, browser).await?;
    if identities::owner(tx, &pending.proof).await?.is_none() {
        // The account may have another address by now.
        let same_address = match pending.proof.vouched() {
            Some(email) => users::id_of(tx, email).await?,
            None => None,
        };
        link(tx, backend, user, &pending.proof, same_address).await?;
    }
    Ok(())
}

/// Makes an account without a password for whoever a provider vouched for at this browser; answers their session and
/// where to go on.
///
/// # Errors
/// [`Error::Forbidden`] where nobody may sign up; [`Error::Conflict`] where that took too long, or an address is confirmed
/// first and the provider vouches for none.
pub async fn sign_up(
    backend: &Backend,
    browser: &str,
    form: &SignUpWithForm,
    client: &ClientInfo,
) -> Result<(NewSession, String)> {
    if !backend.policy.registration_open {
        return Err(Error::Forbidden);
    }
    let too_late = || Error::Conflict("This took a little too long. Go back to the first step and begin again.".into());
    let Pending { proof, next, .. } = pending(backend, browser).await?.ok_or_else(too_late)?;
    let person = form.parse(proof.vouched())?;
    if backend.policy.confirm_first && proof.vouched().is_none() {
        // Whether the address is taken would be told here.
        return Err(Error::Conflict(VOUCH_FIRST.into()));
    }
    users::known_zone(&person.time_zone)?;
    let limit = Limit::new("sign_up", backend.policy.sign_ups_per_minute, 60);
    throttle::take(backend, &[(limit, &client.network())]).await?;

    let mut tx = backend.db.write().await?;
    pending::forget(&mut tx, browser).await?;
    let user = users::create(&mut tx, backend, &person, NO_PASSWORD.to_owned()).await?;
    let vouches = proof.vouched().is_some();
    match identities::link(&mut tx, backend, user, &proof, vouches).await {
        // It was done in another window.
        Err(error) if error.is_unique_violation() => return Err(too_late()),
        other => other?,
    };
    if vouches {
        tokens::set_confirmed(&mut tx, backend, user).await?;
    } else {
        tokens::push_confirmation(&mut tx, backend, user).await?;
    }
    let session = sessions::start(&mut tx, backend, user, client).await?;
    tx.commit().await?;
    backend.wake_outbox();
    Ok((session, next))
}
