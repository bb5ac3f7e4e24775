//! The ways into an account. The last one stays, whichever it is.

use ledger::id::UserId;
use ledger::person::WaysIn;

use crate::passwords::NO_PASSWORD;
use crate::{Backend, Error, Result, Tx};

pub async fn of(backend: &Backend, user: UserId) -> Result<WaysIn> {
    let mut tx = backend.db.read().await?;
    let (hash,) = tx.query("select password_hash from users where id = $1").bind(user.0).one::<(String,)>().await?;
    with_password(&mut tx, backend, user, &hash).await
}

/// Called in a transaction that has just taken one away, to have it undone where no other is left.
///
/// # Errors
/// [`Error::Conflict`].
pub(crate) async fn insist_on_one(tx: &mut Tx, backend: &Backend, user: UserId) -> Result<()> {
    // Of two at once, the second waits for this row and then sees what the first has left.
    let (hash,) = tx
        .query("update users set password_hash = password_hash where id = $1 returning password_hash")
        .bind(user.0)
        .one::<(String,)>()
        .await?;
    if with_password(tx, backend, user, &hash).await?.count() == 0 {
        let words = "This is your only way in. Set a password or add another way first.";
        return Err(Error::Conflict(words.into()));
    }
    Ok(())
}

async fn with_password(tx: &mut Tx, backend: &Backend, user: UserId, hash: &str) -> Result<WaysIn> {
    let linked = tx
        .query("select provider from identities where user_id = $1 limit 100")
        .bind(user.0)
        .all::<(String,)>()
        .await?;
    // One that this server no longer offers leads nobody in.
    let providers = linked.iter().filter(|(provider,)| backend.policy.ways.contains_key(provider)).count();
    let keys =
        tx.query("select id from passkeys where user_id = $1 limit 100").bind(user.0).all::<(uuid::Uuid,)>().await?;
    let passkeys = if backend.passkey_site.is_some() { keys.len() } else { 0 };
    Ok(WaysIn { has_password: hash != NO_PASSWORD, providers, passkeys })
}
