//! Categories: what money is spent on and earned by.
//!
//! ```text
//! CategoriesPage ─ CategoryGroup (expenses, income) ─ CategoryRow | RenameForm
//! CategoryNewPage
//! ```

mod api;
mod form;
mod page;
mod row;

pub use api::{ArchiveCategory, SaveCategory};
pub use form::CategoryNewPage;
pub use page::CategoriesPage;
