//! Packages from npm, installed exactly as the lock file says and without running their scripts.

use crate::{failure::Result, shell::Shell};
use std::{fs, path::Path};

/// Installs what the folder's lock file names, unless that is already there.
pub fn install(shell: &Shell, folder: &str) -> Result {
    let folder = shell.places.root.join(folder);
    let modified = |file: &Path| fs::metadata(file).and_then(|data| data.modified()).ok();
    let installed = modified(&folder.join("node_modules/.package-lock.json"));
    if installed.is_some() && installed >= modified(&folder.join("package-lock.json")) {
        return Ok(());
    }
    shell.say(&format!("Installing the npm packages of {}", folder.display()));
    let mut command = shell.command("npm", &["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    shell.run(command.current_dir(folder))
}
