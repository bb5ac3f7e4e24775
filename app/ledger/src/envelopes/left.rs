//! What envelopes leave from month to month.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::Line;
use crate::book::Book;
use crate::id::CategoryId;
use crate::money;
use crate::period::Period;
use crate::totals::TotalKind;

/// For how many months a category that is given nothing more keeps its envelope, though nothing is left in it.
const EMPTY_MONTHS: u32 = 12;

/// What all months before one left to it; minor units of the home currency.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    pub envelopes: BTreeMap<CategoryId, Kept>,
    /// What the month before spent more than its envelopes held.
    pub overspent: i64,
    /// What came in and was given no job, less what was spent outside of envelopes; negative where more was given than
    /// came in. `None` before the first month in which anything was given.
    #[serde(default)]
    pub unassigned: Option<i64>,
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
    /// What all months before that of `day` left to it, all of them over. Of months before those that the book holds
    /// nothing is known.
    pub fn left_before(&self, day: NaiveDate) -> Left {
        self.left_before_as_of(day, day)
    }

    /// As [`Self::left_before`], for a month to come: those from that of `today` on are not over.
    pub(super) fn left_before_as_of(&self, day: NaiveDate, today: NaiveDate) -> Left {
        let month = Period::month_of(day).start;
        let (first, left) = match &self.openings.envelopes {
            Some(opening) if opening.month <= month => (opening.month, opening.left.clone()),
            Some(_) => (month, Left::default()),
            None => (self.first_filled().map_or(month, |first| first.min(month)), Left::default()),
        };
        let months = std::iter::successors(Some(Period::month_of(first)), |one| Some(Period::month_of(one.end)));
        months.take_while(|one| one.start < month).fold(left, |left, one| self.left_after(one, &left, today))
    }

    /// The first day of the first month in which anything was given.
    fn first_filled(&self) -> Option<NaiveDate> {
        self.envelopes.values().find(|envelope| envelope.given != 0).map(|envelope| envelope.month)
    }

    /// What a month that was left so much leaves itself.
    fn left_after(&self, month: Period, left: &Left, today: NaiveDate) -> Left {
        let (lines, outside) = self.lines_in(month, left);
        let owed = |line: &Line| line.left().min(0).saturating_neg();
        let given_in = |line: &Line| match left.envelopes.get(&line.category) {
            Some(kept) if line.given == 0 => kept.given_in,
            _ => month.start,
        };
        let kept = |line: &Line| (line.category, Kept { minor: line.left().max(0), given_in: given_in(line) });
        let used = money::sum(lines.iter().map(|line| line.given).chain(outside.into_values()).chain([left.overspent]));
        let begins = lines.iter().any(|line| line.given != 0);
        Left {
            envelopes: lines.iter().map(kept).collect(),
            overspent: money::sum(lines.iter().map(owed)),
            unassigned: left.unassigned.or(begins.then_some(0)).map(|held| self.goes_on(month, held, used, today)),
        }
    }

    /// What a month that began with so much unassigned, and used so much, leaves unassigned. Only what came in goes on.
    /// A plan of income lets a month use more, as long as it can still come in: until the month is over, and after that
    /// where no income was recorded at all.
    fn goes_on(&self, month: Period, held: i64, used: i64, today: NaiveDate) -> i64 {
        let came_in = self.totals.sum(month, TotalKind::Income);
        let planned = self.planned_income.map_or(0, |planned| planned.minor);
        let is_over = month.end <= today;
        let expected = if is_over && came_in != 0 { 0 } else { planned.saturating_sub(came_in).max(0) };
        let real = money::sum([held, came_in, used.saturating_neg()]);
        if real < 0 { real.saturating_add(expected).min(0) } else { real }
    }
}
