//! Passwords that were stolen elsewhere and are known to everybody since. Only the server asks somebody about them, and
//! only where its operator says whom.

use std::pin::Pin;
use std::sync::Arc;

use ledger::person::Password;

use crate::{Backend, Error, Result};

type Answer = Pin<Box<dyn Future<Output = bool> + Send>>;

/// Knows whether a password is among them. Whoever cannot be asked knows of none.
#[derive(Clone)]
pub struct Breaches(Arc<dyn Fn(&str) -> Answer + Send + Sync>);

impl Breaches {
    /// `holds` takes what it needs of the password before it answers, so that no copy of it waits.
    pub fn new<F>(holds: impl Fn(&str) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = bool> + Send + 'static,
    {
        Self(Arc::new(move |password| Box::pin(holds(password))))
    }
}

/// Refuses a password that was stolen elsewhere. Asked of somebody else over the network: after all limits, and in no
/// transaction.
pub(crate) async fn refuse_stolen(backend: &Backend, password: &Password) -> Result<()> {
    let Some(Breaches(holds)) = &backend.breaches else { return Ok(()) };
    if holds(password.as_str()).await {
        let message = "This password was stolen from another service and is known to those who try. Choose another, such \
                       as three unusual words, and change it where else you use it";
        return Err(Error::invalid("password", message));
    }
    Ok(())
}
