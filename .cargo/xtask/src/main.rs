//! Everything that is done to Expenso rather than by it: `cargo xtask run | build | test | check | …`.
//!
//! ```text
//! commands/        one file per word after `cargo xtask`
//!   build -> page  (wasm, bindgen, wasm-opt, assets.mjs)  and  server (cargo)
//!   test  -> report (parts, summary)  with  kit (PostgreSQL, Chromium, the built site)
//! architecture/    the rules of the house that no compiler holds
//! invocations      the few ways in which cargo is called: another feature set compiles the world again
//! shell, leash     commands that end, and processes that must not outlive us
//! advisories       what is known against the libraries
//! tools, npm, apt  what is missing is installed, or named with the command that would
//! ```

mod advisories;
mod apt;
mod architecture;
mod bare;
mod chromium;
mod commands;
mod failure;
mod flavour;
mod fuzz;
mod http;
mod invocations;
mod kit;
mod leash;
mod npm;
mod page;
mod places;
mod postgres;
mod python;
mod report;
mod server;
mod shell;
mod tools;

use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    commands::carry_out(&words).unwrap_or_else(|failure| {
        eprintln!("\ncargo xtask: {failure}");
        ExitCode::FAILURE
    })
}
