//! Reports: any period, beside the one before and the year before, to read, to follow to its records, and to print.
//!
//! ```text
//! ReportsPage ─ PeriodSwitch (the URL) ─ ReportView ─ Sums, CategoryTable, Bars, Heat, NameTables, Worth
//!             └ MonthlyMail
//! ```
//!
//! Everything is a table or a picture made of plain marks, so that it is there without any script and on paper.

mod api;
mod bars;
mod categories;
mod heat;
mod mail;
mod names;
mod page;
mod pictures;
mod sums;
mod switch;
mod view;
mod worth;

pub use api::{LoadReport, MonthlyMailOn, SaveMonthlyMail};
pub use page::ReportsPage;
