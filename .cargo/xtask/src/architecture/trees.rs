//! Rules about what depends on what, read from `cargo tree`.

use super::Complaints;
use crate::{
    failure::{Failure, Result},
    shell::{Shell, read},
    tools::WASM,
};

const LEDGER_MAY_USE: &[&str] =
    &["chrono", "form_urlencoded", "iso_currency", "serde", "thiserror", "unicode-normalization", "uuid"];

/// Crates that would bring the server into the browser, by the start of their names.
const SERVER_ONLY: &[&str] =
    &["argon2", "axum", "backend", "hyper", "jsonwebtoken", "lettre", "reqwest", "rustls", "server", "sqlx", "tokio"];
/// What begins like one of them and is allowed.
const SHARED: &[&str] = &["server_fn", "server_fn_macro", "server_fn_macro_default"];

const CRYPTO_BACKENDS: &[&str] = &["aws_lc_rs", "rust_crypto"];

/// The lines of `cargo tree` without their drawing: a package, then its features.
fn tree(shell: &Shell, words: &[&str]) -> Result<Vec<(String, String)>> {
    let fixed = ["tree", "--edges", "normal", "--prefix", "none", "--no-dedupe", "--format", "{p}|{f}"];
    let text = read(&mut shell.cargo(&[&fixed, words].concat()))?;
    let mut lines: Vec<_> = text
        .lines()
        .filter_map(|line| {
            let (package, features) = line.split_once('|')?;
            Some((package.split(' ').next()?.to_owned(), features.to_owned()))
        })
        .collect();
    lines.sort();
    lines.dedup();
    if lines.is_empty() { Err(Failure::failed("`cargo tree` showed nothing")) } else { Ok(lines) }
}

/// The crates of the server that use this one themselves.
fn tree_of_users(shell: &Shell, name: &str) -> Result<Vec<String>> {
    let fixed = ["tree", "-p", "server", "--edges", "normal", "--prefix", "depth", "--format", "|{p}", "--depth", "1"];
    let text = read(&mut shell.cargo(&[&fixed[..], &["-i", name]].concat()))?;
    let users = text.lines().filter_map(|line| line.strip_prefix("1|")?.split(' ').next().map(str::to_owned));
    Ok(users.collect())
}

pub fn ledger_is_pure(shell: &Shell) -> Result<Complaints> {
    let tree = tree(shell, &["-p", "ledger", "--depth", "1"])?;
    let foreign = tree.iter().filter(|(name, _)| name != "ledger" && !LEDGER_MAY_USE.contains(&name.as_str()));
    Ok(foreign.map(|(name, _)| format!("ledger depends on {name}: decide in the ledger, do it elsewhere")).collect())
}

pub fn page_is_light(shell: &Shell) -> Result<Complaints> {
    let tree = tree(shell, &["-p", "frontend", "--target", WASM])?;
    let server_only = |name: &str| !SHARED.contains(&name) && SERVER_ONLY.iter().any(|start| name.starts_with(start));
    let heavy = tree.iter().filter(|(name, _)| server_only(name));
    Ok(heavy.map(|(name, _)| format!("the page depends on {name}: see `cargo tree -p frontend -i {name}`")).collect())
}

pub fn one_crypto_backend(shell: &Shell) -> Result<Complaints> {
    let tree = tree(shell, &["-p", "server"])?;
    let mut complaints = Complaints::new();
    for (_, features) in tree.iter().filter(|(name, _)| name == "jsonwebtoken") {
        let chosen = features.split(',').filter(|feature| CRYPTO_BACKENDS.contains(feature)).count();
        if chosen != 1 {
            complaints.push(format!("jsonwebtoken has {chosen} crypto backends (features: {features}): it needs one"));
        }
    }
    // Passkeys are verified with public keys, which may leak.
    let users = tree_of_users(shell, "rsa")?;
    complaints.extend(
        users
            .iter()
            .filter(|name| *name != "crypto-glue")
            .map(|name| format!("{name} depends on rsa, which leaks private keys by timing (RUSTSEC-2023-0071)")),
    );
    Ok(complaints)
}
