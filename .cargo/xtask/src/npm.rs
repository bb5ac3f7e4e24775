//! Packages from npm, installed exactly as the lock file says and without running their scripts.

use crate::{
    failure::{Failure, Result},
    shell::{Shell, read},
};
use std::{fs, path::Path};

/// The oldest Node.js that runs the build's scripts.
const OLDEST_NODE: u32 = 18;

pub fn ensure_node(shell: &Shell) -> Result {
    let said = read(&mut shell.command("node", &["--version"]))?;
    match major(&said) {
        Some(version) if version >= OLDEST_NODE => Ok(()),
        _ => Err(Failure::missing(format!("Node.js {OLDEST_NODE} or newer is needed; this is {}", said.trim()))),
    }
}

/// 22 of `v22.11.0`.
fn major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

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

#[cfg(test)]
mod tests {
    #[test]
    fn the_version_of_node_is_its_first_number() {
        assert_eq!(super::major("v22.11.0\n"), Some(22));
        assert_eq!(super::major("v8.0.0"), Some(8));
        assert_eq!(super::major("nonsense"), None);
    }
}
