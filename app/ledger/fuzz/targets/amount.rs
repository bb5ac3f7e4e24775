//! What is typed as an amount or a rate is read exactly, or refused.
#![no_main]

use ledger::money::AMOUNT_MAX;
use ledger::rates::Rate;
use ledger::{Currency, Money};
use ledger_fuzz::formats;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|typed: &str| {
    let currencies: [Currency; 3] = ["INR", "JPY", "KWD"].map(|code| code.parse().expect("a currency"));
    for format in formats() {
        for currency in currencies {
            let Ok(money) = Money::parse(typed, currency, format) else { continue };
            assert!((0..=AMOUNT_MAX).contains(&money.minor), "{typed:?} is {money:?}");
            for shown in [format.plain(money), format.money(money)] {
                assert_eq!(Money::parse(&shown, currency, format), Ok(money), "{shown:?} of {typed:?}");
            }
        }
        if let Ok(rate) = Rate::parse(typed, format) {
            assert_eq!(Rate::parse(&rate.text(format), format), Ok(rate), "{typed:?}");
        }
    }
});
