//! `cargo xtask bench`: how fast the ledger computes, and how fast the finished program answers.

use crate::{bare, failure::Result, flavour::Flavour, invocations, kit::Kit, places::Places, shell::Shell};
use std::process::ExitCode;

/// The words are the sizes of the books, in records.
pub fn bench(words: &[String]) -> Result<ExitCode> {
    let places = Places::find()?;
    let mut shell = Shell::on_terminal(&places);
    let mut kit = Kit::default();
    kit.end2end(&mut shell)?;
    bare::build(&mut shell, Flavour::Optimised)?;
    shell.run(&mut shell.cargo(invocations::BENCH_LEDGER))?;
    shell.run(shell.command("node", &["end2end/bench/run.mjs"]).args(words))?;
    Ok(ExitCode::SUCCESS)
}
