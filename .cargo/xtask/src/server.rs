//! The server: compiled, and started in the background until its owner lets go of it.

use crate::{
    failure::{Failure, Result},
    flavour::Flavour,
    http, invocations,
    leash::{Leash, Manner},
    places::executable,
    shell::Shell,
};
use std::{
    fs,
    path::Path,
    process::Command,
    thread,
    time::{Duration, Instant},
};

pub fn compile(shell: &Shell, flavour: Flavour) -> Result {
    shell.run(&mut shell.cargo(&invocations::build_server(flavour)))?;
    let compiled = shell.places.target.join(flavour.server_folder()).join(executable("expenso"));
    bring(&compiled, &shell.places.server(flavour))
}

/// Copies the binary into the clone when cargo's target folder lies elsewhere.
fn bring(compiled: &Path, here: &Path) -> Result {
    let about = |file: &Path| fs::metadata(file).and_then(|data| Ok((data.len(), data.modified()?))).ok();
    if compiled == here || about(compiled) == about(here) {
        return Ok(());
    }
    let folder = here.parent().unwrap_or(here);
    fs::create_dir_all(folder)?;
    // A binary that runs cannot be written to, only replaced.
    let fresh = folder.join("expenso.new");
    fs::copy(compiled, &fresh)?;
    let time = fs::metadata(compiled)?.modified()?;
    fs::File::options().append(true).open(&fresh)?.set_modified(time)?;
    Ok(fs::rename(fresh, here)?)
}

/// A sub-command of the server with its site, at an address.
pub fn command(shell: &Shell, flavour: Flavour, subcommand: &str, address: &str) -> Command {
    let mut command = shell.command(shell.places.server(flavour), &[subcommand]);
    command.env("LEPTOS_SITE_ROOT", shell.places.site(flavour)).env("LEPTOS_SITE_ADDR", address);
    command
}

/// Starts the server and waits until it is ready.
pub fn start(serve: &Command, address: &str) -> Result<Leash> {
    let mut leash = Leash::start(serve, Manner::default())?;
    let give_up = Instant::now() + Duration::from_mins(1);
    while !http::is_well(address, "/health/ready") {
        if let Some(status) = leash.ended()? {
            return Err(Failure::failed(format!("the server stopped before it was ready: {status}")));
        }
        if Instant::now() > give_up {
            return Err(Failure::failed(format!("the server was not ready at {address} within a minute")));
        }
        thread::sleep(Duration::from_millis(50));
    }
    Ok(leash)
}
