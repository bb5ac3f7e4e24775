//! Versions that a dependency must not fall below, because an older one has a known hole.

use super::Complaints;
use crate::{failure::Result, shell::Shell, tools::packages};
use std::fs;

const FLOORS: &[(&str, [u32; 3])] = &[
    ("axum-core", [0, 3, 0]),
    ("h2", [0, 4, 4]),
    ("idna", [1, 0, 0]),
    ("jsonwebtoken", [10, 3, 0]),
    ("lettre", [0, 10, 0]),
    ("quick-xml", [0, 41, 0]),
    ("rustls", [0, 23, 18]),
    ("sqlx", [0, 8, 1]),
];

pub fn old_versions(shell: &Shell) -> Result<Complaints> {
    Ok(below(&fs::read_to_string(shell.places.root.join("Cargo.lock"))?))
}

fn below(lock: &str) -> Complaints {
    let floor = |name: &str| FLOORS.iter().find(|(floored, _)| *floored == name).map(|(_, floor)| *floor);
    packages(lock)
        .filter_map(|(name, version)| Some((name, version, floor(name)?)))
        .filter(|(_, version, floor)| parts(version) < *floor)
        .map(|(name, version, [major, minor, patch])| {
            format!("{name} {version} has known holes: at least {major}.{minor}.{patch}")
        })
        .collect()
}

fn parts(version: &str) -> [u32; 3] {
    let mut numbers = version.split(['.', '-', '+']).map(|part| part.parse().unwrap_or(0));
    [(); 3].map(|()| numbers.next().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lock(name: &str, version: &str) -> String {
        format!("version = 4\n\n[[package]]\nname = \"{name}\"\nversion = \"{version}\"\nsource = \"registry\"\n")
    }

    #[test]
    fn versions_are_compared_by_number_and_not_by_letter() {
        assert!(below(&lock("rustls", "0.23.46")).is_empty());
        assert_eq!(below(&lock("rustls", "0.23.5")).len(), 1);
        assert!(below(&lock("sqlx", "0.10.0")).is_empty());
        assert_eq!(below(&lock("sqlx", "0.8.0")).len(), 1);
        assert!(below(&lock("harmless", "0.0.1")).is_empty());
    }
}
