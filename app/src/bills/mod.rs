//! Bills: what falls due, and paying it with exactly one record.
//!
//! ```text
//! BillsPage ─ UndoNotice, BillGroup (overdue, due today, upcoming, settled) ─ BillRow ─ MarkPaid
//! BillPage (new, edit) ─► BillFormView
//! DashboardPage ─► UpcomingBills ─ MarkPaid
//! ```

mod api;
mod choices;
mod deeds;
mod due;
mod form;
mod notice;
mod page;
mod pay;
mod row;
mod upcoming;
mod words;

pub use api::{DeleteBill, PayBill, ReopenBill, RestoreBill, SaveBill, SkipBill};
pub use form::BillPage;
pub use page::BillsPage;
pub use pay::PayForm;
pub use upcoming::UpcomingBills;
