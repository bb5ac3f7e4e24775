//! Stories of use cases, every one on SQLite and on PostgreSQL.
#![expect(clippy::unwrap_used, reason = "a story that cannot go on has failed")]

mod engines;
mod values;
