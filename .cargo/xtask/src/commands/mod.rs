//! One file per word after `cargo xtask`.

mod bench;
pub mod build;
mod check;
mod postgres;
mod run;
mod sbom;
mod screenshots;
mod test;

use crate::failure::{Failure, Result};
use std::process::ExitCode;

const HELP: &str = "\
Usage: cargo xtask COMMAND

  run            install what is missing, build the optimised site and start it at http://127.0.0.1:3000
    --demo         first add a person with two years of records, and say how to log in
    --port N       listen on another port
    --dev          a quick build instead of an optimised one
  build          leave the server in target/release/expenso and the site in target/site
    --dev          the quick build: target/debug/expenso and target/site-dev
  check          the quick loop: formatting, lints, the tests of the ledger
  test           everything; needs PostgreSQL and Chromium, and installs them where it can
    WORD…          only the parts whose name contains one of the words
  bench          the benchmarks; further words are sizes of books in records: 1000 10000 100000 1000000
    load|soak [MINUTES] [PEOPLE] [RECORDS]   many people at once, and what the server needs for them
  screenshots    pictures of the pages, in end2end/out/pictures; further words go to end2end/screenshots.mjs
  sbom           what server and pages are made of, as CycloneDX, in target/expenso.cdx.json
  postgres       a throw-away PostgreSQL server for tests, until Ctrl-C

CARGO_TARGET_DIR is honoured. The logs of `test` are in target/test-logs.";

pub fn carry_out(words: &[String]) -> Result<ExitCode> {
    let (command, rest) = match words {
        [] => ("help", words),
        [command, rest @ ..] => (command.as_str(), rest),
    };
    if rest.iter().any(|word| word == "--help") {
        println!("{HELP}");
        return Ok(ExitCode::SUCCESS);
    }
    match command {
        "run" => run::run(rest),
        "build" => build::from_words(rest),
        "check" => check::check(rest),
        "test" => test::test(rest),
        "bench" => bench::bench(rest),
        "screenshots" => screenshots::screenshots(rest),
        "sbom" => sbom::sbom(rest),
        "postgres" => postgres::postgres(rest),
        "help" | "-h" | "--help" => {
            println!("{HELP}");
            Ok(ExitCode::SUCCESS)
        }
        other => Err(Failure::failed(format!("there is no command `{other}`\n\n{HELP}"))),
    }
}

fn unknown(word: &str) -> Failure {
    Failure::failed(format!("`{word}` means nothing here; `cargo xtask` alone lists what does"))
}

fn none(words: &[String]) -> Result {
    words.first().map_or(Ok(()), |word| Err(unknown(word)))
}
