//! The browser in which the tests run, and its driver.

use crate::{
    apt,
    failure::{Failure, Result},
    shell::Shell,
    tools::on_path,
};
use std::{fs, path::PathBuf};

#[derive(Clone)]
pub struct Chromium {
    pub browser: PathBuf,
    pub driver: PathBuf,
    /// The same without what only people look at, which costs a third less; or the browser itself.
    pub headless: PathBuf,
}

const HEADLESS: &str = "chromium-headless-shell";

pub fn obtain(shell: &Shell) -> Result<Chromium> {
    match find() {
        Some(found) if found.headless != found.browser => return Ok(found),
        Some(_) => {}
        None => apt::install(shell, "Chromium with its driver", &["chromium", "chromium-driver"])?,
    }
    // By itself, as apt installs nothing where it misses one. Not every system has it: Chromium does what it does.
    if let Err(failure) = apt::install(shell, "the headless shell of Chromium", &[HEADLESS]) {
        shell.say(&format!("Going on with Chromium itself: {failure}"));
    }
    find().ok_or_else(|| Failure::missing("chromium and chromedriver were installed but are not on PATH"))
}

fn find() -> Option<Chromium> {
    let browser = ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(on_path)?;
    let headless = on_path(HEADLESS).unwrap_or_else(|| browser.clone());
    Some(Chromium { browser, driver: on_path("chromedriver")?, headless })
}

impl Chromium {
    /// The settings for wasm tests: the ones in the clone, with this machine's browser put in.
    pub fn webdriver_settings(&self, shell: &Shell) -> Result<PathBuf> {
        let kept = shell.places.root.join("frontend/webdriver.json");
        let text = fs::read_to_string(&kept)?;
        let adapted = text.replace("/usr/bin/chromium", &self.browser.to_string_lossy());
        if adapted == text {
            return Ok(kept);
        }
        let file = shell.places.root.join("target/webdriver.json");
        fs::write(&file, adapted)?;
        Ok(file)
    }
}
