//! Words that a database or a program keeps for a value: what is read is written as it was, and names are clean.
#![no_main]

use ledger::form::{long_text, name, short_text};
use ledger::languages::wanted;
use ledger::period::parse_day;
use ledger::records::{Kind, parse_tags};
use ledger::recurrence::{Ends, Repeats};
use ledger::span::Span;
use ledger_fuzz::TODAY;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(repeats) = text.parse::<Repeats>() {
        assert_eq!(String::from(repeats).parse(), Ok(repeats));
        assert!(repeats.nth(TODAY, 0).is_some(), "{text}");
    }
    if let Ok(ends) = text.parse::<Ends>() {
        assert_eq!(String::from(ends).parse(), Ok(ends));
    }
    if let Ok(span) = text.parse::<Span>() {
        assert_eq!(span.to_string().parse(), Ok(span));
    }
    if let Ok(day) = parse_day(text) {
        assert_eq!(parse_day(&day.to_string()), Ok(day));
    }
    let _ = text.parse::<Kind>();
    if let Ok(tags) = parse_tags(text) {
        assert_eq!(parse_tags(&tags.join(", ")), Ok(tags));
    }
    let languages = wanted(text);
    assert_eq!(wanted(&languages.join(",")), languages, "{text:?}");
    for kept in [name(text, 60), short_text(text, 120)].into_iter().flatten() {
        assert!(!kept.chars().any(char::is_control), "{kept:?}");
        assert_eq!(kept.trim(), kept);
    }
    if let Ok(kept) = long_text(text, 1_000) {
        assert!(kept.chars().count() <= 1_000);
    }
});
