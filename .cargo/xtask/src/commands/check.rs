//! `cargo xtask check`: the quick loop while one works.

use super::none;
use crate::{
    failure::{Failure, Result},
    invocations,
    places::Places,
    report::Report,
    shell::Shell,
    tools,
};
use std::process::ExitCode;

pub fn check(words: &[String]) -> Result<ExitCode> {
    none(words)?;
    let places = Places::find()?;
    let mut report = Report::new(&places, &[]);
    at_a_glance(&mut report);
    report.part("ledger tests", |shell, _| shell.run(&mut shell.cargo(invocations::TEST_LEDGER)));
    report.finish()
}

/// What can be said of the sources without running them.
pub fn at_a_glance(report: &mut Report) {
    report.part("formatting", |shell, _| formatting(shell));
    report.part("lints, server side", |shell, _| {
        tools::ensure_component(shell, "clippy", "clippy")?;
        shell.run(&mut shell.cargo(&invocations::lint_host()))
    });
    report.part("lints, page", |shell, _| {
        tools::ensure_wasm_target(shell)?;
        shell.run(&mut shell.cargo(&invocations::lint_page()))
    });
}

fn formatting(shell: &Shell) -> Result {
    tools::ensure_component(shell, "fmt", "rustfmt")?;
    shell
        .run(&mut shell.cargo(invocations::FORMAT))
        .map_err(|_| Failure::failed("some files are not formatted: run `cargo fmt --all`"))
}
