//! The project's own text files, and the lines of them that rules are about.

use crate::{failure::Result, shell::Shell};
use std::{fs, path::Path};

pub struct Source {
    /// From the clone's root, with slashes.
    pub path: String,
    pub text: String,
}

impl Source {
    /// The numbered lines that do something: no comments, and no test module, which stands at the end.
    pub fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate().map(|(index, line)| (index + 1, line));
        lines
            .take_while(|(_, line)| line.trim() != "#[cfg(test)]")
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// Whether it is a test, a benchmark or what they are run beside, by its place.
    pub fn is_proof(&self) -> bool {
        let under = |folder| self.path.contains(folder);
        under("/tests/") || under("/benches/") || under("/examples/") || self.path.ends_with("/tests.rs")
    }

    pub fn is_under(&self, folders: &[&str]) -> bool {
        folders.iter().any(|folder| self.path.starts_with(folder))
    }

    pub fn named(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }
}

pub fn rust(shell: &Shell) -> Result<Vec<Source>> {
    under(shell, &[".cargo/xtask", "app", "frontend", "server"], "rs")
}

/// The files below some folders with an ending, in order.
pub fn under(shell: &Shell, folders: &[&str], ending: &str) -> Result<Vec<Source>> {
    let mut found = Vec::new();
    for folder in folders.iter().map(|folder| shell.places.root.join(folder)).filter(|folder| folder.is_dir()) {
        collect(&shell.places.root, &folder, ending, &mut found)?;
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(found)
}

fn collect(root: &Path, folder: &Path, ending: &str, found: &mut Vec<Source>) -> Result {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default();
        if path.is_dir() {
            if name != "node_modules" && name != "target" {
                collect(root, &path, ending, found)?;
            }
        } else if path.extension().is_some_and(|extension| extension == ending) {
            let relative = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            found.push(Source { path: relative, text: fs::read_to_string(&path)? });
        }
    }
    Ok(())
}
