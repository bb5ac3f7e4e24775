//! What a page knows of providers, and of whoever one of them has sent.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::Trouble;

/// The same on both sides: the server puts it into the context of every page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInWith {
    pub ways: Vec<Way>,
    pub waiting: Option<Waiting>,
    pub trouble: Option<InTrouble>,
}

/// A provider that this server offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Way {
    /// As in addresses.
    pub name: String,
    /// As its button says.
    pub label: String,
}

/// Somebody whom a provider has sent, and who goes on from here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// The provider, as its button says.
    pub label: String,
    pub name: String,
    pub email: String,
    /// Whether the provider vouches for the address.
    pub vouched: bool,
    /// Whether the address is that of an account, which they log in to first.
    pub has_account: bool,
}

/// What went wrong, and with whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InTrouble {
    pub way: Option<Way>,
    pub trouble: Trouble,
}

impl SignInWith {
    /// Once, in `App`.
    pub fn provide() {
        provide_context(Known(SharedValue::new(told).into_inner()));
    }

    pub fn here() -> Self {
        use_context::<Known>().map_or_else(told, |known| known.0)
    }
}

/// What the whole application knows; apart from what the server told, which one page is made with.
#[derive(Clone)]
struct Known(SignInWith);

fn told() -> SignInWith {
    use_context::<SignInWith>().unwrap_or_default()
}

impl Way {
    /// Where its button leads. `next`: where to go on, a path of this site or nothing.
    pub fn path(&self, next: &str) -> String {
        let next = if next.is_empty() { String::new() } else { format!("?next={}", ledger::filter::escaped(next)) };
        format!("/login/with/{}{next}", self.name)
    }

    /// Where somebody who is signed in goes to link it.
    pub fn link_path(&self) -> String {
        format!("/login/with/{}?link=1", self.name)
    }
}
