//! Accounts: where money is, and exactly how much.
//!
//! ```text
//! AccountsPage ─ NetWorth, AccountRow
//! AccountPage (new, edit) ─► AccountFormView
//! ```

mod api;
mod form;
mod page;
mod row;

pub use api::{ArchiveAccount, SaveAccount};
pub use form::AccountPage;
pub use page::AccountsPage;
