//! Logging in through a provider such as Google: what follows from what it says about a person.

use serde::{Deserialize, Serialize};

use super::words::Email;
use crate::id::UserId;

/// What a provider says about a person, once it is certain that the provider says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The provider's name in the configuration, such as `google`.
    pub provider: String,
    /// Names the person at this provider for ever; an address would not.
    pub subject: String,
    pub email: Option<Email>,
    /// Whether the provider has seen that the address is the person's. One that says nothing has not.
    pub verified: bool,
    pub name: String,
}

impl Proof {
    /// The address that the provider vouches for.
    pub fn vouched(&self) -> Option<&Email> {
        self.email.as_ref().filter(|_| self.verified)
    }
}

/// What is known here of somebody whom a provider sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known {
    /// Whose account this provider and subject are linked to.
    pub owner: Option<UserId>,
    /// Who is signed in and asked to link.
    pub linking: Option<UserId>,
    /// Whose account has the address that the provider vouches for.
    pub same_address: Option<UserId>,
    /// Whether strangers may make accounts.
    pub registration_open: bool,
}

/// What is to be done with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    LogIn(UserId),
    Link(UserId),
    /// The account has their address, which proves nothing about who made it: they log in to it another way once.
    LogInFirst(UserId),
    Create,
    /// Linked to somebody else's account.
    Taken,
    /// There is no account, and none may be made.
    Closed,
}

impl Known {
    pub fn arrival(self) -> Arrival {
        match (self.linking, self.owner, self.same_address) {
            (Some(linking), Some(owner), _) if linking != owner => Arrival::Taken,
            (Some(linking), ..) => Arrival::Link(linking),
            (None, Some(owner), _) => Arrival::LogIn(owner),
            (None, None, Some(same)) => Arrival::LogInFirst(same),
            (None, None, None) if self.registration_open => Arrival::Create,
            (None, None, None) => Arrival::Closed,
        }
    }
}

/// What a person can log in by, the mailbox aside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaysIn {
    pub has_password: bool,
    /// Linked providers, of those that the server offers.
    pub providers: usize,
    pub passkeys: usize,
}

impl WaysIn {
    pub fn count(self) -> usize {
        usize::from(self.has_password) + self.providers + self.passkeys
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(n: u128) -> UserId {
        UserId(uuid::Uuid::from_u128(n))
    }

    #[test]
    fn a_link_decides_and_never_a_bare_address() {
        let (asha, ravi) = (user(1), user(2));
        let nobody = Known { registration_open: true, ..Known::default() };
        let table = [
            (nobody, Arrival::Create),
            (Known { registration_open: false, ..nobody }, Arrival::Closed),
            (Known { owner: Some(asha), ..nobody }, Arrival::LogIn(asha)),
            (Known { owner: Some(asha), registration_open: false, ..nobody }, Arrival::LogIn(asha)),
            (Known { owner: Some(asha), same_address: Some(ravi), ..nobody }, Arrival::LogIn(asha)),
            (Known { same_address: Some(ravi), ..nobody }, Arrival::LogInFirst(ravi)),
            (Known { same_address: Some(ravi), registration_open: false, ..nobody }, Arrival::LogInFirst(ravi)),
            (Known { linking: Some(asha), ..nobody }, Arrival::Link(asha)),
            (Known { linking: Some(asha), owner: Some(asha), ..nobody }, Arrival::Link(asha)),
            (Known { linking: Some(asha), owner: Some(ravi), ..nobody }, Arrival::Taken),
            (Known { linking: Some(asha), same_address: Some(ravi), ..nobody }, Arrival::Link(asha)),
        ];
        for (known, arrival) in table {
            assert_eq!(known.arrival(), arrival, "{known:?}");
        }
    }

    #[test]
    fn only_a_verified_address_is_vouched_for() {
        let proof = |verified| Proof {
            provider: "google".into(),
            subject: "1".into(),
            email: "asha@example.com".parse().ok(),
            verified,
            name: String::new(),
        };
        assert!(proof(true).vouched().is_some());
        assert_eq!(proof(false).vouched(), None);
    }
}
