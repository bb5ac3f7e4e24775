//! `cargo xtask build`: the server's binary and the site folder, which together run anywhere.

use super::unknown;
use crate::{
    failure::{Failure, Result},
    flavour::Flavour,
    npm, page,
    places::Places,
    server,
    shell::Shell,
    tools,
};
use std::{process::ExitCode, thread, time::Instant};

pub fn from_words(words: &[String]) -> Result<ExitCode> {
    if let Some(other) = words.iter().find(|word| *word != "--dev") {
        return Err(unknown(other));
    }
    let places = Places::find()?;
    let shell = Shell::on_terminal(&places);
    build(&shell, Flavour::of(!words.is_empty()))?;
    Ok(ExitCode::SUCCESS)
}

pub fn build(shell: &Shell, flavour: Flavour) -> Result {
    let start = Instant::now();
    shell.say("[1/4] Tools");
    tools::ensure_c_compiler()?;
    npm::ensure_node(shell)?;
    page::install_tools(shell)?;
    shell.say("[2/4] Page, compiled to WebAssembly");
    page::compile(shell, flavour)?;
    shell.say("[3/4] Server, and the page made small beside it");
    // wasm-opt has one thread and cargo leaves gaps: side by side they are done sooner.
    let files = thread::scope(|scope| {
        let page = scope.spawn(|| page::lay_out(shell, flavour));
        let server = server::compile(shell, flavour);
        let files = page.join().map_err(|_| Failure::failed("laying out the site panicked"))?;
        server.and(files)
    })?;
    shell.say(&format!("[4/4] Built in {} s", start.elapsed().as_secs()));
    let server = shell.places.server(flavour);
    shell.say(&format!("{files}  {}", server.strip_prefix(&shell.places.root).unwrap_or(&server).display()));
    Ok(())
}
