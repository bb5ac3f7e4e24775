//! The dashboard: how the month is going, at a glance.
//!
//! ```text
//! DashboardPage ─ PeriodSwitch ─ FirstSteps, Figures, LatelyView, UpcomingBills, BudgetSummary, Charts,
//!               │                WhereItWent, NetWorth, NewestRecords
//!               └ of a chosen period: the parts of its report
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
mod whither;
mod worth;

pub use api::LoadLately;
pub use page::DashboardPage;
