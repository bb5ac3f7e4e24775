//! How often somebody does something that is done often: counted in memory, and settled in the database now and then, so
//! that all servers of one installation come to one sum and no request waits for it.
//!
//! A server grants at most one part in [`PARTS`] of the limit before it has heard of what the others granted, and what it
//! granted itself counts at once.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use crate::throttle::{self, Limit};
use crate::{Backend, Result, watch};

/// A server settles once it has counted one in so many of the limit,
const PARTS: i64 = 20;
/// or when it has not for so long, in seconds. After a failure only then.
const SOON: i64 = 5;
/// How many are counted before those whose window is over are forgotten.
const CROWD: usize = 1_000;

#[derive(Clone)]
pub struct Tally {
    limit: Limit,
    held: Arc<Mutex<BTreeMap<String, Held>>>,
}

/// What is known here of one of them.
struct Held {
    /// Names the window here.
    window: u64,
    since: DateTime<Utc>,
    /// What the database said last, all servers together.
    known: i64,
    /// Counted here since then, and how many of these are on their way to the database.
    more: i64,
    on_the_way: i64,
    settled: Option<DateTime<Utc>>,
    failed: bool,
    /// Whether the log knows that the limit is reached.
    told: bool,
}

/// What somebody has left, as far as this server knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// Whether this time still counted.
    granted: bool,
    pub most: u32,
    pub left: u32,
    /// Seconds until all is there again.
    pub reset: u64,
}

impl Allowance {
    /// Seconds to wait where there is nothing left.
    pub fn wait(self) -> Option<u64> {
        (!self.granted).then_some(self.reset)
    }
}

/// Brings what was counted here to the database, and what it says back. To be run beside the request.
#[must_use]
pub struct Settling {
    tally: Tally,
    backend: Backend,
    whose: String,
    window: u64,
    times: i64,
}

impl Tally {
    pub fn new(limit: Limit) -> Self {
        Self { limit, held: Arc::default() }
    }

    /// Counts once, unless the limit is reached.
    pub fn take(&self, backend: &Backend, whose: &str) -> (Allowance, Option<Settling>) {
        let now = backend.clock.now();
        let most = i64::from(self.limit.tries);
        let mut all = self.held();
        if all.len() >= CROWD {
            all.retain(|_, held| !held.is_over(self.limit, now));
        }
        let held = all.entry(whose.to_owned()).or_insert_with(|| Held::begin(0, now));
        if held.is_over(self.limit, now) {
            *held = Held::begin(held.window + 1, now);
        }
        let granted = held.known + held.more < most;
        held.more += i64::from(granted);
        if !granted && !held.told {
            held.told = true;
            watch::held_back(self.limit.what);
        }
        let settling = (granted && held.is_due(most, now)).then(|| {
            (held.on_the_way, held.settled) = (held.more, Some(now));
            let (whose, window, times) = (whose.to_owned(), held.window, held.more);
            Settling { tally: self.clone(), backend: backend.clone(), whose, window, times }
        });
        let wait = (held.since + self.limit.window() - now).num_milliseconds();
        let allowance = Allowance {
            granted,
            most: self.limit.tries,
            left: u32::try_from(most - held.known - held.more).unwrap_or_default(),
            reset: u64::try_from((wait + 999) / 1000).unwrap_or(1).max(1),
        };
        (allowance, settling)
    }

    /// The same, with the settling run beside the request.
    pub fn count(&self, backend: &Backend, whose: &str) -> Allowance {
        let (allowance, settling) = self.take(backend, whose);
        if let Some(settling) = settling {
            tokio::spawn(settling.run());
        }
        allowance
    }

    fn held(&self) -> MutexGuard<'_, BTreeMap<String, Held>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    fn begin(window: u64, since: DateTime<Utc>) -> Self {
        Self { window, since, known: 0, more: 0, on_the_way: 0, settled: None, failed: false, told: false }
    }

    /// Also where the clock was set back.
    fn is_over(&self, limit: Limit, now: DateTime<Utc>) -> bool {
        self.since + limit.window() <= now || self.since > now + limit.window()
    }

    fn is_due(&self, most: i64, now: DateTime<Utc>) -> bool {
        let rested = self.settled.is_none_or(|at| now - at >= TimeDelta::seconds(SOON) || at > now);
        self.on_the_way == 0 && (rested || (!self.failed && self.more * PARTS >= most))
    }
}

impl Settling {
    /// A database that cannot be written just now is told later: until then this server counts for itself.
    pub async fn run(self) {
        let settled = self.write().await;
        let mut all = self.tally.held();
        let Some(held) = all.get_mut(&self.whose).filter(|held| held.window == self.window) else { return };
        held.on_the_way = 0;
        held.failed = settled.is_err();
        match settled {
            Ok((since, hits)) => {
                (held.since, held.known) = (since, hits);
                held.more -= self.times;
            }
            Err(error) => tracing::debug!(%error, "a count could not be settled"),
        }
    }

    async fn write(&self) -> Result<(DateTime<Utc>, i64)> {
        let mut tx = self.backend.db.write().await?;
        let counted = throttle::count(&mut tx, &self.backend, self.tally.limit, &self.whose, self.times).await?;
        tx.commit().await?;
        Ok(counted)
    }
}
