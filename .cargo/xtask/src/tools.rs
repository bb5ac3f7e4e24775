//! The programs of the Rust side: the wasm32 target, cargo's components and wasm-bindgen in the right version.

use crate::{
    failure::{Failure, Result},
    places::{Places, executable},
    shell::{Shell, read},
};
use std::{
    env, fs,
    path::{Path, PathBuf},
};

pub const WASM: &str = "wasm32-unknown-unknown";

/// The program's file, looked for on PATH.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let name = executable(name);
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(&name)).find(|file| file.is_file())
}

/// SQLite and the cryptography are compiled from C.
pub fn ensure_c_compiler() -> Result {
    let found =
        env::var_os("CC").is_some() || ["cc", "gcc", "clang", "cl"].into_iter().any(|name| on_path(name).is_some());
    let help = "a C compiler was not found: install one (on Debian: apt-get install build-essential)";
    if found { Ok(()) } else { Err(Failure::missing(help)) }
}

pub fn ensure_wasm_target(shell: &Shell) -> Result {
    let sysroot = read(&mut shell.command("rustc", &["--print", "sysroot"]))?;
    if Path::new(sysroot.trim()).join("lib/rustlib").join(WASM).is_dir() {
        return Ok(());
    }
    shell.say("Adding the WebAssembly target to Rust");
    if on_path("rustup").is_none() {
        return Err(Failure::missing(format!("this Rust lacks the target {WASM}, and there is no rustup to add it")));
    }
    shell.run(&mut shell.command("rustup", &["target", "add", WASM]))
}

/// Makes sure of `cargo fmt` or `cargo clippy`.
pub fn ensure_component(shell: &Shell, subcommand: &str, component: &str) -> Result {
    if read(&mut shell.cargo(&[subcommand, "--version"])).is_ok() {
        return Ok(());
    }
    if on_path("rustup").is_none() {
        return Err(Failure::missing(format!("`cargo {subcommand}` is missing: install {component}")));
    }
    shell.run(&mut shell.command("rustup", &["component", "add", component]))
}

/// The folder of a wasm-bindgen of exactly the version that Cargo.lock names for the crate.
pub fn wasm_bindgen(shell: &Shell) -> Result<PathBuf> {
    let version = locked_version(shell.places, "wasm-bindgen")?;
    let ours = shell.places.tools.join("bin");
    let found = [Some(ours.clone()), on_path("wasm-bindgen").and_then(|file| Some(file.parent()?.to_path_buf()))];
    for folder in found.into_iter().flatten() {
        let said = read(&mut shell.command(folder.join(executable("wasm-bindgen")), &["--version"]));
        let whole = folder.join(executable("wasm-bindgen-test-runner")).is_file();
        if whole && said.is_ok_and(|said| said.split_whitespace().nth(1) == Some(&version)) {
            return Ok(folder);
        }
    }
    shell.say(&format!("Installing wasm-bindgen {version} (a few minutes, once)"));
    let mut install = shell.cargo(&["install", "wasm-bindgen-cli", "--force", "--version", &version, "--root"]);
    install.arg(&shell.places.tools);
    // Its lock file and its newest dependencies want different compilers; this picks what ours can build.
    install.env("CARGO_RESOLVER_INCOMPATIBLE_RUST_VERSIONS", "fallback");
    install.env("CARGO_TARGET_DIR", shell.places.kept().join("tools"));
    shell.run(&mut install)?;
    let _ = fs::remove_dir_all(shell.places.kept().join("tools"));
    Ok(ours)
}

fn locked_version(places: &Places, name: &str) -> Result<String> {
    let lock = fs::read_to_string(places.root.join("Cargo.lock"))?;
    packages(&lock)
        .find(|(package, _)| *package == name)
        .map(|(_, version)| version.to_owned())
        .ok_or_else(|| Failure::failed(format!("Cargo.lock names no {name}")))
}

/// Every package of a Cargo.lock with its version.
pub fn packages(lock: &str) -> impl Iterator<Item = (&str, &str)> {
    lock.split("[[package]]").skip(1).filter_map(|entry| {
        let value =
            |key: &str| entry.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = ")).map(unquoted);
        Some((value("name")?, value("version")?))
    })
}

fn unquoted(text: &str) -> &str {
    text.trim_matches('"')
}
