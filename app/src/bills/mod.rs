//! Bills: what falls due, and paying it with exactly one record.
//!
//! ```text
//! BillsPage ─ UndoNotice, DueFigures, CalendarFeed
//!     ├─ BillGroup (overdue, due today, upcoming, settled) ─ BillRow ─ MarkPaid, PayOther ─► PayDialog, PayPage
//!     └─ BillCalendar (?month=2026-12)
//! BillPage (new, edit) ─► BillFormView
//! SettledBillsPage ─► BillHistoryPage ─► DuePage (one due day, or all later ones by BillPage)
//! DashboardPage ─► UpcomingBills ─ MarkPaid
//! ```

mod api;
mod calendar;
mod choices;
mod deeds;
mod due;
mod due_form;
mod feed;
mod figures;
mod form;
mod history;
mod notice;
mod page;
mod pay;
mod pay_form;
mod row;
mod settled;
mod upcoming;
mod words;

pub use api::{
    DeleteBill, FeedState, LoadBillHistory, LoadFeed, LoadSettledBills, PayBill, ReopenBill, ResetFeed, RestoreBill,
    SaveBill, SaveDue, SkipBill,
};
pub use due_form::DuePage;
pub use form::BillPage;
pub use history::BillHistoryPage;
pub use page::BillsPage;
pub use pay::PayForm;
pub use pay_form::PayPage;
pub use settled::SettledBillsPage;
pub use upcoming::UpcomingBills;
