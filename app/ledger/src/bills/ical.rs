//! Due days as a calendar that other programs read (RFC 5545).

use chrono::{NaiveDate, NaiveDateTime};

use crate::book::Book;
use crate::money::NumberFormat;

/// The most octets of a line, its end not counted (RFC 5545, 3.1).
const LINE: usize = 75;

/// One event of a whole day for each open due day up to `last`, overdue ones included. `stamp` is now, in UTC.
/// An event keeps its id however it is changed or moved.
pub fn calendar(book: &Book, last: NaiveDate, stamp: NaiveDateTime, format: NumberFormat) -> String {
    let mut lines = Lines::default();
    for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Expenso//Bills//EN", "CALSCALE:GREGORIAN"] {
        lines.put(line);
    }
    for line in ["METHOD:PUBLISH", "X-WR-CALNAME:Bills", "REFRESH-INTERVAL;VALUE=DURATION:PT12H"] {
        lines.put(line);
    }
    for due in book.open_dues(last) {
        let name = book.bills.get(&due.bill).map(|bill| bill.name.as_str()).unwrap_or_default();
        let about = if due.estimated { "about " } else { "" };
        let summary = format!("{name} · {about}{}", format.money(due.amount));
        lines.put("BEGIN:VEVENT");
        lines.put(&format!("UID:{}-{}@expenso", due.bill, due.due.format("%Y%m%d")));
        lines.put(&format!("DTSTAMP:{}Z", stamp.format("%Y%m%dT%H%M%S")));
        lines.put(&format!("DTSTART;VALUE=DATE:{}", due.day.format("%Y%m%d")));
        lines.put(&format!("SUMMARY:{}", escaped(&summary)));
        lines.put("TRANSP:TRANSPARENT");
        lines.put("END:VEVENT");
    }
    lines.put("END:VCALENDAR");
    lines.0
}

/// Text as a value (RFC 5545, 3.3.11).
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Lines with their ends, the long ones folded.
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn put(&mut self, line: &str) {
        let mut octets = 0;
        for c in line.chars() {
            if octets + c.len_utf8() > LINE {
                // The blank belongs to the next line.
                self.0.push_str("\r\n ");
                octets = 1;
            }
            self.0.push(c);
            octets += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}
