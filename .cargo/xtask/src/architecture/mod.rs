//! The rules of the house that no compiler holds: who may use whom, and where a thing may be named.

mod colours;
mod configuration;
mod floors;
mod licences;
mod secrets;
mod security;
mod sources;
mod trees;
mod words;

use crate::{
    failure::{Failure, Result},
    invocations,
    shell::Shell,
    tools,
};

/// What breaks a rule, one line each; empty when it is kept.
type Complaints = Vec<String>;

type Rule = (&'static str, fn(&Shell) -> Result<Complaints>);

const RULES: &[Rule] = &[
    ("the ledger depends on a few words only", trees::ledger_is_pure),
    ("the ledger compiles for browsers", ledger_compiles_for_browsers),
    ("the page carries nothing of the server", trees::page_is_light),
    ("tokens are signed by exactly one crypto backend", trees::one_crypto_backend),
    ("dependencies are not older than their known holes", floors::old_versions),
    ("crates have allowed licences and come from the registry", licences::are_allowed),
    ("only backend::db names a database engine", words::engines),
    ("time comes from a clock", words::clocks),
    ("only the server reads the environment", words::environment),
    ("no Rust file is longer than 500 lines", words::long_files),
    ("colours are named in style/tokens*.css only", colours::named_elsewhere),
    ("Cargo.toml and Leptos.toml agree", configuration::leptos_options),
    ("every crate keeps the workspace's lints", configuration::lints),
    ("the map of security names proofs that are there", security::map_is_true),
    ("no secret is kept in the clone", secrets::none_is_kept),
    ("npm lock files name no download address", configuration::lock_files),
];

pub fn check(shell: &Shell) -> Result {
    tools::ensure_wasm_target(shell)?;
    let mut broken = 0;
    for (rule, find) in RULES {
        let complaints = find(shell).unwrap_or_else(|failure| vec![failure.to_string()]);
        shell.say(&format!("{} {rule}", if complaints.is_empty() { "kept  " } else { "BROKEN" }));
        for complaint in &complaints {
            shell.say(&format!("         {complaint}"));
        }
        broken += usize::from(!complaints.is_empty());
    }
    if broken == 0 { Ok(()) } else { Err(Failure::failed(format!("{broken} of {} rules are broken", RULES.len()))) }
}

fn ledger_compiles_for_browsers(shell: &Shell) -> Result<Complaints> {
    shell.run(&mut shell.cargo(invocations::CHECK_LEDGER_FOR_BROWSERS)).map(|()| Complaints::new())
}
