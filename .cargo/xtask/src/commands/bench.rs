//! `cargo xtask bench`: how fast the ledger computes, and how fast the finished program answers.

use crate::{failure::Result, http, invocations, kit::Kit, places::Places, shell::Shell};
use std::process::ExitCode;

pub fn bench(words: &[String]) -> Result<ExitCode> {
    let places = Places::find()?;
    let mut shell = Shell::on_terminal(&places);
    let mut kit = Kit::default();
    kit.end2end(&mut shell)?;
    if places.root.join("app/ledger/benches").is_dir() {
        shell.run(&mut shell.cargo(invocations::BENCH_LEDGER))?;
    }
    // The script starts its own servers, one after the other, at this address.
    shell.set("EXPENSO_URL", format!("http://127.0.0.1:{}", http::free_port()?));
    shell.run(shell.command("node", &["end2end/bench/run.mjs"]).args(words))?;
    Ok(ExitCode::SUCCESS)
}
