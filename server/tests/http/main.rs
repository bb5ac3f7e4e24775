//! The real router over real connections, on SQLite and on PostgreSQL.
#![expect(clippy::unwrap_used, reason = "a story that cannot go on has failed")]

mod alerts;
mod breaches;
mod browser;
mod budgets;
mod calendar;
mod calls;
mod certificates;
#[path = "../../backend/tests/stories/contents.rs"]
mod contents;
mod database;
mod decoded;
#[path = "../../backend/tests/stories/engines.rs"]
mod engines;
mod export;
mod factors;
mod flood;
mod foreign;
mod forgeries;
mod hooks;
mod injection;
mod known_peers;
mod letters;
mod limits;
mod logged;
mod never_again;
mod newcomers;
mod oidc_peer;
mod passwords;
mod people;
mod program;
mod provider;
mod proxy;
mod rates;
mod raw;
mod records;
mod reports;
mod rest;
mod rest_client;
mod rest_walk;
mod roles;
mod running;
mod safety;
mod settings;
mod sign_in_with;
mod smtp_peer;
mod trickle;
