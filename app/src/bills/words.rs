//! How due days read.

use chrono::{Datelike, NaiveDate};

use ledger::NumberFormat;
use ledger::bills::{Bill, Occurrence, Status};
use ledger::recurrence::Repeats;

use crate::ui::Tone;

/// "Due today", "Overdue by 3 days", "Due in 5 days".
pub(super) fn due_words(due: NaiveDate, today: NaiveDate) -> String {
    match (due - today).num_days() {
        0 => "Due today".into(),
        1 => "Due tomorrow".into(),
        -1 => "Overdue by 1 day".into(),
        late if late < 0 => format!("Overdue by {} days", -late),
        days => format!("Due in {days} days"),
    }
}

/// "Mon 30 Nov", with the year where it is another one.
pub(super) fn day_of(due: NaiveDate, today: NaiveDate) -> String {
    let form = if due.year() == today.year() { "%a %-d %b" } else { "%-d %b %Y" };
    due.format(form).to_string()
}

/// Whether it wants attention in the coming week.
pub(super) fn is_soon(due: NaiveDate, today: NaiveDate) -> bool {
    (due - today).num_days() <= 7
}

/// How the state of a bill is marked.
pub(super) fn tone_of(status: Status) -> Tone {
    match status {
        Status::Overdue => Tone::Over,
        Status::Due => Tone::Near,
        Status::Upcoming => Tone::Neutral,
        Status::Settled => Tone::Good,
    }
}

/// How a due day stands, in one word.
pub(super) fn word_of(status: Status) -> &'static str {
    match status {
        Status::Overdue => "Overdue",
        Status::Due => "Due",
        Status::Upcoming => "Upcoming",
        Status::Settled => "Settled",
    }
}

/// "₹1,840.00", or "about ₹1,840.00" of an estimate.
pub(super) fn amount_of(occurrence: &Occurrence, format: NumberFormat) -> String {
    let amount = format.money(occurrence.amount);
    if occurrence.estimated { format!("about {amount}") } else { amount }
}

/// "Every month, 12 times"
pub(super) fn plan_of(bill: &Bill) -> String {
    let ends = bill.ends.words().filter(|_| bill.repeats != Repeats::Once);
    std::iter::once(bill.repeats.words()).chain(ends).collect::<Vec<_>>().join(", ")
}

/// What a reminder choice reads as.
pub(super) fn remind_words(days: Option<u8>) -> String {
    match days {
        None => "Never".into(),
        Some(0) => "On the day".into(),
        Some(1) => "1 day before".into(),
        Some(7) => "1 week before".into(),
        Some(days) => format!("{days} days before"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn due_days_read_as_people_say_them() {
        let day = |text: &str| -> NaiveDate { text.parse().expect("a day") };
        let today = day("2028-02-28");
        for (due, words) in [
            ("2028-02-28", "Due today"),
            ("2028-02-29", "Due tomorrow"),
            ("2028-03-01", "Due in 2 days"),
            ("2028-02-27", "Overdue by 1 day"),
            ("2027-12-31", "Overdue by 59 days"),
        ] {
            assert_eq!(due_words(day(due), today), words);
        }
        assert_eq!(day_of(day("2028-02-29"), today), "Tue 29 Feb");
        assert_eq!(day_of(day("2029-01-01"), today), "1 Jan 2029");
    }
}
