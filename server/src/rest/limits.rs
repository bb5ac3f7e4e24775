//! How often a token may be used. Each server counts for itself, in memory: the limit keeps one program from taking
//! all there is, and needs not be exact.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use axum::response::Response;
use backend::access_tokens::TokenId;
use chrono::{DateTime, TimeDelta, Utc};
use http::{HeaderName, HeaderValue};

/// The window, in seconds.
pub const WINDOW: i64 = 60;
/// How many tokens are counted before those that rest are forgotten.
const CROWD: usize = 1_000;

pub struct Limits {
    /// Requests of one token in one window.
    most: u32,
    used: Mutex<BTreeMap<TokenId, Used>>,
}

#[derive(Clone, Copy)]
struct Used {
    since: DateTime<Utc>,
    times: u32,
}

/// What a token has left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// Whether this request still counted.
    granted: bool,
    most: u32,
    left: u32,
    /// Seconds until all is there again.
    reset: u64,
}

impl Allowance {
    /// Seconds to wait where there is nothing left.
    pub fn wait(self) -> Option<u64> {
        (!self.granted).then_some(self.reset)
    }
}

impl Limits {
    pub fn new(most: u32) -> Self {
        Self { most, used: Mutex::default() }
    }

    /// Counts one request.
    pub fn take(&self, token: TokenId, now: DateTime<Utc>) -> Allowance {
        let mut all = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let window = TimeDelta::seconds(WINDOW);
        if all.len() >= CROWD {
            all.retain(|_, used| used.since + window > now);
        }
        let used = all.entry(token).or_insert(Used { since: now, times: 0 });
        if used.since + window <= now || used.since > now {
            *used = Used { since: now, times: 0 };
        }
        let granted = used.times < self.most;
        used.times += u32::from(granted);
        let left = (used.since + window - now).num_milliseconds();
        let reset = u64::try_from((left + 999) / 1000).unwrap_or(1).max(1);
        Allowance { granted, most: self.most, left: self.most - used.times, reset }
    }
}

/// Says with each answer what is left.
pub fn tell(response: &mut Response, allowance: Allowance) {
    let headers = response.headers_mut();
    headers.insert(HeaderName::from_static("ratelimit-limit"), HeaderValue::from(allowance.most));
    headers.insert(HeaderName::from_static("ratelimit-remaining"), HeaderValue::from(allowance.left));
    headers.insert(HeaderName::from_static("ratelimit-reset"), HeaderValue::from(allowance.reset));
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOST: u32 = 300;

    #[test]
    fn a_token_has_so_much_in_a_minute_and_others_have_theirs() {
        let limits = Limits::new(MOST);
        let (one, other) = (TokenId(uuid::Uuid::from_u128(1)), TokenId(uuid::Uuid::from_u128(2)));
        let start = DateTime::from_timestamp(1_800_000_000, 0).expect("an instant");
        for left in (0..MOST).rev() {
            let allowance = limits.take(one, start + TimeDelta::seconds(20));
            assert_eq!((allowance.wait(), allowance.left, allowance.reset), (None, left, 60));
        }
        assert_eq!(limits.take(one, start + TimeDelta::seconds(50)).wait(), Some(30));
        assert_eq!(limits.take(other, start + TimeDelta::seconds(50)).wait(), None);
        assert_eq!(limits.take(one, start + TimeDelta::seconds(80)).wait(), None, "another minute");
    }

    #[test]
    fn those_that_rest_are_forgotten() {
        let limits = Limits::new(MOST);
        let start = DateTime::from_timestamp(1_800_000_000, 0).expect("an instant");
        for n in 0..CROWD as u128 {
            limits.take(TokenId(uuid::Uuid::from_u128(n)), start);
        }
        limits.take(TokenId(uuid::Uuid::max()), start + TimeDelta::seconds(61));
        assert_eq!(limits.used.lock().expect("the map").len(), 1);
    }
}
