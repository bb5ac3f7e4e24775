//! Rules about where a word may stand in the Rust sources.

use super::{
    Complaints,
    sources::{self, Source},
};
use crate::{failure::Result, shell::Shell};

const ENGINES: &[&str] = &["Sqlite", "Postgres", "PgPool", "PgConn", "PgRow", "PgArgument"];
const LINES: usize = 500;

/// `server/backend/src/db.rs`, `…/db/…` and `…/db_….rs` may know engines; so may proofs and this crate.
pub fn engines(shell: &Shell) -> Result<Complaints> {
    let may = |source: &Source| source.is_under(&["server/backend/src/db", ".cargo/"]) || source.is_proof();
    complain(shell, may, |line| ENGINES.iter().any(|word| starts_a_word(line, word)), "names an engine")
}

pub fn clocks(shell: &Shell) -> Result<Complaints> {
    let may = |source: &Source| source.named() == "clock.rs" || source.is_proof() || source.is_under(&[".cargo/"]);
    let asks = |line: &str| ["Utc::now", "Local::now", "SystemTime::now"].iter().any(|word| line.contains(word));
    complain(shell, may, asks, "asks for the time: take it from the clock")
}

pub fn environment(shell: &Shell) -> Result<Complaints> {
    let may = |source: &Source| source.is_under(&["server/src/", ".cargo/"]) || source.is_proof();
    let reads = |line: &str| line.contains("std::env") || line.contains("env::var");
    complain(shell, may, reads, "reads the environment: let the configuration be handed in")
}

pub fn long_files(shell: &Shell) -> Result<Complaints> {
    let sources = sources::rust(shell)?;
    let lengths = sources.iter().map(|source| (source, source.text.lines().count()));
    let long = lengths.filter(|(_, length)| *length > LINES);
    Ok(long.map(|(source, length)| format!("{}: {length} lines, split it by idea", source.path)).collect())
}

fn complain(
    shell: &Shell,
    may: impl Fn(&Source) -> bool,
    breaks: impl Fn(&str) -> bool,
    why: &str,
) -> Result<Complaints> {
    let sources = sources::rust(shell)?;
    let bound = sources.iter().filter(|source| !may(source));
    let lines = bound.flat_map(|source| source.code().map(move |(number, line)| (source, number, line)));
    let broken = lines.filter(|(_, _, line)| breaks(line));
    Ok(broken.map(|(source, number, line)| format!("{}:{number}: {why}: {}", source.path, line.trim())).collect())
}

/// Whether some word of the line begins so.
fn starts_a_word(line: &str, start: &str) -> bool {
    let inside = |character: char| character.is_alphanumeric() || character == '_';
    line.match_indices(start).any(|(at, _)| !line[..at].ends_with(inside))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_engine_is_a_type_and_not_a_name_in_prose() {
        for (line, named) in [
            ("use sqlx::SqlitePool;", true),
            ("let pool: PgPool = x;", true),
            ("Error::Postgres(e)", true),
            ("f(\"SQLite or PostgreSQL\")", false),
            ("fn on_Sqlite()", false),
        ] {
            assert_eq!(ENGINES.iter().any(|word| starts_a_word(line, word)), named, "{line}");
        }
    }

    #[test]
    fn comments_and_the_test_module_are_not_code() {
        let text = "//! Utc::now\nfn a() {}\n    // std::env\n#[cfg(test)]\nmod tests { Utc::now }";
        let source = Source { path: "app/src/a.rs".to_owned(), text: text.to_owned() };
        assert_eq!(source.code().collect::<Vec<_>>(), [(2, "fn a() {}")]);
    }
}
