//! Use cases on top, SQL below.
//!
//! ```text
//! server, app(ssr) ──▶ use cases(&Backend, &Member, …) ──▶ Tx ──▶ SQLite | PostgreSQL
//!                      read ▸ decide (ledger) ▸ save ▸ outbox ▸ commit ▸ wake
//! ```
//! Every write of a book raises its revision first, in the same transaction. [`Member`] is the
//! permission; [`Clock`] is the time; [`db`] alone knows which engine runs.

pub mod access_tokens;
mod accounts;
pub mod addresses;
mod alerts;
pub mod answered;
pub mod bills;
pub mod book_settings;
mod breaches;
pub mod budgets;
pub mod bulk;
mod carries;
mod categories;
pub mod changes;
pub mod clock;
pub mod commands;
pub mod db;
pub mod demo;
mod derived;
mod devices;
mod dice;
pub mod envelopes;
mod error;
pub mod export;
pub mod factors;
pub mod feeds;
pub mod fresh;
pub mod hooks;
pub mod households;
pub mod housekeeping;
pub mod identities;
pub mod jobs;
pub mod kept_key;
pub mod leaving;
pub mod list;
mod member;
pub mod merges;
mod morning;
pub mod newcomers;
pub mod outbox;
pub mod paces;
mod parts;
pub mod passkeys;
pub mod passwords;
pub mod payees;
mod place;
#[cfg(test)]
mod planned;
pub mod private;
pub mod rates;
pub mod records;
pub mod reminders;
pub mod reports;
mod request;
mod rows;
pub mod sample;
pub mod samples;
mod sealed;
mod search;
mod secrets;
pub mod sessions;
pub mod sign_in_with;
pub mod signing_keys;
pub mod soundness;
mod spending;
pub mod staff;
pub mod starter;
mod tag_totals;
pub mod tally;
pub mod throttle;
pub mod tokens;
mod totals;
pub mod users;
pub mod watch;
pub mod ways_in;
pub mod window;

use std::collections::BTreeMap;
use std::sync::Arc;

use tokio::sync::Notify;

pub use breaches::Breaches;
pub use clock::Clock;
pub use db::{Db, Tx};
pub use error::{Cause, Error, Result};
pub use factors::second::Admission;
pub use member::{Member, Role};
pub use place::Place;
pub use request::{
    BaseUrl, BrowserSecret, ClientInfo, HookGate, LookCookie, PutOff, Refusal, Registration, Said, SessionChange,
    SessionSink,
};
pub use secrets::Key;
pub use sessions::{NewSession, SessionId, SignedIn};
pub use staff::Staff;
pub use users::Profile;

use passwords::Passwords;

/// All that a use case works with. Cloning is cheap and shares everything.
#[derive(Clone)]
pub struct Backend {
    pub db: Db,
    pub clock: Clock,
    pub passwords: Passwords,
    pub policy: Policy,
    /// Where passkeys are good, if they can be used here.
    pub passkey_site: Option<passkeys::Site>,
    /// Who knows the passwords that were stolen elsewhere, if anybody is asked.
    pub(crate) breaches: Option<Breaches>,
    pub(crate) key: Key,
    pub(crate) held: window::Held,
    /// Whether the very first person becomes the administrator: not one that is made up.
    pub(crate) founding: bool,
    wake: Arc<Notify>,
}

/// What the operator of this installation allows.
#[derive(Clone, Debug)]
pub struct Policy {
    pub registration_open: bool,
    /// Whether an address is confirmed before there is an account: then nobody finds out who has one, and nobody logs in
    /// to one whose address is not confirmed.
    pub confirm_first: bool,
    /// Sign-ups from one network.
    pub sign_ups_per_minute: u32,
    /// What no password is made of.
    pub place: Place,
    /// The providers that people may log in through: the words on their buttons, by the name that is stored.
    pub ways: Arc<BTreeMap<String, String>>,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            registration_open: true,
            confirm_first: false,
            sign_ups_per_minute: 60,
            place: Place::default(),
            ways: Arc::default(),
        }
    }
}

impl Backend {
    /// Opens the database and brings its tables to the newest shape. The key is a random one, and
    /// anybody may sign up, until [`Self::with_key`] and [`Self::with_policy`] say otherwise.
    pub async fn open(database_url: &str, clock: Clock) -> Result<Self> {
        let db = Db::open(database_url).await?;
        db.migrate().await?;
        let (passwords, policy, key) = (Passwords::default(), Policy::default(), Key::random());
        let held = window::Held::default();
        Ok(Self {
            db,
            clock,
            passwords,
            policy,
            passkey_site: None,
            breaches: None,
            key,
            held,
            founding: true,
            wake: Arc::new(Notify::new()),
        })
    }

    /// Links and codes of letters are made with this key: every server of an installation has the same.
    #[must_use]
    pub fn with_key(self, key: Key) -> Self {
        Self { key, ..self }
    }

    #[must_use]
    pub fn with_policy(self, policy: Policy) -> Self {
        Self { policy, ..self }
    }

    /// Passkeys belong to this site.
    #[must_use]
    pub fn with_passkeys(self, passkey_site: Option<passkeys::Site>) -> Self {
        Self { passkey_site, ..self }
    }

    /// New passwords are asked about there.
    #[must_use]
    pub fn with_breaches(self, breaches: Option<Breaches>) -> Self {
        Self { breaches, ..self }
    }

    /// Tells the worker that a message may be due; called after the commit that wrote it.
    pub fn wake_outbox(&self) {
        self.wake.notify_one();
    }

    /// Returns once [`Self::wake_outbox`] is or was called.
    pub async fn outbox_woken(&self) {
        self.wake.notified().await;
    }
}
