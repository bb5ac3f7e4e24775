//! The ways into an account. The last one stays, whichever it is.

use ledger::id::UserId;
use ledger::person::WaysIn;

use crate::factors::{self, News};
use crate::passkeys::{self, Site};
use crate::passwords::NO_PASSWORD;
use crate::{Backend, Error, Result, Tx, identities};

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

/// Whoever is signed in has shown that the address is theirs, and so are their ways in.
pub(crate) async fn prove(tx: &mut Tx, user: UserId) -> Result<()> {
    for sql in [
        "update identities set proven = true where user_id = $1",
        "update passkeys set proven = true where user_id = $1",
        "update authenticators set proven = true where user_id = $1",
    ] {
        tx.query(sql).bind(user.0).execute().await?;
    }
    Ok(())
}

/// Takes away what a stranger may have set up who made the account with an address that was not theirs: its owner is
/// about to take it over, and is told. After the commit call [`Backend::wake_outbox`].
pub(crate) async fn forget_unproven(tx: &mut Tx, backend: &Backend, user: UserId) -> Result<()> {
    identities::forget_unproven(tx, backend, user).await?;
    if passkeys::forget_unproven(tx, user).await? > 0 {
        factors::tell(tx, backend, user, News::PasskeyRemoved).await?;
    }
    factors::end_unproven(tx, backend, user).await
}

async fn with_password(tx: &mut Tx, backend: &Backend, user: UserId, hash: &str) -> Result<WaysIn> {
    let linked = tx
        .query("select provider from identities where user_id = $1 limit 100")
        .bind(user.0)
        .all::<(String,)>()
        .await?;
    // One that this server no longer offers leads nobody in.
    let providers = linked.iter().filter(|(provider,)| backend.policy.ways.contains_key(provider)).count();
    // Browsers show a passkey to the server of its name only.
    let keys =
        tx.query("select site from passkeys where user_id = $1 limit 100").bind(user.0).all::<(String,)>().await?;
    let here = backend.passkey_site.as_ref().map(Site::name);
    let passkeys = keys.iter().filter(|(site,)| Some(site.as_str()) == here).count();
    Ok(WaysIn { has_password: hash != NO_PASSWORD, providers, passkeys })
}
