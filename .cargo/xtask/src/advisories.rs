//! What is known against the libraries: by `cargo deny`, `cargo audit` and `npm audit`, which ask databases on the network.
//! A finding is a failure; a database that cannot be reached is said, and no failure.

use crate::{
    failure::{Failure, Result},
    python,
    shell::{Shell, read},
};
use std::process::Command;

/// How each of them says that nobody could be asked.
const UNASKED: [&str; 4] = [
    "failed to fetch advisory database",
    "couldn't fetch advisory database",
    "audit endpoint returned an error",
    "ENOTFOUND",
];

/// Licences, bans and sources, which need no network.
pub fn offline(shell: &Shell) -> Result {
    let deny = python::tool(shell, &python::DENY)?;
    shell.run(shell.cargo(&[]).env("PATH", python::first_on_path(&deny)).args([
        "deny",
        "--offline",
        "check",
        "bans",
        "licenses",
        "sources",
    ]))
}

/// Advisories of crates, by both programs, and of what npm brings.
pub fn known(shell: &Shell) -> Result {
    let deny = python::tool(shell, &python::DENY)?;
    let audit = python::tool(shell, &python::AUDIT)?;
    let cargo = |program, words: &[&str]| {
        let mut command = shell.cargo(words);
        command.env("PATH", python::first_on_path(program));
        command
    };
    let mut unasked = Vec::new();
    let mut questions = vec![
        ("cargo deny", cargo(&deny, &["deny", "check", "advisories"])),
        ("cargo audit", cargo(&audit, &["audit"])),
    ];
    for folder in [".cargo/xtask", "end2end"] {
        let mut npm = shell.command("npm", &["audit", "--package-lock-only"]);
        npm.current_dir(shell.places.root.join(folder));
        questions.push(("npm audit", npm));
    }
    for (name, mut command) in questions {
        if !ask(shell, name, &mut command)? && !unasked.contains(&name) {
            unasked.push(name);
        }
    }
    if unasked.is_empty() {
        return Ok(());
    }
    Err(Failure::skipped(format!("as {} could not reach their databases", unasked.join(", "))))
}

/// Whether anybody could be asked; a finding is a failure, and told whole.
fn ask(shell: &Shell, name: &str, command: &mut Command) -> Result<bool> {
    let failure = match read(command) {
        Ok(_) => {
            shell.say(&format!("{name}: nothing is known"));
            return Ok(true);
        }
        Err(failure) => failure.to_string(),
    };
    if could_not_ask(&failure) {
        shell.say(&format!("{name}: its database cannot be reached"));
        return Ok(false);
    }
    shell.say(&failure);
    Err(Failure::failed(format!("{name} found something, or could not run")))
}

fn could_not_ask(said: &str) -> bool {
    UNASKED.iter().any(|words| said.contains(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_database_that_is_away_is_no_finding() {
        assert!(could_not_ask("error: couldn't fetch advisory database: git operation failed"));
        assert!(could_not_ask("npm error audit endpoint returned an error"));
        assert!(!could_not_ask("error[vulnerability]: Marvin Attack: potential key recovery\nadvisories FAILED"));
        assert!(!could_not_ask("1 high severity vulnerability"));
    }
}
