//! The installation's secret is replaced, and what hangs on the key that was derived from it stays good: that key is kept,
//! sealed under the secret that takes its place.

use crate::secrets::hex;
use crate::{Backend, Key, Result, sealed};

const PURPOSE: &str = "kept key";

/// The key that is kept under this one; `None` where the secret was never replaced, or by hand.
pub async fn find(backend: &Backend, present: &Key) -> Result<Option<Key>> {
    let mut tx = backend.db.read().await?;
    let sql = "select sealed from kept_keys where sealed_under = $1";
    let found = tx.query(sql).bind(fingerprint(present)).optional::<(String,)>().await?;
    let bytes = found.and_then(|(sealed,)| sealed::open(present, PURPOSE, &[], &sealed));
    Ok(bytes.and_then(|bytes| bytes.try_into().ok()).map(Key::of_bytes))
}

/// Keeps the backend's key for whoever comes with the next secret. Under the present one it is found as before, so that
/// nothing is lost when the next never comes into use.
pub async fn keep_under(backend: &Backend, next: &Key) -> Result<()> {
    let sealed = sealed::seal(next, PURPOSE, &[], backend.key.bytes())?;
    let mut tx = backend.db.write().await?;
    tx.query("delete from kept_keys where sealed_under = $1").bind(fingerprint(next)).execute().await?;
    let sql = "insert into kept_keys (sealed_under, sealed) values ($1, $2)";
    tx.query(sql).bind(fingerprint(next)).bind(sealed).execute().await?;
    tx.commit().await
}

/// What was kept under the secrets before this one is not looked for any more.
pub async fn forget_all_but(backend: &Backend, present: &Key) -> Result<()> {
    let mut tx = backend.db.write().await?;
    tx.query("delete from kept_keys where sealed_under <> $1").bind(fingerprint(present)).execute().await?;
    tx.commit().await
}

/// Tells secrets apart, and tells nothing of them.
fn fingerprint(key: &Key) -> String {
    hex(&key.derive(&[b"fingerprint of a secret"])[..16])
}
