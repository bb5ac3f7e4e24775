//! What nobody needs any more is removed.

use chrono::TimeDelta;

use crate::{Backend, Result, answered, factors, hooks, households, merges, staff};

/// Removes old throttles, tokens, sessions, log-ins and second factors that came to nothing, answers that are kept for
/// retries, what can no longer be taken back (edits, merges, departures, invitations), messages that are sent or parked,
/// and what staff did two years ago; runs about once an hour.
pub async fn sweep(backend: &Backend) -> Result<()> {
    while staff::note_keys(backend).await? {}
    let now = backend.clock.now();
    let mut tx = backend.db.write().await?;
    for (sql, kept) in [
        ("delete from throttles where window_start < $1", TimeDelta::days(1)),
        ("delete from tokens where expires_at < $1", TimeDelta::days(7)),
        ("delete from second_steps where expires_at < $1", TimeDelta::zero()),
        ("delete from passkey_challenges where expires_at < $1", TimeDelta::zero()),
        ("update authenticators set codes_seed = null where codes_made_at < $1", factors::CODES_SHOWN),
        ("delete from authenticators where on_since is null and begun_at < $1", TimeDelta::days(1)),
        ("delete from sessions where expires_at < $1 or revoked_at < $1", TimeDelta::days(30)),
        ("delete from sign_in_attempts where expires_at < $1", TimeDelta::zero()),
        ("delete from sign_in_proofs where expires_at < $1", TimeDelta::zero()),
        ("delete from answered_requests where claimed_at < $1", answered::KEPT),
        ("delete from access_tokens where expires_at < $1 or revoked_at < $1", TimeDelta::days(30)),
        ("delete from record_edits where made_at < $1", TimeDelta::days(1)),
        ("delete from invitations where expires_at < $1", TimeDelta::days(7)),
        ("delete from invitations where revoked_at < $1", households::UNDO),
        ("delete from departures where gone_at < $1", households::UNDO),
        ("delete from hooks where deleted_at < $1", hooks::UNDO),
        ("delete from hook_deliveries where at < $1", TimeDelta::days(30)),
        ("delete from audit where at < $1", TimeDelta::days(2 * 365)),
        ("delete from outbox where sent_at < $1 or parked_at < $1", TimeDelta::days(90)),
    ] {
        tx.query(sql).bind(now - kept).execute().await?;
    }
    merges::sweep(&mut tx, now - merges::KEPT).await?;
    tx.commit().await
}
