//! `cargo xtask bench`: how fast the ledger computes, and how fast the finished program answers.

use crate::{bare, failure::Result, flavour::Flavour, invocations, kit::Kit, places::Places, shell::Shell};
use std::process::ExitCode;

/// The words are the sizes of the books, in records; or `load` (many people at once) or `soak` (fewer, who stay for an
/// hour), and for how many minutes how many people with how many records together ask instead.
pub fn bench(words: &[String]) -> Result<ExitCode> {
    let places = Places::find()?;
    let mut shell = Shell::on_terminal(&places);
    let mut kit = Kit::default();
    kit.end2end(&mut shell)?;
    if words.first().is_some_and(|word| ["load", "soak"].contains(&word.as_str())) {
        shell.run(shell.command("node", &["end2end/bench/load.mjs"]).args(words))?;
        return Ok(ExitCode::SUCCESS);
    }
    bare::build(&mut shell, Flavour::Optimised)?;
    shell.run(&mut shell.cargo(invocations::BENCH_LEDGER))?;
    shell.run(shell.command("node", &["end2end/bench/run.mjs"]).args(words))?;
    Ok(ExitCode::SUCCESS)
}
