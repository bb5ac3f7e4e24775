//! A record as a form posts it: what is taken can be kept, and its parts make up its amount.
#![no_main]

use ledger::Command;
use ledger::record_form::{RecordForm, read_rate_day};
use ledger_fuzz::{book, form, formats};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|posted: &str| {
    let Some(form) = form::<RecordForm>(posted) else { return };
    let _ = read_rate_day(&form.rate_day);
    let empty = book();
    for format in formats() {
        let Ok(record) = form.parse(&empty, format) else { continue };
        let parts: i128 = record.parts.iter().map(|part| i128::from(part.minor)).sum();
        assert!(record.parts.is_empty() || parts == i128::from(record.amount.minor), "{record:?}");
        // Whether what it changes, or gives back, is there is seen when it is kept.
        if record.revision != 0 || record.flow.refund_of().is_some() {
            continue;
        }
        let id = record.id;
        let mut book = empty.clone();
        book.apply(&Command::SaveRecord(record.clone())).expect("what was read can be kept");
        book.apply(&Command::SaveRecord(record)).expect("twice is once");
        assert_eq!(book.records.len(), 1);
        book.apply(&Command::DeleteRecord(id)).expect("what is there can be deleted");
        assert!(book.records.is_empty());
    }
});
