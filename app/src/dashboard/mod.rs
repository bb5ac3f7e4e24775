//! The dashboard: how the month is going, at a glance.
//!
//! ```text
//! DashboardPage ─ FirstSteps, Figures, LatelyView, UpcomingBills, BudgetSummary, Charts, NewestRecords
//! ```
//!
//! Every number is an answer of `ledger::dashboard` to the window of the book, and leads to the records behind it.

mod api;
mod charts;
mod figures;
mod first_steps;
mod lately;
mod newest;
mod page;

pub use api::{DismissInsight, LoadLately};
pub use page::DashboardPage;
