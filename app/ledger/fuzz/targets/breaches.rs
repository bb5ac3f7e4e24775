//! The answer of a list of leaked passwords: whatever it holds, a count is told only of a line that has the digits.
#![no_main]

use ledger_fuzz::heard::breaches::{SUFFIX, seen};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|answer: &str| {
    let first = answer.lines().find(|line| !line.is_empty()).unwrap_or_default();
    let suffix = first.split(':').next().unwrap_or_default();
    match seen(answer, suffix) {
        // Nothing else than the empty answer is read without a line.
        Some(_) if first.is_empty() => assert_eq!(seen(answer, "0"), Some(0)),
        Some(_) => assert_eq!(suffix.len(), SUFFIX),
        None => assert_eq!(seen(answer, "0"), None, "it is read or not, whatever one looks for"),
    }
    assert!(seen(answer, "no digits").is_none_or(|times| times == 0));
});
