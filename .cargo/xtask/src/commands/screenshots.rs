//! `cargo xtask screenshots`: pictures of the pages with a demo person's data.

use crate::{
    failure::Result, flavour::Flavour, http, kit::Kit, places::Places, scratch::Scratch, server, shell::Shell,
};
use std::process::ExitCode;

pub fn screenshots(words: &[String]) -> Result<ExitCode> {
    let places = Places::find()?;
    let mut shell = Shell::on_terminal(&places);
    let mut kit = Kit::default();
    kit.end2end(&mut shell)?;
    let data = Scratch::new("screenshots")?;
    let address = format!("127.0.0.1:{}", http::free_port()?);
    shell.set("EXPENSO_DATA_DIR", data.path());
    shell.set("EXPENSO_BASE_URL", format!("http://{address}"));
    shell.set("EXPENSO_URL", format!("http://{address}"));
    shell.run(&mut server::command(&shell, Flavour::Optimised, "demo", &address))?;
    let serve = server::command(&shell, Flavour::Optimised, "serve", &address);
    let _server = server::start(&serve, &address)?;
    shell.run(shell.command("node", &["end2end/screenshots.mjs"]).args(words))?;
    Ok(ExitCode::SUCCESS)
}
