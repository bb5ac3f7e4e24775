//! Stories of use cases, every one on SQLite and on PostgreSQL.
#![expect(clippy::unwrap_used, reason = "a story that cannot go on has failed")]

mod access_tokens;
mod bulk;
mod commands;
mod dues;
mod engines;
mod envelopes;
mod factors;
mod feeds;
mod filled;
mod full;
mod help;
mod household;
mod households;
mod leaving;
mod letters;
mod limits;
mod lists;
mod merges;
mod money;
mod nouns;
mod one_model;
mod passkeys;
mod people;
mod records;
mod reminders;
mod reports;
mod samples;
mod settings;
mod sign_in_with;
mod sound;
mod staff;
mod support;
mod tags;
mod values;
mod waiting;
