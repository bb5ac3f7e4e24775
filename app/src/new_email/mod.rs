//! Another address for an account: asked for in the settings, and confirmed by the letter that it gets.
//!
//! ```text
//! SettingsPage ─► NewEmailCard ─ Ask | Waiting (digits, Cancel)
//! link of the letter ─► NewEmailPage
//! ```

mod api;
mod card;
mod page;

pub use api::{CancelNewEmail, ChangeEmail, ConfirmNewEmail, LoadNewEmail, WantedEmail};
pub(crate) use card::NewEmailCard;
pub use page::NewEmailPage;

/// Where the settings say that the address is another one.
const CHANGED: &str = "/settings?email=changed";
