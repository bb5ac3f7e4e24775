//! Budgets: how much may be spent, how it stands, and the alerts about it.
//!
//! ```text
//! BudgetsPage ─ UndoNotice, BudgetCard ─ BudgetProgress, BudgetParts
//! BudgetPage (new, edit) ─► BudgetFormView ─ SpanFields, CountedFields, RollOverFields
//! BudgetHistoryPage ─ BudgetProgress, History
//! DashboardPage ─► BudgetSummary ─ BudgetProgress
//! AppFrame ─► AlertBanner ─ Dismiss
//! ```

mod alerts;
mod api;
mod counted;
mod fields;
mod form;
mod history;
mod list;
mod page;
mod parts;
mod progress;
mod suggest;
mod summary;
mod words;

pub use alerts::{AlertBanner, tell_crossed};
pub use api::{DeleteBudget, RestoreBudget, SaveBudget, SeeAlerts};
pub use form::BudgetPage;
pub use history::BudgetHistoryPage;
pub use page::{BudgetTabs, BudgetsPage};
pub(crate) use parts::behind;
pub use summary::BudgetSummary;
pub(crate) use words::period_words;
