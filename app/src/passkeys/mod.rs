//! Passkeys: made and looked after in the settings, shown to log in and to prove who one is.
//!
//! ```text
//! LogInPage, SecondStepPage, ProvePage ─► UsePasskey ─► begin_passkey ▸ browser ▸ log_in_by_passkey | prove_by_passkey
//! SettingsPage ─► PasskeysCard ─► AddPasskey ─► begin_adding_passkey ▸ browser ▸ add_passkey
//! ```

mod add;
mod api;
#[cfg(feature = "hydrate")]
mod browser;
#[cfg(not(feature = "hydrate"))]
#[path = "browser_nowhere.rs"]
mod browser;
mod card;
mod here;
mod show;

pub use api::{
    AddPasskey, BeginAddingPasskey, BeginPasskey, ChallengeView, ListPasskeys, LogInByPasskey, PasskeyAnswer,
    PasskeyChoice, PasskeyLine, ProveByPasskey, RemovePasskey, RenamePasskey,
};
pub(crate) use card::PasskeysCard;
pub(crate) use here::PasskeysHere;
pub(crate) use show::{Purpose, UsePasskey};
