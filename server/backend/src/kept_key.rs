//! The installation's secret is replaced, and what hangs on the key that was derived from it stays good.
//!
//! ```text
//! keep_under(next)   the former key, sealed under the next: either secret is a good one
//! take_over(next)    the next has come: all that was sealed, and all that followed from the former key, is sealed under
//!                    the next in one transaction, and the former key is forgotten in it
//! ```
//! What is known by its hash alone cannot be hashed anew: limits begin anew, and browsers, and log-ins at providers that
//! are under way, are strangers until the next log-in.

use crate::secrets::hex;
use crate::{Backend, Key, Result, factors, hooks, households, newcomers, sealed, tokens};

const PURPOSE: &str = "kept key";

/// Keeps the backend's key for whoever comes with the next secret. Under the present one everything is as before, so that
/// nothing is lost when the next never comes into use.
pub async fn keep_under(backend: &Backend, next: &Key) -> Result<()> {
    let sealed = sealed::seal(next, PURPOSE, &[], backend.key.bytes())?;
    let mut tx = backend.db.write().await?;
    tx.query("delete from kept_keys where sealed_under = $1").bind(fingerprint(next)).execute().await?;
    let sql = "insert into kept_keys (sealed_under, sealed) values ($1, $2)";
    tx.query(sql).bind(fingerprint(next)).bind(sealed).execute().await?;
    tx.commit().await
}

/// The key takes the place of the one that was kept under it, which is forgotten. Nothing happens where none was: this key
/// is in use already, or its secret was put in place by hand.
pub async fn take_over(backend: &Backend, next: &Key) -> Result<()> {
    let mut tx = backend.db.write().await?;
    // Taken away at once: of servers that start together one finds it, and the others wait for that one.
    let sql = "delete from kept_keys where sealed_under = $1 returning sealed";
    let found = tx.query(sql).bind(fingerprint(next)).optional::<(String,)>().await?;
    let bytes = found.and_then(|(sealed,)| sealed::open(next, PURPOSE, &[], &sealed));
    let Some(former) = bytes.and_then(|bytes| bytes.try_into().ok()).map(Key::of_bytes) else { return Ok(()) };
    factors::seal_anew(&mut tx, &former, next).await?;
    for secrets in [&hooks::SECRET, &households::SECRET, &newcomers::LINK, &tokens::LINK, &tokens::CODE] {
        secrets.seal_anew(&mut tx, &former, next).await?;
    }
    tokens::hash_anew(&mut tx, next).await?;
    tx.query("delete from kept_keys").execute().await?;
    tx.commit().await
}

/// Tells secrets apart, and tells nothing of them.
fn fingerprint(key: &Key) -> String {
    hex(&key.derive(&[b"fingerprint of a secret"])[..16])
}
