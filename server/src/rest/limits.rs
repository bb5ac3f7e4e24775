//! How often a token may be used, by all servers of the installation together.

use axum::response::Response;
use backend::tally::{Allowance, Tally};
use backend::throttle::Limit;
use http::{HeaderName, HeaderValue};

/// The window, in seconds.
pub const WINDOW: u32 = 60;

/// `most`: requests of one token in one window.
pub fn counted(most: u32) -> Tally {
    Tally::new(Limit::new("api", most, WINDOW))
}

/// Says with each answer what is left.
pub fn tell(response: &mut Response, allowance: Allowance) {
    let headers = response.headers_mut();
    headers.insert(HeaderName::from_static("ratelimit-limit"), HeaderValue::from(allowance.most));
    headers.insert(HeaderName::from_static("ratelimit-remaining"), HeaderValue::from(allowance.left));
    headers.insert(HeaderName::from_static("ratelimit-reset"), HeaderValue::from(allowance.reset));
}
