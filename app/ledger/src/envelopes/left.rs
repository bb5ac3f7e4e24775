//! What envelopes leave from month to month.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::Line;
use crate::book::Book;
use crate::id::CategoryId;
use crate::money;
use crate::period::Period;

/// For how many months a category that is given nothing more keeps its envelope, though nothing is left in it.
const EMPTY_MONTHS: u32 = 12;

/// What all months before one left to it; minor units of the home currency.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    pub envelopes: BTreeMap<CategoryId, Kept>,
    /// What the month before spent more than its envelopes held.
    pub overspent: i64,
}

/// What one envelope goes on with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Never less than nothing.
    pub minor: i64,
    /// The first day of the last month in which it was given something.
    pub given_in: NaiveDate,
}

impl Left {
    pub(super) fn of(&self, category: CategoryId) -> i64 {
        self.envelopes.get(&category).map_or(0, |kept| kept.minor)
    }

    /// The envelopes that are still there in the month that begins on `month`.
    pub(super) fn in_use(&self, month: NaiveDate) -> impl Iterator<Item = CategoryId> {
        let first = month.checked_sub_months(Months::new(EMPTY_MONTHS)).unwrap_or(month);
        let is_there = move |kept: &Kept| kept.minor > 0 || kept.given_in >= first;
        self.envelopes.iter().filter(move |(_, kept)| is_there(kept)).map(|(category, _)| *category)
    }
}

impl Book {
    /// What all months before that of `day` left to it. Of months before those that the book holds nothing is known.
    pub fn left_before(&self, day: NaiveDate) -> Left {
        let month = Period::month_of(day).start;
        let (first, left) = match &self.openings.envelopes {
            Some(opening) if opening.month <= month => (opening.month, opening.left.clone()),
            Some(_) => (month, Left::default()),
            None => (self.first_filled().map_or(month, |first| first.min(month)), Left::default()),
        };
        let months = std::iter::successors(Some(Period::month_of(first)), |one| Some(Period::month_of(one.end)));
        months.take_while(|one| one.start < month).fold(left, |left, one| self.left_after(one, &left))
    }

    /// The first day of the first month in which anything was given.
    fn first_filled(&self) -> Option<NaiveDate> {
        self.envelopes.values().find(|envelope| envelope.given != 0).map(|envelope| envelope.month)
    }

    /// What a month that was left so much leaves itself.
    fn left_after(&self, month: Period, left: &Left) -> Left {
        let lines = self.lines_in(month, left).0;
        let owed = |line: &Line| line.left().min(0).saturating_neg();
        let given_in = |line: &Line| match left.envelopes.get(&line.category) {
            Some(kept) if line.given == 0 => kept.given_in,
            _ => month.start,
        };
        let kept = |line: &Line| (line.category, Kept { minor: line.left().max(0), given_in: given_in(line) });
        Left { envelopes: lines.iter().map(kept).collect(), overspent: money::sum(lines.iter().map(owed)) }
    }
}
