//! The ways in which cargo is called. Keep them few: each other set of packages or features compiles the world again.
//!
//! Never `--workspace`: that would unify `ssr` and `hydrate`, and the server would panic at its first request.

use crate::{flavour::Flavour, tools::WASM};

/// Names the files that `cargo fmt --all` would change.
pub const FORMAT: &[&str] = &["fmt", "--all", "--", "--check", "-l"];

/// What runs on this machine. xtask has no dependencies, so it changes no features.
const HOST: &[&str] =
    &["-p", "ledger", "-p", "backend", "-p", "app", "-p", "server", "-p", "xtask", "--features", "app/ssr"];

/// What runs in a browser.
const PAGE: &[&str] = &["-p", "frontend", "-p", "app", "--features", "app/hydrate", "--lib", "--target", WASM];

const NO_WARNINGS: &[&str] = &["--", "-D", "warnings"];

pub fn lint_host() -> Vec<&'static str> {
    [&["clippy"], HOST, &["--all-targets"], NO_WARNINGS].concat()
}

pub fn lint_page() -> Vec<&'static str> {
    [&["clippy"], PAGE, NO_WARNINGS].concat()
}

/// The tests of some of the host's packages; all are built alike, so that one build serves every part.
pub fn test_host(packages: &'static str) -> Vec<&'static str> {
    [&["nextest", "run", "--no-fail-fast"], HOST, &["-E", packages]].concat()
}

/// The same for a machine without nextest, which cannot run a part of them.
pub fn test_host_without_nextest() -> Vec<&'static str> {
    [&["test", "--no-fail-fast"], HOST].concat()
}

pub const TEST_LEDGER: &[&str] = &["test", "-q", "-p", "ledger"];
pub const TEST_LEDGER_DOCS: &[&str] = &["test", "-q", "--doc", "-p", "ledger"];
pub const TEST_PAGE: &[&str] = &["test", "-p", "frontend", "--tests", "--target", WASM];
pub const CHECK_LEDGER_FOR_BROWSERS: &[&str] = &["check", "-q", "-p", "ledger", "--target", WASM];
/// A workspace of its own: what has coverage is of no use to the others.
pub const BUILD_FUZZ: &[&str] = &["build", "--release", "--manifest-path", "app/ledger/fuzz/Cargo.toml", "--bins"];
pub const BENCH_LEDGER: &[&str] = &["bench", "-p", "ledger"];

pub fn build_page(flavour: Flavour) -> Vec<&'static str> {
    let profile: &[&str] = match flavour {
        Flavour::Optimised => &["--profile", "wasm-release"],
        Flavour::Quick => &[],
    };
    // What the linker moved where: wasm-split reads of it which function needs which.
    let split = &["--features", "split", "--", "-C", "link-arg=--emit-relocs"];
    [&["rustc", "-p", "frontend", "--lib", "--target", WASM], profile, split].concat()
}

/// The quick one is built like the tests of the host, whose build then serves it too; and so is the bare one below.
pub fn build_server(flavour: Flavour) -> Vec<&'static str> {
    match flavour {
        Flavour::Optimised => vec!["build", "-p", "server", "--release"],
        Flavour::Quick => build_bare(flavour).into_iter().chain(["--bin", "expenso"]).collect(),
    }
}

pub fn build_bare(flavour: Flavour) -> Vec<&'static str> {
    let which: &[&str] = match flavour {
        Flavour::Optimised => &["--release", "-p", "server"],
        Flavour::Quick => HOST,
    };
    [&["build"], which, &["--example", "bare"]].concat()
}
