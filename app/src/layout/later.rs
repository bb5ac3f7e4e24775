//! What was put off: the cookie by which this browser asks no more for a while.

#![cfg_attr(feature = "ssr", expect(clippy::unused_async, reason = "every server function is one"))]

use leptos::prelude::*;

use crate::error::AppError;

/// Asks no more to confirm the address, in this session and for a day at most.
#[server(name = PutOffConfirmation, prefix = "/api", endpoint = "put_off_confirmation")]
pub async fn put_off_confirmation() -> Result<(), AppError> {
    crate::request::keep_for_a_day(COOKIE, &this_session()?)
}

#[cfg(feature = "ssr")]
const COOKIE: &str = "expenso_later";

/// Another person at this browser is asked all the same.
#[cfg(feature = "ssr")]
fn this_session() -> Result<String, AppError> {
    Ok(crate::request::person()?.session.0.to_string())
}

/// Whether whoever sees this page put it off.
#[cfg(feature = "ssr")]
pub(super) fn is_put_off() -> bool {
    this_session().is_ok_and(|session| crate::request::kept_for_a_day(COOKIE).as_deref() == Some(&session))
}
