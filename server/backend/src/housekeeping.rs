//! What nobody needs any more is removed.

use chrono::TimeDelta;

use crate::{Backend, Result, answered, factors, hooks, households, merges, reminders, staff};

/// A letter waits for a morning, or for some hours after a failure.
const LATEST: TimeDelta = TimeDelta::days(3);

/// Removes old throttles, tokens, sign-ups that nobody confirmed, sessions, log-ins and second factors that came to
/// nothing, answers that are kept for retries, what can no longer be taken back (edits, merges, departures, invitations),
/// messages that are sent or parked, and what staff did two years ago; lets go what a clock that was ahead holds back.
/// Runs about once an hour.
pub async fn sweep(backend: &Backend) -> Result<()> {
    while staff::note_keys(backend).await? {}
    let now = backend.clock.now();
    let mut tx = backend.db.write().await?;
    for (sql, kept) in [
        ("delete from throttles where window_start < $1", TimeDelta::days(1)),
        ("delete from tokens where expires_at < $1", TimeDelta::days(7)),
        ("delete from newcomers where expires_at < $1", TimeDelta::zero()),
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
    // No message is due so late but by a clock that was ahead when it was written or tried.
    tx.query(
        "update outbox set due_at = $1, claimed_until = null
         where sent_at is null and parked_at is null and (due_at > $2 or claimed_until > $2)",
    )
    .bind(now)
    .bind(now + LATEST)
    .execute()
    .await?;
    reminders::let_go(&mut tx, now).await?;
    merges::sweep(&mut tx, now - merges::KEPT).await?;
    tx.commit().await
}
