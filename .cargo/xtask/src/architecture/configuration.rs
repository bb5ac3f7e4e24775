//! Rules about files that must say the same, or must keep silent.

use super::{Complaints, sources};
use crate::{failure::Result, shell::Shell};
use std::fs;

/// cargo-leptos reads Cargo.toml, a deployed server reads Leptos.toml.
pub fn leptos_options(shell: &Shell) -> Result<Complaints> {
    let root = &shell.places.root;
    let Ok(deployed) = fs::read_to_string(root.join("Leptos.toml")) else {
        return Ok(Complaints::new());
    };
    Ok(disagreements(&fs::read_to_string(root.join("Cargo.toml"))?, &deployed))
}

fn disagreements(built: &str, deployed: &str) -> Complaints {
    let last_part = |path: String| path.rsplit('/').next().map(str::to_owned);
    let compare = |key: &str| {
        let (mut here, mut there) = (option(built, key), option(deployed, key));
        if key == "site-root" {
            (here, there) = (here.and_then(last_part), there.and_then(last_part));
        }
        let say = |value: Option<String>| value.unwrap_or_else(|| "nothing".to_owned());
        (here != there).then(|| format!("{key}: Cargo.toml says {}, Leptos.toml {}", say(here), say(there)))
    };
    ["output-name", "site-root", "site-pkg-dir"].into_iter().filter_map(compare).collect()
}

/// A key of the leptos table of a TOML file.
fn option(text: &str, key: &str) -> Option<String> {
    let table = text.lines().skip_while(|line| !line.contains("metadata.leptos]")).skip(1);
    let line = table.take_while(|line| !line.starts_with('[')).find_map(|line| line.trim().strip_prefix(key))?;
    let value = line.trim_start().strip_prefix('=')?.trim().trim_start_matches('"');
    value.split('"').next().map(str::to_owned)
}

/// The lints, `unsafe_code = forbid` among them, bind only a crate that asks for them.
pub fn lints(shell: &Shell) -> Result<Complaints> {
    let manifests = sources::under(shell, &[".cargo/xtask", "app", "frontend", "server"], "toml")?;
    // What is a workspace of its own has none to keep.
    let ours = |text: &str| !text.contains("\n[workspace]\n");
    let keeps = |text: &str| text.contains("[lints]\nworkspace = true");
    let lax = manifests
        .iter()
        .filter(|manifest| manifest.named() == "Cargo.toml" && ours(&manifest.text) && !keeps(&manifest.text));
    Ok(lax.map(|manifest| format!("{}: add `[lints]` with `workspace = true`", manifest.path)).collect())
}

pub fn lock_files(shell: &Shell) -> Result<Complaints> {
    let locks = sources::under(shell, &[".cargo/xtask", "end2end"], "json")?;
    let talkative =
        locks.iter().filter(|lock| lock.named() == "package-lock.json" && lock.text.contains("\"resolved\": \"http"));
    Ok(talkative.map(|lock| format!("{}: write it with omit-lockfile-registry-resolved=true", lock.path)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUILT: &str = "[package]\nname = \"a\"\n[[workspace.metadata.leptos]]\noutput-name = \"expenso\"\nsite-root = \"target/site\"\nsite-pkg-dir = \"pkg\"\n";

    #[test]
    fn the_two_files_agree_but_for_where_the_site_lies() {
        let deployed = BUILT.replace("target/site", "/srv/expenso/site") + "[database]\noutput-name = \"other\"\n";
        assert!(disagreements(BUILT, &deployed).is_empty());
    }

    #[test]
    fn a_difference_is_named() {
        let deployed = BUILT.replace("\"pkg\"", "\"files\"").replace("site-root = \"target/site\"", "");
        assert_eq!(
            disagreements(BUILT, &deployed),
            [
                "site-root: Cargo.toml says site, Leptos.toml nothing",
                "site-pkg-dir: Cargo.toml says pkg, Leptos.toml files",
            ]
        );
    }
}
