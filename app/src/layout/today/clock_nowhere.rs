//! The server tells the day once for a page, from its own clock.

use chrono::NaiveDate;

/// Nobody to ask.
pub(super) fn day_in(_zone: &str) -> Option<NaiveDate> {
    None
}
