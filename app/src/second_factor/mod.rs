//! Two-step log-in: an app that shows codes, and codes for when it is lost.
//!
//! ```text
//! SettingsPage ─► SecondFactorCard ─► SecondFactorPage ─ Begun (QR code, first code) | On ─ RecoveryCodes
//! LogInPage ─► SecondStepPage          who has a second factor
//! any call that guards the account ─► ProvePage ─► back
//! ```

mod api;
mod begun;
mod card;
mod codes;
mod page;
mod prove;
#[cfg(feature = "ssr")]
mod qr;
mod step;

pub use api::{
    BeginSecondFactor, ConfirmSecondFactor, EndSecondFactor, FinishLogIn, KeepRecoveryCodes, Prove, RenewRecoveryCodes,
    SecondFactorState, SetupView,
};
pub(crate) use card::SecondFactorCard;
pub use page::SecondFactorPage;
pub(crate) use prove::CodeField;
pub use prove::ProvePage;
pub use step::SecondStepPage;
