//! What a provider has proven of whoever sits at a browser, kept until they make an account or log in to theirs.

use chrono::TimeDelta;
use ledger::id::UserId;
use ledger::person::Proof;
use uuid::Uuid;

use crate::{Backend, Result, Tx, secrets};

/// How long a person may take to go on: long enough to reset a password by mail.
const LIFETIME: TimeDelta = TimeDelta::minutes(30);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    pub proof: Proof,
    /// Whose account has the address: it is linked once they log in to it.
    pub matches: Option<UserId>,
    /// Where to go on.
    pub next: String,
}

/// Keeps it in place of what was pending at this browser before.
pub(super) async fn keep(tx: &mut Tx, backend: &Backend, browser: &str, pending: &Pending) -> Result<()> {
    let proof = &pending.proof;
    forget(tx, browser).await?;
    tx.query(
        "insert into sign_in_proofs (browser_hash, provider, subject, email, verified, name, matches, next, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(secrets::fingerprint(browser))
    .bind(&*proof.provider)
    .bind(&*proof.subject)
    .bind(proof.email.as_ref().map(|email| email.as_str().to_owned()))
    .bind(proof.verified)
    .bind(&*proof.name)
    .bind(pending.matches.map(|user| user.0))
    .bind(&*pending.next)
    .bind(backend.clock.now() + LIFETIME)
    .execute()
    .await?;
    Ok(())
}

pub(super) async fn forget(tx: &mut Tx, browser: &str) -> Result<()> {
    let sql = "delete from sign_in_proofs where browser_hash = $1";
    tx.query(sql).bind(secrets::fingerprint(browser)).execute().await?;
    Ok(())
}

pub(super) async fn of(tx: &mut Tx, backend: &Backend, browser: &str) -> Result<Option<Pending>> {
    let row = tx
        .query(
            "select provider, subject, email, verified, name, matches, next from sign_in_proofs
             where browser_hash = $1 and expires_at > $2",
        )
        .bind(secrets::fingerprint(browser))
        .bind(backend.clock.now())
        .optional::<PendingRow>()
        .await?;
    Ok(row.map(|row| Pending {
        proof: Proof {
            provider: row.provider,
            subject: row.subject,
            email: row.email.and_then(|email| email.parse().ok()),
            verified: row.verified,
            name: row.name,
        },
        matches: row.matches.map(UserId),
        next: row.next,
    }))
}

#[derive(sqlx::FromRow)]
struct PendingRow {
    provider: String,
    subject: String,
    email: Option<String>,
    verified: bool,
    name: String,
    matches: Option<Uuid>,
    next: String,
}
