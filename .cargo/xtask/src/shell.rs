//! Runs commands in the clone with the right environment, on the terminal and, for a test part, into its log.

use crate::{
    failure::{Failure, Result},
    places::Places,
};
use std::{
    env,
    ffi::{OsStr, OsString},
    fs::File,
    io::{self, ErrorKind, IsTerminal, Read, Write},
    process::{Command, ExitStatus, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

pub struct Shell<'a> {
    pub places: &'a Places,
    environment: Vec<(String, OsString)>,
    log: Option<File>,
}

impl<'a> Shell<'a> {
    pub fn on_terminal(places: &'a Places) -> Self {
        Self { places, environment: Vec::new(), log: None }
    }

    pub fn with_log(places: &'a Places, log: File) -> Self {
        Self { places, environment: Vec::new(), log: Some(log) }
    }

    /// Gives a variable to every command from here on.
    pub fn set(&mut self, name: &str, value: impl Into<OsString>) {
        self.environment.push((name.to_owned(), value.into()));
    }

    pub fn command(&self, program: impl AsRef<OsStr>, words: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(words).current_dir(&self.places.root).envs(self.environment.iter().map(|(n, v)| (n, v)));
        // What `cargo run` told us about xtask is not true of what we start.
        for (name, _) in env::vars_os() {
            let told = |prefix: &str| name.to_string_lossy().starts_with(prefix);
            if told("CARGO_PKG_") || told("CARGO_MANIFEST_") {
                command.env_remove(&name);
            }
        }
        command
    }

    pub fn cargo(&self, words: &[&str]) -> Command {
        let mut command = self.command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()), words);
        command.env("CARGO_TARGET_DIR", &self.places.target);
        if self.log.is_some() && io::stdout().is_terminal() {
            command.env("CARGO_TERM_COLOR", "always");
        }
        command
    }

    /// Says one line, where the output of commands goes as well.
    pub fn say(&self, text: &str) {
        println!("{text}");
        if let Some(mut log) = self.log.as_ref() {
            let _ = writeln!(log, "{text}");
        }
    }

    /// Runs to the end; anything but success is a failure.
    pub fn run(&self, command: &mut Command) -> Result {
        let status = match &self.log {
            None => command.status(),
            Some(log) => run_into(command, log),
        };
        let status = status.map_err(|error| not_started(command, &error))?;
        if status.success() { Ok(()) } else { Err(ended_badly(command, status, "")) }
    }
}

/// Runs to the end and returns what was written to the standard output.
pub fn read(command: &mut Command) -> Result<String> {
    let output = command.stdin(Stdio::null()).output().map_err(|error| not_started(command, &error))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    Err(ended_badly(command, output.status, &String::from_utf8_lossy(&output.stderr)))
}

fn run_into(command: &mut Command, log: &File) -> io::Result<ExitStatus> {
    let (reader, writer) = io::pipe()?;
    let log = log.try_clone()?;
    command.stdin(Stdio::null()).stdout(writer.try_clone()?).stderr(writer);
    let mut child = command.spawn()?;
    // The command kept the writing ends of the pipe, which would never end.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let (done, finished) = mpsc::channel();
    thread::spawn(move || {
        let _ = copy(reader, &log);
        let _ = done.send(());
    });
    let status = child.wait()?;
    // A grandchild may hold the pipe open for ever; do not wait for it that long.
    let _ = finished.recv_timeout(Duration::from_secs(3));
    Ok(status)
}

fn copy(mut from: impl Read, mut log: &File) -> io::Result<()> {
    let mut buffer = [0; 8192];
    loop {
        let length = from.read(&mut buffer)?;
        if length == 0 {
            return Ok(());
        }
        log.write_all(&buffer[..length])?;
        let mut terminal = io::stdout().lock();
        terminal.write_all(&buffer[..length])?;
        terminal.flush()?;
    }
}

fn not_started(command: &Command, error: &io::Error) -> Failure {
    let program = command.get_program().to_string_lossy();
    match (error.kind(), program.as_ref()) {
        (ErrorKind::NotFound, "node" | "npm" | "npx") => {
            Failure::missing(format!("{program} was not found: install Node.js 20 or newer with npm"))
        }
        (ErrorKind::NotFound, _) => Failure::missing(format!("{program} was not found")),
        _ => Failure::failed(format!("{program} did not start: {error}")),
    }
}

fn ended_badly(command: &Command, status: ExitStatus, said: &str) -> Failure {
    let words: Vec<_> = command.get_args().map(OsStr::to_string_lossy).collect();
    let program = command.get_program().to_string_lossy();
    let program = program.rsplit('/').next().unwrap_or_default();
    Failure::failed(format!("`{program} {}` ended with {status}\n{said}", words.join(" ")).trim_end())
}
