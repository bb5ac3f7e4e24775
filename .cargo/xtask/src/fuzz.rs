//! Throws bytes at what reads bytes from outside, for a moment each: long enough to find what a change has broken, and
//! not what nobody has thought of. That takes hours, and `cargo fuzz`.

use crate::{
    failure::Result,
    invocations,
    places::executable,
    shell::{Shell, read},
};
use std::fs;

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
    for corpus in fs::read_dir(folder.join("corpus"))? {
        let corpus = corpus?;
        let target = corpus.file_name().to_string_lossy().into_owned();
        // What it finds new goes to the first folder, so that a run leaves the clone as it was.
        let (new, fell) = (kept.join("new").join(&target), kept.join("fell").join(&target));
        fs::create_dir_all(&new)?;
        fs::create_dir_all(&fell)?;
        let program = kept.join(host).join("release").join(executable(&target));
        let mut fuzz = shell.command(program, &[]);
        fuzz.arg(format!("-max_total_time={SECONDS}"))
            .arg("-timeout=10")
            .args(["-print_final_stats=1", "-verbosity=0"]);
        fuzz.arg(format!("-artifact_prefix={}/", fell.display())).arg(new).arg(corpus.path());
        shell.run(&mut fuzz)?;
    }
    Ok(())
}
