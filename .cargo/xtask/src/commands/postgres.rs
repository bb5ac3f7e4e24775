//! `cargo xtask postgres`: a throw-away server in the foreground, for tests run by hand.

use super::none;
use crate::{
    failure::{Failure, Result},
    places::Places,
    postgres::{self, VARIABLE},
    shell::Shell,
};
use std::process::ExitCode;

pub fn postgres(words: &[String]) -> Result<ExitCode> {
    none(words)?;
    let places = Places::find()?;
    let server = postgres::obtain(&Shell::on_terminal(&places))?;
    println!("export {VARIABLE}={}", server.url);
    let Some(mut leash) = server.leash else {
        return Err(Failure::failed("the environment already names a server: nothing to start"));
    };
    println!("Ctrl-C stops the server and deletes its data.");
    let status = leash.wait()?;
    Err(Failure::failed(format!("PostgreSQL stopped: {status}")))
}
