//! The plan of a month as typed, and money moved from one envelope to another.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Fill, Move};
use crate::book::Book;
use crate::currency::Currency;
use crate::form::FieldErrors;
use crate::id::{CategoryId, MoveId};
use crate::money::{Money, NumberFormat};
use crate::period::{FIRST_DAY, LAST_DAY};

/// The month of a form or URL, such as `2026-11`, by its first day.
pub fn month_of(typed: &str) -> Option<NaiveDate> {
    let day: NaiveDate = format!("{typed}-01").parse().ok()?;
    (typed.len() == 7 && (FIRST_DAY..=LAST_DAY).contains(&day)).then_some(day)
}

const UNREADABLE: &str = "Reload the page and try again";

/// What each category is given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlanForm {
    /// Such as `2026-11`.
    pub month: String,
    /// The ids of the categories; the amounts below are in the same order.
    pub categories: Vec<String>,
    /// Amounts as typed, empty for nothing.
    pub given: Vec<String>,
    /// What was given when the page was made, in minor units.
    pub before: Vec<String>,
}

impl PlanForm {
    /// The envelopes that are to change. `book` needs its currency only.
    ///
    /// # Errors
    /// A message under the id of each category whose amount cannot be read.
    pub fn parse(&self, book: &Book, format: NumberFormat) -> Result<(NaiveDate, Vec<Fill>), FieldErrors> {
        let mut errors = FieldErrors::default();
        let month = errors.take("", month_of(&self.month).ok_or(UNREADABLE));
        let mut fills = Vec::new();
        for ((id, typed), before) in self.categories.iter().zip(&self.given).zip(&self.before) {
            let to = match typed.trim() {
                "" => Ok(Money::zero(book.home)),
                typed => Money::parse(typed, book.home, format),
            };
            let category = errors.take("", id.parse::<CategoryId>().map_err(|_| UNREADABLE));
            let from = errors.take("", before.parse::<i64>().map_err(|_| UNREADABLE));
            if let (Some(category), Some(from), Some(to)) = (category, from, errors.take(id, to)) {
                fills.push(Fill { category, from, to: to.minor });
            }
        }
        fills.retain(|fill| fill.from != fill.to);
        match month {
            Some(month) if errors.is_empty() => Ok((month, fills)),
            _ => Err(errors),
        }
    }
}

impl PlanForm {
    /// The form that takes these changes of a month back.
    pub fn undoing(month: NaiveDate, fills: &[Fill], home: Currency, format: NumberFormat) -> Self {
        let typed = |minor: i64| if minor == 0 { String::new() } else { format.plain(Money::new(minor, home)) };
        Self {
            month: month.format("%Y-%m").to_string(),
            categories: fills.iter().map(|fill| fill.category.to_string()).collect(),
            given: fills.iter().map(|fill| typed(fill.from)).collect(),
            before: fills.iter().map(|fill| fill.to.to_string()).collect(),
        }
    }
}

/// An amount moved; an empty side is what is not yet given a job.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MoveForm {
    /// Made with the form; empty for a new one.
    pub id: String,
    /// Such as `2026-11`.
    pub month: String,
    pub from: String,
    pub to: String,
    pub amount: String,
}

impl MoveForm {
    /// The move. `book` needs its currency only.
    ///
    /// # Errors
    /// Messages beside the fields.
    pub fn parse(&self, id: MoveId, book: &Book, format: NumberFormat) -> Result<Move, FieldErrors> {
        let mut errors = FieldErrors::default();
        let month = errors.take("", month_of(&self.month).ok_or(UNREADABLE));
        let side = |typed: &str| match typed {
            "" => Ok(None),
            id => id.parse::<CategoryId>().map(Some).map_err(|_| "Choose an envelope of the list"),
        };
        let (from, to) = (errors.take("from", side(&self.from)), errors.take("to", side(&self.to)));
        let amount = errors.take("amount", Money::parse_positive(&self.amount, book.home, format));
        let (Some(month), Some(from), Some(to), Some(amount)) = (month, from, to, amount) else { return Err(errors) };
        if from == to {
            return Err(FieldErrors::one("to", "Choose two different envelopes"));
        }
        Ok(Move { id, month, from, to, minor: amount.minor })
    }
}

impl Book {
    /// Whether there is as much as shall be moved.
    ///
    /// # Errors
    /// A message beside `amount`: an envelope gives no more than it has left.
    pub fn check_move(&self, deed: &Move, format: NumberFormat) -> Result<(), FieldErrors> {
        let left = deed.from.map(|from| self.envelopes_of(deed.month).line(from).map_or(0, super::Line::left));
        match left {
            Some(left) if left < deed.minor => {
                let (left, name) = (Money::new(left.max(0), self.home), self.category_name(deed.from));
                Err(FieldErrors::one("amount", format!("Only {} is left in {name}", format.money(left))))
            }
            _ => Ok(()),
        }
    }
}
