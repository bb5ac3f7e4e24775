//! Categories: what money is spent on and earned by.
//!
//! ```text
//! CategoriesPage ─ CategoryGroup (expenses, income) ─ CategoryRow
//!                ├ with ?order=on: OrderList
//!                └ RecentMerges
//! CategoryMergePage ─► MergeView; MergedNotice where no toast could
//! CategoryPage (new, edit) ─► CategoryFormView
//! ```

mod api;
mod form;
mod merge;
mod order;
mod page;
mod recent;
mod row;

pub use api::{ArchiveCategory, LoadMerges, MergeCategory, MoveCategory, SaveCategory, UnmergeCategory};
pub use form::CategoryPage;
pub use merge::CategoryMergePage;
pub use page::CategoriesPage;
