//! Runs the parts of a test run one after the other and ends with one summary.

use crate::{
    failure::{Failure, Result},
    kit::Kit,
    places::Places,
    shell::Shell,
};
use std::{
    fs::{self, File},
    process::ExitCode,
    time::Instant,
};

pub struct Report<'a> {
    places: &'a Places,
    /// Only parts whose name contains one of these are run; all when empty.
    words: &'a [String],
    kit: Kit,
    lines: Vec<Line>,
    /// Parts that were not run, and why.
    skipped: Vec<(&'static str, String)>,
}

struct Line {
    name: &'static str,
    outcome: Result,
    seconds: f64,
}

impl<'a> Report<'a> {
    pub fn new(places: &'a Places, words: &'a [String]) -> Self {
        Self { places, words, kit: Kit::default(), lines: Vec::new(), skipped: Vec::new() }
    }

    /// Runs a part; a failure is noted and does not keep the next part from running.
    pub fn part(&mut self, name: &'static str, action: impl FnOnce(&mut Shell, &mut Kit) -> Result) {
        if !self.is_wanted(name) {
            return;
        }
        println!("\n── {name} ──");
        let start = Instant::now();
        let outcome = self.log(name).and_then(|log| {
            let mut shell = Shell::with_log(self.places, log);
            let outcome = action(&mut shell, &mut self.kit);
            if let Err(failure) = &outcome {
                shell.say(&failure.to_string());
            }
            outcome
        });
        if let Err(Failure::Skipped(why)) = outcome {
            return self.skipped.push((name, why));
        }
        self.lines.push(Line { name, outcome, seconds: start.elapsed().as_secs_f64() });
    }

    fn is_wanted(&self, name: &str) -> bool {
        self.words.is_empty() || self.words.iter().any(|word| name.contains(word.as_str()))
    }

    fn log(&self, name: &str) -> Result<File> {
        let folder = self.places.root.join("target/test-logs");
        fs::create_dir_all(&folder)?;
        let words: Vec<&str> = name.split(|character: char| !character.is_alphanumeric()).collect();
        Ok(File::create(folder.join(format!("{}.log", words.join("-").replace("--", "-"))))?)
    }

    /// Prints the summary, whose last line says it all.
    pub fn finish(self) -> Result<ExitCode> {
        drop(self.kit);
        if self.lines.is_empty() && self.skipped.is_empty() {
            return Err(Failure::failed("no part has such a name"));
        }
        println!("\n{:<40} {:<14} {:>8}", "part", "outcome", "seconds");
        for line in &self.lines {
            println!("{:<40} {:<14} {:>8.1}", line.name, outcome(&line.outcome), line.seconds);
        }
        for line in &self.lines {
            if let Err(failure) = &line.outcome {
                let first = failure.to_string();
                println!("\n{}: {}", line.name, first.lines().next().unwrap_or_default());
            }
        }
        for (name, why) in &self.skipped {
            println!("\n{name}: skipped, {why}");
        }
        let passed = self.lines.iter().filter(|line| line.outcome.is_ok()).count();
        let failed = self.lines.len() - passed;
        println!("\n{passed} passed, {failed} failed");
        Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

fn outcome(outcome: &Result) -> &'static str {
    match outcome {
        Ok(()) => "passed",
        Err(Failure::Failed(_)) => "FAILED",
        Err(Failure::Missing(_) | Failure::Skipped(_)) => "COULD NOT RUN",
    }
}
