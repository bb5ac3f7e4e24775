//! Debian packages, installed where we may and otherwise named with the command that installs them.

use crate::{
    failure::{Failure, Result},
    shell::{Shell, read},
    tools::on_path,
};

pub fn install(shell: &Shell, what: &str, packages: &[&str]) -> Result {
    let list = packages.join(" ");
    if on_path("apt-get").is_none() {
        return Err(Failure::missing(format!("{what} was not found: install it (on Debian: apt-get install {list})")));
    }
    if !is_root(shell) {
        return Err(Failure::missing(format!("{what} was not found: sudo apt-get install -y {list}")));
    }
    shell.say(&format!("Installing {what}: apt-get install {list}"));
    let apt_get = |words: &[&str]| {
        let mut command = shell.command("apt-get", words);
        shell.run(command.env("DEBIAN_FRONTEND", "noninteractive"))
    };
    apt_get(&["update", "-q"])
        .and_then(|()| apt_get(&[&["install", "-y", "-q", "--no-install-recommends"], packages].concat()))
        .map_err(|failure| Failure::missing(format!("{what} could not be installed: {failure}")))
}

pub fn is_root(shell: &Shell) -> bool {
    read(&mut shell.command("id", &["-u"])).is_ok_and(|id| id.trim() == "0")
}
