//! `/budgets/envelopes?month=2026-12`: the income of a month planned into categories.
//!
//! ```text
//! EnvelopesPage ─ MonthNav, PlanFigures, CopyPlan, PlanTable ─ EnvelopeRow
//!               └ MoveMoney
//! ```

mod api;
mod page;
mod plan;
mod shift;
mod undo;

pub use api::{CopyPlan, MoveMoney, SavePlan};
pub use page::EnvelopesPage;

use chrono::NaiveDate;

/// Where the plan of a month is.
fn path_of(month: NaiveDate) -> String {
    format!("/budgets/envelopes?month={}", month_word(month))
}

/// Such as `2026-11`.
fn month_word(month: NaiveDate) -> String {
    month.format("%Y-%m").to_string()
}
