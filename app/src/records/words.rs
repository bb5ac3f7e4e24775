//! How days and alerts read.

use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;

use ledger::Book;
use ledger::records::{Kind, Record};

/// A day as a person says it: "Today", "Yesterday", "Mon 23 Nov", with the year where it is another one.
pub fn day_words(day: NaiveDate, today: NaiveDate) -> String {
    match (today - day).num_days() {
        0 => "Today".into(),
        1 => "Yesterday".into(),
        _ if day.year() == today.year() => day.format("%a %-d %b").to_string(),
        _ => day.format("%-d %b %Y").to_string(),
    }
}

/// A day in words; on paper the date itself, where a word such as "Yesterday" would soon be of another day.
pub fn day_view(day: NaiveDate, today: NaiveDate) -> AnyView {
    let words = day_words(day, today);
    if (0..=1).contains(&(today - day).num_days()) {
        view! { <span class="day-word" data-date=day.format("%a %-d %b %Y").to_string()>{words}</span> }.into_any()
    } else {
        words.into_any()
    }
}

/// What a record is for: its category, "Split (3)", "Transfer".
pub fn category_words(record: &Record, book: &Book) -> String {
    match (record.kind(), record.parts.len()) {
        (Kind::Transfer, _) => "Transfer".to_owned(),
        (_, 0) => book.category_name(record.flow.category()).to_owned(),
        (_, parts) => format!("Split ({parts})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_read_as_people_say_them() {
        let day = |text: &str| -> NaiveDate { text.parse().expect("a day") };
        let today = day("2026-11-23");
        for (given, words) in [
            ("2026-11-23", "Today"),
            ("2026-11-22", "Yesterday"),
            ("2026-11-20", "Fri 20 Nov"),
            ("2025-11-20", "20 Nov 2025"),
            ("2026-11-25", "Wed 25 Nov"),
        ] {
            assert_eq!(day_words(day(given), today), words);
        }
    }
}
