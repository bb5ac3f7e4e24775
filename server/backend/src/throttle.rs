//! How often something may be tried in a window of time, counted in the database for all servers.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{Backend, Error, Result, Tx, watch};

/// A limit on one thing somebody does.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// What is counted, such as `log_in`.
    pub what: &'static str,
    /// Tries in one window.
    pub tries: u32,
    /// The window in seconds; it ends by itself, however many tries there were.
    pub seconds: u32,
}

impl Limit {
    pub const fn new(what: &'static str, tries: u32, seconds: u32) -> Self {
        Self { what, tries, seconds }
    }

    pub(crate) fn window(&self) -> TimeDelta {
        TimeDelta::seconds(i64::from(self.seconds))
    }

    /// Whether so many tries since then are all that are allowed for now. A window that begins later than another one
    /// from now on would end comes from a clock that was ahead, and keeps nobody out; the clocks of two servers may differ
    /// by less.
    fn is_over(&self, now: DateTime<Utc>, start: DateTime<Utc>, hits: i64) -> bool {
        let (ends, latest) = (start + self.window(), now + self.window());
        hits >= i64::from(self.tries) && ends > now && start <= latest
    }

    /// The stored key does not tell whose it is.
    fn key(&self, backend: &Backend, whose: &str) -> String {
        let hash = backend.key.derive(&[b"throttle", self.what.as_bytes(), whose.as_bytes()]);
        format!("{}:{}", self.what, crate::secrets::hex(&hash[..16]))
    }
}

/// Counts one try for each limit, all or none.
///
/// # Errors
/// [`Error::TooMany`] when a limit is reached; a refused try is not counted.
pub async fn take(backend: &Backend, limits: &[(Limit, &str)]) -> Result<()> {
    let now = backend.clock.now();
    // Looking first keeps an attacker from making the database write.
    let mut tx = backend.db.read().await?;
    for (limit, whose) in limits {
        let key = limit.key(backend, whose);
        let found = tx.query("select window_start, hits from throttles where key = $1").bind(key).optional().await?;
        if let Some((start, hits)) = found {
            refuse_over(*limit, now, start, hits)?;
        }
    }
    drop(tx);
    let mut tx = backend.db.write().await?;
    for (limit, whose) in limits {
        take_in(&mut tx, backend, *limit, whose).await?;
    }
    tx.commit().await
}

/// Counts one try inside a transaction that is under way.
///
/// # Errors
/// [`Error::TooMany`] when the limit is reached.
pub async fn take_in(tx: &mut Tx, backend: &Backend, limit: Limit, whose: &str) -> Result<()> {
    let (start, hits) = count(tx, backend, limit, whose, 1).await?;
    refuse_over(limit, backend.clock.now(), start, hits - 1)
}

/// Counts so many tries, however many there were: when the window began, and how many there are in it now.
pub(crate) async fn count(
    tx: &mut Tx,
    backend: &Backend,
    limit: Limit,
    whose: &str,
    tries: i64,
) -> Result<(DateTime<Utc>, i64)> {
    let now = backend.clock.now();
    tx.query(
        "insert into throttles (key, window_start, hits) values ($1, $2, $4)
         on conflict (key) do update set
            hits = case when throttles.window_start <= $3 or throttles.window_start > $5 then $4
                        else throttles.hits + $4 end,
            window_start = case when throttles.window_start <= $3 or throttles.window_start > $5 then $2
                                else throttles.window_start end
         returning window_start, hits",
    )
    .bind(limit.key(backend, whose))
    .bind(now)
    .bind(now - limit.window())
    .bind(tries)
    .bind(now + limit.window())
    .one()
    .await
}

/// Whether the next try would be refused.
pub(crate) async fn is_reached(tx: &mut Tx, backend: &Backend, limit: Limit, whose: &str) -> Result<bool> {
    let sql = "select window_start, hits from throttles where key = $1";
    let found = tx.query(sql).bind(limit.key(backend, whose)).optional::<(DateTime<Utc>, i64)>().await?;
    Ok(found.is_some_and(|(start, hits)| limit.is_over(backend.clock.now(), start, hits)))
}

/// Gives one try back, because it turned out well.
pub async fn give_back(tx: &mut Tx, backend: &Backend, limit: Limit, whose: &str) -> Result<()> {
    let key = limit.key(backend, whose);
    tx.query("update throttles set hits = hits - 1 where key = $1 and hits > 0").bind(key).execute().await?;
    Ok(())
}

fn refuse_over(limit: Limit, now: DateTime<Utc>, start: DateTime<Utc>, hits: i64) -> Result<()> {
    if limit.is_over(now, start, hits) {
        watch::held_back(limit.what);
        let left = start + limit.window() - now;
        let seconds = (left.num_milliseconds() + 999) / 1000;
        return Err(Error::TooMany { retry_after_seconds: u64::try_from(seconds).unwrap_or(1).max(1) });
    }
    Ok(())
}
