//! `server/SECURITY.md`: the proofs that it names are there, and its sums are those of its rows.

use super::Complaints;
use crate::{failure::Result, shell::Shell};
use std::fs;

const MAP: &str = "server/SECURITY.md";
/// Where the names of its proofs begin.
const PLACES: &[&str] = &["", "server/backend/tests/", "server/tests/", "end2end/"];
const STATES: [(&str, &str); 4] =
    [("met", "met"), ("met, untested", "met but untested"), ("open", "open"), ("not applicable", "not applicable")];

pub fn map_is_true(shell: &Shell) -> Result<Complaints> {
    let root = &shell.places.root;
    let map = fs::read_to_string(root.join(MAP))?;
    let is_there = |(file, words): &(&str, String)| {
        let text = PLACES.iter().find_map(|place| fs::read_to_string(root.join(format!("{place}{file}"))).ok());
        text.is_some_and(|text| text.contains(words))
    };
    let missing = proofs(&map).into_iter().filter(|proof| !is_there(proof));
    let mut complaints: Complaints = missing.map(|(file, words)| format!("{file} has no `{words}`")).collect();
    let sums = sums(&map);
    if !map.lines().any(|line| line == sums) {
        complaints.push(format!("its sums are: {sums}"));
    }
    Ok(complaints)
}

/// Files, and what must stand in each: written as `` `file`: `function` `` or `` `file`: "title" ``.
fn proofs(map: &str) -> Vec<(&str, String)> {
    let pieces: Vec<&str> = map.split("`: ").collect();
    let pairs = pieces.windows(2).filter_map(|pair| {
        let file = pair[0].rsplit('`').next()?;
        let (_, ending) = file.rsplit_once('.')?;
        if !["rs", "mjs"].contains(&ending) {
            return None;
        }
        let words = match pair[1].split_at_checked(1)? {
            ("`", rest) => format!("fn {}(", rest.split('`').next()?),
            ("\"", rest) => rest.split('"').next()?.to_owned(),
            _ => return None,
        };
        Some((file, words))
    });
    pairs.collect()
}

/// The line that sums the rows up.
fn sums(map: &str) -> String {
    let rows: Vec<(&str, &str)> = map.lines().filter_map(row).collect();
    let told = |levels: &[&str]| {
        let of = rows.iter().filter(|(level, _)| levels.contains(level));
        let count = |state| of.clone().filter(|(_, its)| *its == state).count();
        let states: Vec<String> = STATES.iter().map(|(state, name)| format!("{} {name}", count(*state))).collect();
        format!("{} requirements, {}", of.clone().count(), states.join(", "))
    };
    format!("Level 1: {}. Levels 1 and 2: {}.", told(&["1"]), told(&["1", "2"]))
}

/// Level and state of a requirement such as `6.5.1`.
fn row(line: &str) -> Option<(&str, &str)> {
    let cells: Vec<&str> = line.split('|').map(str::trim).collect();
    let [_, number, level, _, state, ..] = cells[..] else { return None };
    let parts: Vec<&str> = number.split('.').collect();
    let is_number = parts.len() == 3 && parts.iter().all(|part| part.parse::<u8>().is_ok());
    is_number.then_some((level, state))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOME: &str = "| 6.1.1 | 1 | a | met | In `a.rs`, `http/b.rs`: `c_d`, `specs/e.spec.mjs`: \"f g\" |\n\
                        | 6.1.2 | 2 | a | open | as 6.1.1 |\n| A6 | 1 | a | met | none |\n";

    #[test]
    fn proofs_are_files_with_what_must_stand_in_them() {
        assert_eq!(proofs(SOME), [("http/b.rs", "fn c_d(".to_owned()), ("specs/e.spec.mjs", "f g".to_owned())]);
    }

    #[test]
    fn only_requirements_are_counted() {
        assert_eq!(
            sums(SOME),
            "Level 1: 1 requirements, 1 met, 0 met but untested, 0 open, 0 not applicable. \
             Levels 1 and 2: 2 requirements, 1 met, 0 met but untested, 1 open, 0 not applicable."
        );
    }
}
