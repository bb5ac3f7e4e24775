//! Categories: what money is spent on and earned by.
//!
//! ```text
//! CategoriesPage ─ CategoryGroup (expenses, income) ─ CategoryRow
//!                └ with ?order=on: OrderList
//! CategoryPage (new, edit) ─► CategoryFormView
//! ```

mod api;
mod form;
mod order;
mod page;
mod row;

pub use api::{ArchiveCategory, MoveCategory, SaveCategory};
pub use form::CategoryPage;
pub use page::CategoriesPage;
