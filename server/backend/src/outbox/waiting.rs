//! Letters that go to confirmed addresses only, and wait until theirs is one.

use chrono::NaiveDate;
use ledger::id::UserId;

use super::Claimed;
use crate::{Backend, Clock, Result, Tx};

/// Parks it until the person has confirmed the address; from the day `until` on it is no news any more.
pub async fn park_until_confirmed(
    backend: &Backend,
    message: &Claimed,
    user: UserId,
    until: Option<NaiveDate>,
) -> Result<()> {
    let mut tx = backend.db.write().await?;
    // Changes nothing, but holds the person's row: a confirmation comes before or after, never in between.
    let unconfirmed = tx
        .query("update users set confirmed_at = null where id = $1 and confirmed_at is null")
        .bind(user.0)
        .execute()
        .await?
        == 1;
    if unconfirmed {
        tx.query(
            "update outbox set parked_at = $1, waits_for = $2, waits_until = $3, claimed_until = null,
                last_error = 'the address is not confirmed'
             where id = $4 and sent_at is null",
        )
        .bind(backend.clock.now())
        .bind(user.0)
        .bind(until)
        .bind(message.id)
        .execute()
        .await?;
    } else {
        // Confirmed in this very moment, or gone: it is looked at again at once.
        tx.query("update outbox set claimed_until = null where id = $1").bind(message.id).execute().await?;
    }
    tx.commit().await
}

/// The person has confirmed the address: what waited for it and is still news is due now, and begins anew.
pub(crate) async fn release(tx: &mut Tx, clock: &Clock, user: UserId, today: NaiveDate) -> Result<()> {
    tx.query(
        "update outbox set parked_at = null, waits_for = null, waits_until = null, created_at = $1, due_at = $1,
            tries = 0, last_error = null
         where waits_for = $2 and sent_at is null and (waits_until is null or waits_until > $3)",
    )
    .bind(clock.now())
    .bind(user.0)
    .bind(today)
    .execute()
    .await?;
    Ok(())
}
