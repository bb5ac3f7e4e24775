//! A PostgreSQL server for tests: made in a temporary folder, fast because it may forget, gone at the end.

use crate::{
    apt,
    failure::{Failure, Result},
    http,
    leash::{Leash, Manner},
    shell::{Shell, read},
    tools::on_path,
};
use std::{
    env,
    fs::{self, File},
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::{Duration, Instant},
};

pub const VARIABLE: &str = "EXPENSO_TEST_POSTGRES_URL";

/// Nothing here has to survive a power cut.
const SETTINGS: [&str; 5] = [
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "max_connections=200",
    "listen_addresses=127.0.0.1",
];

pub struct Postgres {
    pub url: String,
    /// None for a server that somebody else runs.
    pub leash: Option<Leash>,
}

/// The server that the environment names, or else one of our own.
pub fn obtain(shell: &Shell) -> Result<Postgres> {
    if let Ok(url) = env::var(VARIABLE) {
        return Ok(Postgres { url, leash: None });
    }
    if programs().is_none() {
        apt::install(shell, "PostgreSQL", &["postgresql"])?;
    }
    let programs = programs().ok_or_else(|| Failure::missing("PostgreSQL was installed but has no initdb"))?;
    start(shell, &programs)
}

/// The folder of `initdb` and `postgres`: the newest of Debian's, or what is on PATH.
fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    versions
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse::<u32>().ok()?, entry.path().join("bin"))))
        .filter(|(_, folder)| folder.join("initdb").is_file())
        .max()
        .map(|(_, folder)| folder)
        .or_else(|| Some(on_path("initdb")?.parent()?.to_path_buf()))
}

fn start(shell: &Shell, programs: &Path) -> Result<Postgres> {
    let folder = env::temp_dir().join(format!("expenso-postgres-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let made = make(shell, programs, &folder);
    if made.is_err() {
        let _ = fs::remove_dir_all(&folder);
    }
    made
}

fn make(shell: &Shell, programs: &Path, folder: &Path) -> Result<Postgres> {
    let data = folder.join("data");
    let as_root = apt::is_root(shell);
    if as_root {
        shell.run(shell.command("chown", &["postgres"]).arg(folder))?;
    }
    let mut initdb = server_command(shell, programs.join("initdb"), as_root);
    initdb.args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "-D"]).arg(&data);
    read(&mut initdb)?;

    let port = http::free_port()?.to_string();
    let log = folder.join("log");
    let mut server = server_command(shell, programs.join("postgres"), as_root);
    server.arg("-D").arg(&data).args(["-p", &port, "-k"]).arg(folder);
    server.args(SETTINGS.iter().flat_map(|setting| ["-c", setting]));
    let manner = Manner { at_once: true, output: Some(File::create(&log)?), leftovers: Some(folder) };
    let mut leash = Leash::start(&server, manner)?;

    let give_up = Instant::now() + Duration::from_mins(1);
    let ready = programs.join("pg_isready");
    while read(&mut shell.command(&ready, &["-q", "-h", "127.0.0.1", "-p", &port])).is_err() {
        if leash.ended()?.is_some() || Instant::now() > give_up {
            let said = fs::read_to_string(&log).unwrap_or_default();
            return Err(Failure::failed(format!("PostgreSQL did not start: {said}")));
        }
        thread::sleep(Duration::from_millis(50));
    }
    Ok(Postgres { url: format!("postgres://postgres@127.0.0.1:{port}/postgres"), leash: Some(leash) })
}

/// PostgreSQL refuses to be run by root.
fn server_command(shell: &Shell, program: PathBuf, as_root: bool) -> Command {
    let mut command = if as_root {
        let mut command = shell.command("setpriv", &["--reuid=postgres", "--regid=postgres", "--init-groups", "--"]);
        command.arg(program);
        command
    } else {
        shell.command(program, &[])
    };
    command.current_dir(env::temp_dir());
    command
}
