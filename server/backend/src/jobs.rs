//! How what the worker does again and again went the last time, for whoever runs the server.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{Backend, Result};

/// A job that goes well is noted no more often.
const OFTEN: TimeDelta = TimeDelta::minutes(5);

/// Notes that a job ran just now, and why it failed if it did.
pub async fn note(backend: &Backend, name: &str, failed: Option<String>) -> Result<()> {
    let (now, failed) = (backend.clock.now(), failed.unwrap_or_default());
    let mut tx = backend.db.read().await?;
    let sql = "select ran_at, failed from jobs where name = $1";
    let before = tx.query(sql).bind(name.to_owned()).optional::<(DateTime<Utc>, String)>().await?;
    drop(tx);
    // What a clock that was ahead has noted does not count.
    if before.is_some_and(|(ran_at, why)| why == failed && ran_at > now - OFTEN && ran_at <= now) {
        return Ok(());
    }
    let mut tx = backend.db.write().await?;
    tx.query(
        "insert into jobs (name, ran_at, failed) values ($1, $2, $3)
         on conflict (name) do update set ran_at = excluded.ran_at, failed = excluded.failed",
    )
    .bind(name.to_owned())
    .bind(now)
    .bind(failed)
    .execute()
    .await?;
    tx.commit().await
}
