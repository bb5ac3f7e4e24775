//! Log-ins that were sent to a provider: each may come back once, in time, to the browser that began it.
//!
//! The browser keeps one secret and the provider hands back another, the state. What proves that it is the same
//! log-in (the nonce, and the verifier of RFC 7636) is made from both with the installation's key, so that neither
//! the database nor one of the two is enough.

use chrono::{DateTime, TimeDelta, Utc};
use ledger::id::UserId;
use uuid::Uuid;

use crate::request::ClientInfo;
use crate::throttle::{self, Limit};
use crate::{Backend, Result, secrets};

/// How long a person may take at the provider.
pub const LIFETIME: TimeDelta = TimeDelta::minutes(10);
const BY_NETWORK: Limit = Limit::new("sign_in_with", 60, 60);

/// A log-in that begins.
pub struct Begun {
    pub state: String,
    pub proofs: Proofs,
}

/// What the provider is given, and must show or be shown when the person comes back.
#[derive(Clone)]
pub struct Proofs {
    /// Stands in the signed answer.
    pub nonce: String,
    /// Is shown for the code; its hash went ahead.
    pub verifier: String,
}

/// One that came back.
pub struct Attempt {
    pub proofs: Proofs,
    /// Where to go on.
    pub next: String,
    /// Who asked to link.
    pub link_to: Option<UserId>,
}

/// Notes that a browser goes to a provider. `next` must be a path of this site.
///
/// # Errors
/// [`Error::TooMany`](crate::Error::TooMany).
pub async fn begin(
    backend: &Backend,
    browser: &str,
    provider: &str,
    next: &str,
    link_to: Option<UserId>,
    client: &ClientInfo,
) -> Result<Begun> {
    throttle::take(backend, &[(BY_NETWORK, &client.network())]).await?;
    let state = secrets::random();
    let mut tx = backend.db.write().await?;
    tx.query(
        "insert into sign_in_attempts (state_hash, browser_hash, provider, next, link_to, expires_at)
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(secrets::fingerprint(&state))
    .bind(secrets::fingerprint(browser))
    .bind(provider)
    .bind(next)
    .bind(link_to.map(|user| user.0))
    .bind(backend.clock.now() + LIFETIME)
    .execute()
    .await?;
    tx.commit().await?;
    let proofs = proofs(backend, browser, &state);
    Ok(Begun { state, proofs })
}

/// The attempt with this state, which is used up by it. None when it was begun by another browser or for another
/// provider, was used before, or is too old.
pub async fn take(backend: &Backend, browser: &str, provider: &str, state: &str) -> Result<Option<Attempt>> {
    let mut tx = backend.db.write().await?;
    let found = tx
        .query(
            "delete from sign_in_attempts where state_hash = $1 and browser_hash = $2 and provider = $3
             returning next, link_to, expires_at",
        )
        .bind(secrets::fingerprint(state))
        .bind(secrets::fingerprint(browser))
        .bind(provider)
        .optional::<(String, Option<Uuid>, DateTime<Utc>)>()
        .await?;
    tx.commit().await?;
    let now = backend.clock.now();
    Ok(found.filter(|(_, _, expires_at)| *expires_at > now).map(|(next, link_to, _)| Attempt {
        proofs: proofs(backend, browser, state),
        next,
        link_to: link_to.map(UserId),
    }))
}

fn proofs(backend: &Backend, browser: &str, state: &str) -> Proofs {
    let make = |what: &[u8]| secrets::hex(&backend.key.derive(&[what, browser.as_bytes(), state.as_bytes()]));
    Proofs { nonce: make(b"nonce"), verifier: make(b"verifier") }
}
