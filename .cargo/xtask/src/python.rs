//! Python tools, each in a virtual environment of its own among the kept tools.

use crate::{
    failure::{Failure, Result},
    shell::{Shell, read},
};
use std::{fs, path::PathBuf};

const SCHEMATHESIS: &str = "4.32.5";

/// The program `schemathesis`, installed when it is not there. Where that cannot be done the task is left out: it needs
/// Python and the package index, which a machine that builds Expenso needs not have.
pub fn schemathesis(shell: &Shell) -> Result<PathBuf> {
    let home = shell.places.tools.join(format!("schemathesis-{SCHEMATHESIS}"));
    let program = home.join("bin/schemathesis");
    if read(&mut shell.command(&program, &["--version"])).is_ok_and(|said| said.contains(SCHEMATHESIS)) {
        return Ok(program);
    }
    let skipped = |what: &str, failure: Failure| {
        let said = failure.to_string();
        let first = said.lines().next().unwrap_or_default().to_owned();
        Failure::skipped(format!("as {what}: {first}"))
    };
    let _ = fs::remove_dir_all(&home);
    read(shell.command("python3", &["-m", "venv"]).arg(&home))
        .map_err(|failure| skipped("Python has no venv", failure))?;
    shell.say(&format!("Installing schemathesis {SCHEMATHESIS}"));
    let package = format!("schemathesis=={SCHEMATHESIS}");
    let mut pip = shell.command(home.join("bin/pip"), &["install", "-q", "--disable-pip-version-check", &package]);
    read(&mut pip).map_err(|failure| skipped("schemathesis could not be installed", failure))?;
    Ok(program)
}
