//! What was put off: this browser asks no more for a while.

#![cfg_attr(feature = "ssr", expect(clippy::unused_async, reason = "every server function is one"))]

use leptos::prelude::*;

use crate::error::AppError;

/// Asks no more to confirm the address, in this session and for a day at most.
#[server(name = PutOffConfirmation, prefix = "/api", endpoint = "put_off_confirmation")]
pub async fn put_off_confirmation() -> Result<(), AppError> {
    let session = crate::request::person()?.session;
    crate::request::sessions()?.put_off(session);
    Ok(())
}

/// Whether whoever sees this page put it off.
#[cfg(feature = "ssr")]
pub(super) fn is_put_off() -> bool {
    use_context::<backend::PutOff>().is_some_and(|put_off| put_off.0)
}
