//! `cargo xtask test`: everything that can be known about this tree, in one run.

use super::check;
use crate::{
    advisories, architecture, bare,
    failure::Result,
    flavour::Flavour,
    fuzz, invocations,
    kit::Kit,
    places::{Places, executable},
    python,
    report::Report,
    shell::Shell,
    tools,
};
use std::process::ExitCode;

pub fn test(words: &[String]) -> Result<ExitCode> {
    let places = Places::find_for_tests()?;
    let mut report = Report::new(&places, words);
    check::at_a_glance(&mut report);
    report.part("architecture", |shell, _| architecture::check(shell));
    // The architecture has looked at licences and sources too, if more roughly, should the tool not be had.
    report.part("licences, bans and sources", |shell, _| advisories::offline(shell));
    report.part("advisories", |shell, _| advisories::known(shell));
    if tools::on_path("cargo-nextest").is_some() {
        report.part("unit and property tests", |shell, _| {
            shell.run(&mut shell.cargo(&invocations::test_host("package(ledger) + package(app) + package(xtask)")))?;
            shell.run(&mut shell.cargo(invocations::TEST_LEDGER_DOCS))
        });
        report.part("stories on SQLite and PostgreSQL", |shell, kit| {
            kit.postgres(shell)?;
            shell.run(&mut shell.cargo(&invocations::test_host("package(backend)")))
        });
        report.part("HTTP tests", |shell, kit| {
            kit.postgres(shell)?;
            shell.run(&mut shell.cargo(&invocations::test_host("package(server)")))
        });
    } else {
        report.part("unit, property, story and HTTP tests", |shell, kit| {
            kit.postgres(shell)?;
            shell.run(&mut shell.cargo(&invocations::test_host_without_nextest()))
        });
    }
    report.part("fuzz targets", |shell, _| fuzz::run(shell));
    report.part("wasm tests", wasm);
    // The style guide is part of development builds only.
    report.part("pictures of the kit", |shell, kit| {
        kit.quick_site(shell)?;
        // The headless shell sets letters a little differently from what the pictures were taken with.
        let chromium = kit.chromium(shell)?;
        shell.set("CHROMIUM_PATH", chromium.browser);
        playwright(shell, &["styleguide"])
    });
    report.part("REST API under schemathesis", |shell, kit| {
        let schemathesis = python::tool(shell, &python::SCHEMATHESIS)?;
        Kit::quick_build(shell)?;
        kit.postgres(shell)?;
        shell.run(shell.command("node", &["end2end/api/run.mjs"]).arg(schemathesis))
    });
    report.part("optimised build", |shell, kit| kit.site(shell));
    report.part("browser tests", |shell, kit| {
        kit.end2end(shell)?;
        kit.postgres(shell)?;
        bare::build(shell, Flavour::Quick)?;
        playwright(shell, &[])
    });
    report.finish()
}

/// Runs the browser tests whose names contain one of the words, or all of them.
fn playwright(shell: &Shell, words: &[&str]) -> Result {
    let mut playwright = shell.command("npx", &["--no-install", "playwright", "test"]);
    shell.run(playwright.args(words).current_dir(shell.places.root.join("end2end")))
}

fn wasm(shell: &mut Shell, kit: &mut Kit) -> Result {
    tools::ensure_wasm_target(shell)?;
    let runner = tools::wasm_bindgen(shell)?.join(executable("wasm-bindgen-test-runner"));
    let chromium = kit.chromium(shell)?;
    shell.set("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner);
    shell.set("WASM_BINDGEN_TEST_WEBDRIVER_JSON", chromium.webdriver_settings(shell)?);
    shell.set("CHROMEDRIVER", chromium.driver);
    shell.run(&mut shell.cargo(invocations::TEST_PAGE))
}
