//! Access tokens: what lets a shortcut, a script or another program use the book.
//!
//! ```text
//! SettingsPage ─► AccessTokens ─ MadeToken, TokenList, NewTokenForm
//! ```

mod api;
mod card;
mod form;
mod list;
mod made;
mod notice;

pub use api::{CreateToken, LoadTokens, RestoreToken, RevokeToken};
pub use card::AccessTokens;
pub use notice::TokenNotice;
