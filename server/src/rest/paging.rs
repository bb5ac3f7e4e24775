//! Lists page by key: the cursor names the last thing that was shown, so that no page is shifted by what is added.

use ledger::list::Cursor;

use super::problem::{Answer, Problem};

/// The things of a page, and how many when nothing is said.
pub const MOST: i64 = 200;
pub const USUAL: i64 = 50;

/// How many things a page shall have.
pub fn limit(asked: Option<i64>) -> Answer<i64> {
    let asked = asked.unwrap_or(USUAL);
    let words = || Problem::invalid("limit", format!("Ask for 1 to {MOST} at once"));
    Some(asked).filter(|asked| (1..=MOST).contains(asked)).ok_or_else(words)
}

/// Where a page begins.
pub fn after(asked: Option<&str>) -> Answer<Option<Cursor>> {
    let read =
        |text: &str| text.parse().map_err(|_| Problem::invalid("after", "Send `next` of the page before, as it is"));
    asked.map(read).transpose()
}
