//! Accounts: where money is, and exactly how much.
//!
//! ```text
//! AccountsPage ─ NetWorth, AccountRow; with ?order=on: OrderList
//! AccountDetailPage ─ Balance (figure, chart), NewestOfAccount
//! AccountPage (new, edit) ─► AccountFormView
//! ```

mod api;
mod detail;
mod form;
mod newest;
mod order;
mod page;
mod row;

pub use api::{ArchiveAccount, MoveAccount, SaveAccount};
pub use detail::AccountDetailPage;
pub use form::AccountPage;
pub use page::AccountsPage;
