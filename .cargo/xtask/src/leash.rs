//! A process that never outlives us: it is stopped when its leash is dropped, or when we are killed.

use crate::failure::Result;
use std::{
    fs::File,
    path::Path,
    process::{Child, ChildStdin, Command, ExitStatus, Stdio},
};

/// Waits for the process, and stops it as soon as the other end of the standard input is closed.
const SCRIPT: &str = r#"
signal=$1; leftovers=$2; shift 2
trap : INT HUP TERM
exec 3<&0
"$@" </dev/null 3<&- &
process=$!
{ read -r _line <&3; kill -s "$signal" "$process"; } 2>/dev/null &
wait "$process"; code=$?
while kill -0 "$process" 2>/dev/null; do wait "$process"; code=$?; done
if [ -n "$leftovers" ]; then rm -rf "$leftovers"; fi
exit "$code"
"#;

pub struct Leash {
    holder: Child,
    line: Option<ChildStdin>,
}

/// How a process is asked to stop, where it writes, and what is deleted after it.
#[derive(Default)]
pub struct Manner<'a> {
    pub at_once: bool,
    pub output: Option<File>,
    pub leftovers: Option<&'a Path>,
}

impl Leash {
    pub fn start(command: &Command, manner: Manner<'_>) -> Result<Self> {
        let mut holder = Command::new("sh");
        holder.args(["-c", SCRIPT, "leash", if manner.at_once { "QUIT" } else { "TERM" }]);
        holder.arg(manner.leftovers.unwrap_or(Path::new("")));
        holder.arg(command.get_program()).args(command.get_args());
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => holder.env(name, value),
                None => holder.env_remove(name),
            };
        }
        if let Some(folder) = command.get_current_dir() {
            holder.current_dir(folder);
        }
        if let Some(file) = manner.output {
            holder.stdout(file.try_clone()?).stderr(file);
        }
        let mut holder = holder.stdin(Stdio::piped()).spawn()?;
        let line = holder.stdin.take();
        Ok(Self { holder, line })
    }

    /// Whether the process has ended by itself, and how.
    pub fn ended(&mut self) -> Result<Option<ExitStatus>> {
        Ok(self.holder.try_wait()?)
    }

    pub fn wait(&mut self) -> Result<ExitStatus> {
        Ok(self.holder.wait()?)
    }
}

impl Drop for Leash {
    fn drop(&mut self) {
        drop(self.line.take());
        let _ = self.holder.wait();
    }
}
