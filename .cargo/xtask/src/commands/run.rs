//! `cargo xtask run`: from a fresh clone to a running Expenso.

use super::unknown;
use crate::{
    commands::build,
    failure::{Failure, Result},
    flavour::Flavour,
    http,
    places::Places,
    server,
    shell::Shell,
};
use std::{env, process::ExitCode};

struct Wish {
    demo: bool,
    flavour: Flavour,
    port: Option<u16>,
}

impl Wish {
    fn parse(words: &[String]) -> Result<Self> {
        let mut wish = Self { demo: false, flavour: Flavour::Optimised, port: None };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--demo" => wish.demo = true,
                "--dev" => wish.flavour = Flavour::Quick,
                "--port" => wish.port = Some(port(words.next())?),
                other => return Err(unknown(other)),
            }
        }
        Ok(wish)
    }

    fn address(&self) -> String {
        match self.port {
            Some(port) => format!("127.0.0.1:{port}"),
            None => env::var("LEPTOS_SITE_ADDR").unwrap_or_else(|_| "127.0.0.1:3000".to_owned()),
        }
    }
}

fn port(word: Option<&String>) -> Result<u16> {
    word.and_then(|word| word.parse().ok()).ok_or_else(|| Failure::failed("--port wants a number, such as --port 3001"))
}

pub fn run(words: &[String]) -> Result<ExitCode> {
    let wish = Wish::parse(words)?;
    let address = wish.address();
    if !http::is_free(&address) {
        return Err(Failure::failed(format!("{address} is taken: choose another port with --port")));
    }
    let places = Places::find()?;
    let mut shell = Shell::on_terminal(&places);
    build::build(&shell, wish.flavour)?;

    if wish.port.is_some() && env::var_os("EXPENSO_BASE_URL").is_none() {
        shell.set("EXPENSO_BASE_URL", format!("http://{address}"));
    }
    if wish.demo {
        shell.run(&mut server::command(&shell, wish.flavour, "demo", &address))?;
    }
    let serve = server::command(&shell, wish.flavour, "serve", &address);
    let mut server = server::start(&serve, &address)?;
    let shown = address.replace("0.0.0.0", "127.0.0.1");
    println!("\nExpenso is at http://{shown}\nCtrl-C stops it.\n");
    let status = server.wait()?;
    if status.success() {
        return Ok(ExitCode::SUCCESS);
    }
    Err(Failure::failed(format!("the server stopped: {status}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_is_a_number_and_other_words_are_refused() {
        let parse = |text: &str| Wish::parse(&text.split(' ').map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(parse("--port 3001 --demo").map(|wish| wish.address()).ok().as_deref(), Some("127.0.0.1:3001"));
        assert!(parse("--port").is_err());
        assert!(parse("--port many").is_err());
        assert!(parse("--release").is_err());
    }
}
