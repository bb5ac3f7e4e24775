//! What a browser was asked to sign: good once, for some minutes.

use ledger::id::UserId;

use super::LIFETIME;
use crate::{Backend, Result, Tx, secrets};

/// What is sent to the browser.
#[derive(Clone)]
pub struct Challenge {
    /// Comes back with the answer.
    pub secret: String,
    /// JSON for `PublicKeyCredential.parse…OptionsFromJSON`.
    pub options: String,
}

pub(super) async fn keep(
    tx: &mut Tx,
    backend: &Backend,
    user: Option<UserId>,
    options: String,
    state: String,
) -> Result<Challenge> {
    let secret = secrets::random();
    tx.query("insert into passkey_challenges (secret_hash, user_id, state, expires_at) values ($1, $2, $3, $4)")
        .bind(secrets::fingerprint(&secret))
        .bind(user.map(|user| user.0))
        .bind(state)
        .bind(backend.clock.now() + LIFETIME)
        .execute()
        .await?;
    Ok(Challenge { secret, options })
}

/// What was asked with this secret, of this person or of nobody; it is used up by it.
pub(super) async fn take(backend: &Backend, user: Option<UserId>, secret: &str) -> Result<Option<String>> {
    let mut tx = backend.db.write().await?;
    let found = tx
        .query("delete from passkey_challenges where secret_hash = $1 and expires_at > $2 returning user_id, state")
        .bind(secrets::fingerprint(secret))
        .bind(backend.clock.now())
        .optional::<(Option<uuid::Uuid>, String)>()
        .await?;
    tx.commit().await?;
    Ok(found.filter(|(whose, _)| *whose == user.map(|user| user.0)).map(|(_, state)| state))
}
