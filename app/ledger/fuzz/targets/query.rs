//! What a URL asks for: a filter, a period, a page of a list. What is read is written so that it is read again.
#![no_main]

use chrono::Weekday;
use ledger::filter::Filter;
use ledger::list::Cursor;
use ledger::report::ReportChoice;
use ledger_fuzz::TODAY;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|query: &str| {
    let pairs: Vec<(&str, &str)> = query.split('&').filter_map(|pair| pair.split_once('=')).collect();
    let get = |name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| *value);

    let filter = Filter::from_query(get);
    let written = filter.pairs();
    let again =
        Filter::from_query(|name| written.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str()));
    assert_eq!(again, filter);

    for week_start in [Weekday::Sun, Weekday::Mon, Weekday::Sat] {
        let choice = ReportChoice::from_query(get, TODAY, week_start);
        assert!(choice.period.start <= choice.period.last_day(), "{choice:?}");
    }
    if let Some(Ok(cursor)) = get("after").map(str::parse::<Cursor>) {
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
    }
});
