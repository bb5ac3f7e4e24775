//! The dashboard: how the month is going, at a glance.
//!
//! ```text
//! DashboardPage ─ FirstSteps, Figures, UpcomingBills, BudgetSummary, Charts, NewestRecords
//! ```
//!
//! Every number is an answer of `ledger::dashboard` to the window of the book, and leads to the records behind it.

mod charts;
mod figures;
mod first_steps;
mod newest;
mod page;

pub use page::DashboardPage;
