//! Reports: any period, beside the one before and the year before, to read, to follow to its records, and to print.
//!
//! ```text
//! ReportsPage ─ PeriodSwitch (the URL) ─ ReportView ─ Sums, Beside, CategoryDoughnut, Categories, Bars, Months,
//!             └ MonthlyMail                           HeatCalendar, Noticed, Budgets, Closer, Accounts, Worth
//! ```
//!
//! All of it is a table or a picture made of plain marks, so that it is there without any script and on paper; a script
//! draws the ring anew on the screen. The dashboard shows the same parts.

mod api;
mod bars;
mod beside;
mod budgets;
mod categories;
mod doughnut;
mod heat;
mod mail;
mod names;
mod noticed;
mod pace;
mod page;
mod pictures;
mod sums;
mod switch;
mod view;
mod worth;

pub(crate) use api::load_report;
pub use api::{DismissInsight, LoadReport, MonthlyMailOn, SaveMonthlyMail};
pub(crate) use doughnut::CategoryDoughnut;
pub(crate) use heat::HeatCalendar;
#[cfg(debug_assertions)]
pub(crate) use heat::heat_month;
pub(crate) use noticed::insight_row;
pub(crate) use pace::{PaceLine, PacePicture};
pub use page::ReportsPage;
pub(crate) use pictures::share_bar;
pub(crate) use switch::PeriodSwitch;
pub(crate) use view::{HomeNote, ReportView};
pub(crate) use worth::WorthPicture;
