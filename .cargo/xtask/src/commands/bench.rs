//! `cargo xtask bench`: how fast the ledger computes, and how fast the finished program answers.

use crate::{bare, failure::Result, flavour::Flavour, invocations, kit::Kit, places::Places, shell::Shell};
use std::process::ExitCode;

/// The words are the sizes of the books, in records; or `load`, and for how many minutes how many people with how many
/// records together ask at once.
pub fn bench(words: &[String]) -> Result<ExitCode> {
    let places = Places::find()?;
    let mut shell = Shell::on_terminal(&places);
    let mut kit = Kit::default();
    kit.end2end(&mut shell)?;
    if let Some(("load", numbers)) = words.split_first().map(|(first, rest)| (first.as_str(), rest)) {
        shell.run(shell.command("node", &["end2end/bench/load.mjs"]).args(numbers))?;
        return Ok(ExitCode::SUCCESS);
    }
    bare::build(&mut shell, Flavour::Optimised)?;
    shell.run(&mut shell.cargo(invocations::BENCH_LEDGER))?;
    shell.run(shell.command("node", &["end2end/bench/run.mjs"]).args(words))?;
    Ok(ExitCode::SUCCESS)
}
