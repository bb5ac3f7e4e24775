//! The words and rules of money kept: pure, the same in the browser and on the server.
//!
//! ```text
//! Book ── accounts, categories, bills (+ settlements), budgets (+ alerts), envelopes, records
//!   │       └─ DailyTotals and balances, kept in step with every record
//!   ├─ apply(Command) ─► the next Book        what the database does too
//!   ├─ merge(Changes) ─► the server's answer  rows that hold now
//!   └─ dashboard(&book, today), judged(&budget).progress(today), bill.status(today), Filter …
//! ```
//!
//! No IO, no clock, no async. Money is exact, days are civil, "today" is an argument.

pub mod accounts;
pub mod bills;
pub mod book;
pub mod budgets;
pub mod bulk;
pub mod categories;
pub mod command;
pub mod currency;
pub mod dashboard;
pub mod envelopes;
pub mod filter;
pub mod form;
pub mod guess;
pub mod hooks;
pub mod id;
pub mod insights;
pub mod languages;
pub mod list;
pub mod money;
pub mod openings;
pub mod order;
pub mod own_path;
pub mod period;
pub mod person;
pub mod query;
pub mod rates;
pub mod record_form;
pub mod records;
pub mod recurrence;
pub mod report;
pub mod sheet;
pub mod span;
pub mod staff;
pub mod totals;
pub mod window;

pub use book::Book;
pub use command::{Changes, Command, Refused};
pub use currency::Currency;
pub use form::FieldErrors;
pub use money::{Money, NumberFormat};
