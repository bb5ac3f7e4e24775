//! `cargo xtask screenshots`: pictures of the pages with a person's data.

use crate::{failure::Result, kit::Kit, places::Places, shell::Shell};
use std::process::ExitCode;

pub fn screenshots(words: &[String]) -> Result<ExitCode> {
    let places = Places::find()?;
    let mut shell = Shell::on_terminal(&places);
    Kit::default().end2end(&mut shell)?;
    // The script starts a server of its own, and fills it.
    shell.run(shell.command("node", &["end2end/screenshots.mjs"]).args(words))?;
    Ok(ExitCode::SUCCESS)
}
