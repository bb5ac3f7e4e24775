//! Letters about what staff do: to those whose account was suspended, and to staff where somebody waits for help.

use chrono::{DateTime, TimeDelta, Utc};
use ledger::id::UserId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Staff;
use super::help::open;
use crate::outbox::{self, Push};
use crate::users::{Recipient, recipient, suspended_recipient};
use crate::{Backend, Result, Tx};

/// The shortest time between two letters to one of the staff about requests that wait.
const SELDOM: TimeDelta = TimeDelta::hours(1);

/// A suspension that began or ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspension {
    pub user: UserId,
    /// Whether it began.
    pub on: bool,
    pub by: UserId,
    pub why: String,
}

/// Writes the letter about it; after the commit call [`Backend::wake_outbox`].
pub(super) async fn tell(
    tx: &mut Tx,
    backend: &Backend,
    staff: &Staff,
    user: UserId,
    on: bool,
    why: &str,
) -> Result<()> {
    let key = format!("suspension:{}", backend.clock.new_id());
    let payload = serde_json::json!(Suspension { user, on, by: staff.user(), why: why.to_owned() });
    let due = backend.clock.now();
    let push = Push { key, kind: "suspension", book: None, user: Some(user), payload, due };
    outbox::push(tx, &backend.clock, push).await?;
    Ok(())
}

/// To whom the letter about a suspension goes, and whom they may ask, where they are still here; `None` where it is not
/// true any more.
pub async fn suspension_letter(backend: &Backend, of: &Suspension) -> Result<Option<(Recipient, Option<Recipient>)>> {
    let to = if of.on { suspended_recipient(backend, of.user).await? } else { recipient(backend, of.user).await? };
    let Some(to) = to else { return Ok(None) };
    Ok(Some((to, recipient(backend, of.by).await?)))
}

/// Writes to all staff but whoever asks that somebody waits for help, at most once in an hour to each: what comes
/// meanwhile is in the next letter. After the commit call [`Backend::wake_outbox`].
pub(super) async fn tell_of_request(tx: &mut Tx, backend: &Backend, asker: UserId) -> Result<()> {
    let now = backend.clock.now();
    // Changes nothing, but of two requests at once the later one sees the letter of the earlier one.
    let sql =
        "update users set staff = staff where staff is not null and disabled_at is null and id <> $1 returning id";
    let staff: Vec<(Uuid,)> = tx.query(sql).bind(asker.0).all().await?;
    for (user,) in staff {
        let sql = "select due_at from outbox where for_user = $1 and kind = 'help_waiting' order by id desc limit 1";
        let last: Option<(DateTime<Utc>,)> = tx.query(sql).bind(user).optional().await?;
        let due = match last {
            Some((last,)) if last > now => continue,
            Some((last,)) => now.max(last + SELDOM),
            None => now,
        };
        let key = format!("help_waiting:{}", backend.clock.new_id());
        let payload = serde_json::json!({ "user": user });
        let push = Push { key, kind: "help_waiting", book: None, user: Some(UserId(user)), payload, due };
        outbox::push(tx, &backend.clock, push).await?;
    }
    Ok(())
}

/// How many requests wait for an answer by now, as one of the staff is told; `None` for those who are no staff any more.
pub async fn waiting_letter(backend: &Backend, user: UserId) -> Result<Option<i64>> {
    let mut tx = backend.db.read().await?;
    let sql = "select cast(1 as bigint) from users where id = $1 and staff is not null";
    if tx.query(sql).bind(user.0).optional::<(i64,)>().await?.is_none() {
        return Ok(None);
    }
    Ok(Some(open(&mut tx).await?))
}
