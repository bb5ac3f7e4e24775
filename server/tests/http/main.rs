//! The real router over real connections, on SQLite and on PostgreSQL.
#![expect(clippy::unwrap_used, reason = "a story that cannot go on has failed")]

mod alerts;
mod browser;
#[path = "../../backend/tests/stories/engines.rs"]
mod engines;
mod letters;
mod people;
mod provider;
mod running;
mod safety;
mod smtp_peer;
