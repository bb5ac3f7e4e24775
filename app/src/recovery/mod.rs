//! A forgotten password, and proving that an address is one's own.

mod api;
mod confirm;
mod forgot;
mod resend;
mod reset;
mod token_error;

pub use api::{Confirm, Forgot, ResendConfirmation, Reset, confirm, forgot, resend_confirmation, reset};
pub use confirm::ConfirmPage;
pub use forgot::ForgotPage;
pub use resend::ResendButton;
pub use reset::ResetPage;
pub(crate) use token_error::TokenError;
