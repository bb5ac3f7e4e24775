//! The programs of the Rust side: the wasm32 target, cargo's components, wasm-bindgen and wasm-split in the right versions.

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

/// Of `wasm_split_cli_support`; it reads what the `wasm_split_helpers` of Cargo.lock write.
pub const WASM_SPLIT: &str = "0.2.4";

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
    install(shell, &["wasm-bindgen-cli", "--version", &version])?;
    Ok(ours)
}

/// The program that takes pages out of the first WebAssembly file, which has no way to tell its version.
pub fn wasm_split(shell: &Shell) -> Result<PathBuf> {
    let file = shell.places.tools.join("bin").join(executable("wasm-split-cli"));
    let installed = fs::read_to_string(shell.places.tools.join(".crates.toml")).unwrap_or_default();
    if !file.is_file() || !installed.contains(&format!("\"wasm_split_cli_support {WASM_SPLIT} ")) {
        install(shell, &["wasm_split_cli_support", "--version", WASM_SPLIT, "--locked", "--features", "build-binary"])?;
    }
    Ok(file)
}

fn install(shell: &Shell, what: &[&str]) -> Result {
    shell.say(&format!("Installing {} {} (a few minutes, once)", what[0], what[2]));
    let mut install = shell.cargo(&["install", "--force"]);
    install.args(what).arg("--root").arg(&shell.places.tools);
    // Where its own lock file is not used, as it wants another compiler: this picks what ours can build.
    install.env("CARGO_RESOLVER_INCOMPATIBLE_RUST_VERSIONS", "fallback");
    install.env("CARGO_TARGET_DIR", shell.places.kept().join("tools"));
    shell.run(&mut install)?;
    let _ = fs::remove_dir_all(shell.places.kept().join("tools"));
    Ok(())
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
