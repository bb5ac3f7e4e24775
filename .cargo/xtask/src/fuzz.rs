//! Throws bytes at what reads bytes from outside, for a moment each: long enough to find what a change has broken, and
//! not what nobody has thought of. That takes hours, and `cargo fuzz`.

use crate::{
    failure::{Failure, Result},
    invocations,
    places::executable,
    shell::{Shell, read},
};
use std::{
    fs, io,
    path::{Path, PathBuf},
    thread,
};

/// What holds the targets, each with a folder of its own in `corpus`.
const FOLDER: &str = "app/ledger/fuzz";
const SECONDS: u32 = 8;

/// Coverage for libFuzzer as `cargo fuzz --sanitizer none` asks for it, which any toolchain can do.
const COVERAGE: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1";

/// # Errors
/// When a target falls over; libFuzzer has then said on which input, and left it in a file.
pub fn run(shell: &Shell) -> Result {
    let folder = shell.places.root.join(FOLDER);
    let kept = shell.places.kept().join("fuzz");
    let compiler = read(&mut shell.command("rustc", &["-vV"]))?;
    let host = compiler.lines().find_map(|line| line.strip_prefix("host: ")).unwrap_or_default();
    // Named, so that what only serves to compile is compiled without coverage.
    let mut build = shell.cargo(invocations::BUILD_FUZZ);
    build.args(["--target", host]).env("RUSTFLAGS", COVERAGE).env("CARGO_TARGET_DIR", &kept);
    shell.run(&mut build)?;
    let corpora: Vec<PathBuf> =
        fs::read_dir(folder.join("corpus"))?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<_>>()?;
    let programs = kept.join(host).join("release");
    // Each keeps one core busy.
    for some in corpora.chunks(thread::available_parallelism()?.get()) {
        thread::scope(|scope| {
            let runs: Vec<_> =
                some.iter().map(|corpus| scope.spawn(|| throw_at(shell, &programs, &kept, corpus))).collect();
            // All are heard of before the first failure ends this.
            let ends: Vec<Result> = runs
                .into_iter()
                .map(|run| run.join().unwrap_or_else(|_| Err(Failure::failed("running a target panicked"))))
                .collect();
            ends.into_iter().collect::<Result>()
        })?;
    }
    Ok(())
}

/// Lets one target, which is named as its corpus is, read for a moment.
fn throw_at(shell: &Shell, programs: &Path, kept: &Path, corpus: &Path) -> Result {
    let target = corpus.file_name().unwrap_or_default().to_string_lossy().into_owned();
    // What it finds new goes to the first folder, so that a run leaves the clone as it was.
    let (new, fell) = (kept.join("new").join(&target), kept.join("fell").join(&target));
    fs::create_dir_all(&new)?;
    fs::create_dir_all(&fell)?;
    let mut fuzz = shell.command(programs.join(executable(&target)), &[]);
    fuzz.arg(format!("-max_total_time={SECONDS}")).args(["-timeout=10", "-print_final_stats=1", "-verbosity=0"]);
    fuzz.arg(format!("-artifact_prefix={}/", fell.display())).arg(new).arg(corpus);
    shell.run(&mut fuzz)
}
