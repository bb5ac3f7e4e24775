//! Licences and sources of crates, by cargo alone: what `cargo deny` looks at too where it is.

use super::Complaints;
use crate::{
    failure::{Failure, Result},
    shell::{Shell, read},
    tools::WASM,
};
use std::{collections::BTreeSet, fs};

const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";
/// What is compiled, tests and build scripts included, and for which machine.
const TREES: [&[&str]; 2] = [&["--workspace", "--target", "all"], &["-p", "frontend", "--target", WASM]];

pub fn are_allowed(shell: &Shell) -> Result<Complaints> {
    let rules = fs::read_to_string(shell.places.root.join(".cargo/deny.toml"))?;
    let lock = fs::read_to_string(shell.places.root.join("Cargo.lock"))?;
    let mut crates = BTreeSet::new();
    for words in TREES {
        let fixed = ["tree", "--locked", "--prefix", "none", "--no-dedupe", "--format", "{p}|{l}"];
        let text = read(&mut shell.cargo(&[&fixed, words].concat()))?;
        crates.extend(text.lines().filter_map(crate_of));
    }
    if crates.is_empty() {
        return Err(Failure::failed("`cargo tree` showed nothing"));
    }
    Ok(foreign_sources(&lock).into_iter().chain(refused(&crates, &Rules::read(&rules))).collect())
}

/// The name and licence of a line of `cargo tree`; `None` for a crate of ours, which has a path.
fn crate_of(line: &str) -> Option<(String, String)> {
    let (package, licence) = line.split_once('|')?;
    let ours = package.contains("(/") || package.contains(":\\");
    (!ours).then(|| (package.split(' ').next().unwrap_or_default().to_owned(), licence.replace('/', " OR ")))
}

fn foreign_sources(lock: &str) -> Complaints {
    let sources = lock.lines().filter_map(|line| line.strip_prefix("source = ")).map(|source| source.trim_matches('"'));
    let foreign: BTreeSet<&str> = sources.filter(|source| *source != REGISTRY).collect();
    foreign.into_iter().map(|source| format!("Cargo.lock takes crates from {source}")).collect()
}

/// What `.cargo/deny.toml` allows and denies.
struct Rules<'r> {
    allowed: Vec<&'r str>,
    /// A crate, and one licence more for it.
    exceptions: Vec<(&'r str, &'r str)>,
    denied: Vec<&'r str>,
}

impl<'r> Rules<'r> {
    fn read(text: &'r str) -> Self {
        let list = |start: &str| {
            let rest = text.split_once(&format!("\n{start} = [\n")).map_or("", |(_, rest)| rest);
            rest.lines().map(str::trim).take_while(|line| *line != "]").filter(|line| !line.starts_with('#'))
        };
        let quoted = |line: &'r str, at: usize| line.split('"').nth(2 * at + 1).unwrap_or_default();
        // A crate with wrappers is one that others may bring along: `cargo deny` knows by whom.
        let denied = list("deny").filter(|line| !line.contains("wrappers"));
        Self {
            allowed: list("allow").map(|line| quoted(line, 0)).collect(),
            exceptions: list("exceptions").map(|line| (quoted(line, 0), quoted(line, 1))).collect(),
            denied: denied.map(|line| quoted(line, 0)).collect(),
        }
    }

    /// Whether one of the choices has allowed parts only. Parentheses change nothing for the expressions there are.
    fn allow(&self, name: &str, licence: &str) -> bool {
        let plain = licence.replace(['(', ')'], "");
        let one = |part: &str| self.allowed.contains(&part) || self.exceptions.contains(&(name, part));
        plain.split(" OR ").any(|choice| choice.split(" AND ").all(|part| one(part.trim())))
    }
}

fn refused(crates: &BTreeSet<(String, String)>, rules: &Rules<'_>) -> Complaints {
    let complaint = |(name, licence): &(String, String)| {
        if rules.denied.contains(&name.as_str()) {
            return Some(format!("{name} is denied by .cargo/deny.toml"));
        }
        (!rules.allow(name, licence))
            .then(|| format!("{name} is under {licence:?}, which .cargo/deny.toml does not allow"))
    };
    crates.iter().filter_map(complaint).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &str = "[licenses]\nallow = [\n    \"MIT\",\n    # data\n    \"ISC\",\n]\n\
        exceptions = [\n    { crate = \"one\", allow = [\"MPL-2.0\"] },\n]\n\
        deny = [\n    # why\n    { crate = \"rsa\", wrappers = [\"glue\"] },\n    { crate = \"openssl-sys\" },\n]\n";

    #[test]
    fn a_licence_is_allowed_by_one_choice_whose_parts_are_all_allowed() {
        let rules = Rules::read(RULES);
        for (line, allowed) in [
            ("a v1.0.0|MIT", true),
            ("a v1.0.0|GPL-3.0/MIT", true),
            ("a v1.0.0|MIT AND (ISC OR GPL-3.0)", true),
            ("a v1.0.0|MIT AND GPL-3.0", false),
            ("one v1.0.0|MPL-2.0", true),
            ("two v1.0.0|MPL-2.0", false),
            ("a v1.0.0|", false),
            ("rsa v0.9.0|MIT", true),
            ("openssl-sys v0.9.0|MIT", false),
        ] {
            let crates = crate_of(line).into_iter().collect();
            assert_eq!(refused(&crates, &rules).is_empty(), allowed, "{line}");
        }
        assert_eq!(crate_of("server v0.1.0 (/home/server)|MIT"), None);
    }

    #[test]
    fn crates_come_from_the_registry_alone() {
        let lock = |source: &str| format!("[[package]]\nname = \"a\"\nsource = \"{source}\"\n");
        assert!(foreign_sources(&lock(REGISTRY)).is_empty());
        assert_eq!(foreign_sources(&lock("git+https://example.org/a")).len(), 1);
    }
}
