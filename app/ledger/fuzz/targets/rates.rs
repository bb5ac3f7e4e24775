//! The answer of a source of exchange rates: what is taken of it is a day and its rates, and reads the same once written.
#![no_main]

use std::fmt::Write as _;

use ledger::NumberFormat;
use ledger_fuzz::heard::rates::{PerEuro, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|answer: &str| {
    let Some(rates) = read(answer) else { return };
    assert!(!rates.1.is_empty());
    assert_eq!(read(&written(&rates)), Some(rates));
});

fn written((day, rates): &PerEuro) -> String {
    let plain = NumberFormat::of("en");
    let mut xml = format!("<Envelope><Cube><Cube time='{day}'>");
    for (currency, rate) in rates {
        let _ = write!(xml, "<Cube currency='{}' rate='{}'/>", currency.code(), rate.text(plain));
    }
    xml + "</Cube></Cube></Envelope>"
}
