//! Browsers from which an account was used before. Each has tries of its own, so that whoever guesses from
//! elsewhere cannot keep the owner out.
//!
//! Nothing is stored: the browser keeps a mark that only this installation can make, a random name with a proof
//! that somebody logged in to this account with it.

use crate::{Backend, ClientInfo, secrets};

/// The mark that the browser shall keep: the one it has, if that is of this account.
pub(crate) fn mark(backend: &Backend, email_key: &str, client: &ClientInfo) -> String {
    let name = known(backend, email_key, client).map_or_else(secrets::random, str::to_owned);
    format!("{name}.{}", proof(backend, email_key, &name))
}

/// The name of the browser, if this account was used from it before.
pub(crate) fn known<'c>(backend: &Backend, email_key: &str, client: &'c ClientInfo) -> Option<&'c str> {
    let (name, given) = client.device.as_deref()?.split_once('.')?;
    // Of hashes, the time of a comparison tells nothing.
    let is_ours = secrets::fingerprint(given) == secrets::fingerprint(&proof(backend, email_key, name));
    is_ours.then_some(name)
}

fn proof(backend: &Backend, email_key: &str, name: &str) -> String {
    secrets::hex(&backend.key.derive(&[b"device", email_key.as_bytes(), name.as_bytes()]))
}
