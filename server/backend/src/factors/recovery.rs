//! Codes for when the app is lost: ten, each good once, kept as hashes.
//!
//! They are made from a random seed with the installation's key. The seed is kept while they are shown, so that a page
//! that is loaded again shows them again, and forgotten once the person has them.

use chrono::TimeDelta;
use ledger::id::UserId;
use ledger::person::{Password, RecoveryCode};
use uuid::Uuid;

use super::authenticator::Row;
use crate::passwords::Verdict;
use crate::{Backend, Error, Result, Tx};

/// Codes of one person.
pub(super) const COUNT: u8 = 10;
/// How long they are shown to whoever does not say that they have them.
pub(crate) const SHOWN: TimeDelta = TimeDelta::hours(1);

/// Codes that were just made, with their hashes.
pub(super) struct Made {
    seed: Uuid,
    codes: Vec<(RecoveryCode, String)>,
}

/// Slow, as each is hashed like a password: before the transaction.
pub(super) async fn make(backend: &Backend) -> Result<Made> {
    let (seed, named) = loop {
        let seed = Uuid::from_bytes(rand::random());
        let codes = from_seed(backend, seed);
        // Each is found by its name.
        let names: std::collections::BTreeSet<&str> = codes.iter().map(RecoveryCode::name).collect();
        if names.len() == codes.len() {
            break (seed, codes);
        }
    };
    let mut codes = Vec::new();
    for code in named {
        let hash = backend.passwords.hash(as_password(&code)?).await?;
        codes.push((code, hash));
    }
    Ok(Made { seed, codes })
}

/// Puts them in place of those that the person had.
pub(super) async fn replace(tx: &mut Tx, backend: &Backend, user: UserId, made: Made) -> Result<()> {
    // Of two at once, the second waits for this row and then takes back what the first has given.
    let kept = tx
        .query("update authenticators set codes_seed = $1, codes_made_at = $2 where user_id = $3")
        .bind(made.seed)
        .bind(backend.clock.now())
        .bind(user.0)
        .execute()
        .await?;
    if kept == 0 {
        return Err(Error::NotFound);
    }
    forget(tx, user).await?;
    for (code, hash) in made.codes {
        tx.query("insert into recovery_codes (user_id, name, hash) values ($1, $2, $3)")
            .bind(user.0)
            .bind(code.name())
            .bind(hash)
            .execute()
            .await?;
    }
    Ok(())
}

/// The codes, while they are shown.
pub(super) fn shown(backend: &Backend, row: &Row) -> Option<Vec<RecoveryCode>> {
    let is_new = row.codes_made_at.is_some_and(|at| at > backend.clock.now() - SHOWN);
    row.codes_seed.filter(|_| is_new).map(|seed| from_seed(backend, seed))
}

/// They are shown no more.
pub(super) async fn hide(tx: &mut Tx, user: UserId) -> Result<()> {
    tx.query("update authenticators set codes_seed = null where user_id = $1").bind(user.0).execute().await?;
    Ok(())
}

pub(super) async fn forget(tx: &mut Tx, user: UserId) -> Result<()> {
    tx.query("delete from recovery_codes where user_id = $1").bind(user.0).execute().await?;
    Ok(())
}

/// How many were not used.
pub(super) async fn left(tx: &mut Tx, user: UserId) -> Result<i64> {
    let sql = "select count(*) from recovery_codes where user_id = $1 and used_at is null";
    Ok(tx.query(sql).bind(user.0).one::<(i64,)>().await?.0)
}

/// Whether the person has this code and did not use it; as slow whether there is one of its name or not.
pub(super) async fn is_good(backend: &Backend, user: UserId, code: &RecoveryCode) -> Result<bool> {
    let mut tx = backend.db.read().await?;
    let stored = tx
        .query("select hash from recovery_codes where user_id = $1 and name = $2 and used_at is null")
        .bind(user.0)
        .bind(code.name())
        .optional::<(String,)>()
        .await?;
    drop(tx);
    let verdict = backend.passwords.verify(as_password(code)?, stored.map(|(hash,)| hash)).await?;
    Ok(verdict != Verdict::Wrong)
}

/// Uses it up; of two at once, one is late.
pub(super) async fn use_up(tx: &mut Tx, backend: &Backend, user: UserId, code: &RecoveryCode) -> Result<bool> {
    let rows = tx
        .query("update recovery_codes set used_at = $1 where user_id = $2 and name = $3 and used_at is null")
        .bind(backend.clock.now())
        .bind(user.0)
        .bind(code.name())
        .execute()
        .await?;
    Ok(rows == 1)
}

fn from_seed(backend: &Backend, seed: Uuid) -> Vec<RecoveryCode> {
    let code = |n: u8| {
        let bytes = backend.key.derive(&[b"recovery code", seed.as_bytes(), &[n]]);
        let mut bits = [0; 10];
        bits.copy_from_slice(&bytes[..10]);
        RecoveryCode::new(bits)
    };
    (0..COUNT).map(code).collect()
}

fn as_password(code: &RecoveryCode) -> Result<Password> {
    Password::typed(code.as_str()).map_err(Error::internal)
}
