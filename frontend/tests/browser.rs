//! The domain in a real browser: the same answers as on the server.
#![cfg(target_arch = "wasm32")]

use ledger::id::RecordId;
use ledger::{Currency, Money, NumberFormat};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn amounts_are_exact_in_the_browser() {
    let format = NumberFormat::of("en-IN");
    let read = |typed| Money::parse(typed, Currency::INR, format).map(|money| money.minor);
    assert_eq!(read("0.1+0.2"), Ok(30));
    assert_eq!(read("9999999999999.99"), Ok(999_999_999_999_999));
    assert_eq!(format.money(Money::new(10_000_000, Currency::INR)), "₹1,00,000.00");
}

#[wasm_bindgen_test]
fn ids_made_in_the_browser_are_in_the_order_of_time() {
    let first = RecordId(uuid::Uuid::now_v7());
    let second = RecordId(uuid::Uuid::now_v7());
    assert!(first < second);
    assert_eq!(first.0.get_version_num(), 7);
}
