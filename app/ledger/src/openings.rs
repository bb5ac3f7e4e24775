//! What the days before those that a book holds left to it. A book that holds all of its days needs none.
//!
//! ```text
//! all days before ─fold─► Openings ─► a window: the same fold goes on from there
//! ```

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::command::{Changes, Deleted};
use crate::envelopes::Left;
use crate::id::BudgetId;

/// What budgets and envelopes begin with where a book begins to look at them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Openings {
    /// Of the budgets that roll over.
    pub budgets: BTreeMap<BudgetId, Opening>,
    pub envelopes: Option<LeftTo>,
}

/// What a budget carried into one of its periods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// The first day of the period.
    pub start: NaiveDate,
    /// Minor units; negative for overspending that is taken along.
    pub minor: i64,
}

/// What envelopes had left when a month began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftTo {
    /// The first day of the month.
    pub month: NaiveDate,
    pub left: Left,
}

impl Changes {
    /// The first day whose totals, or whose month's plan, they change.
    pub fn first_counted(&self) -> Option<NaiveDate> {
        let days = self.totals.iter().map(|(key, _)| key.day);
        let days = days.chain(self.tags.iter().map(|(key, _)| key.day));
        days.chain(self.envelopes.iter().map(|envelope| envelope.month)).min()
    }

    /// Whether they can have changed what is carried into a day up to `last`, or what carries anything.
    pub fn can_move_openings(&self, last: NaiveDate) -> bool {
        let is_counted = |gone: &Deleted| matches!(gone, Deleted::Category(_) | Deleted::Budget(_));
        self.reload
            || !self.categories.is_empty()
            || !self.budgets.is_empty()
            || self.deleted.iter().any(is_counted)
            || self.first_counted().is_some_and(|first| first < last)
    }
}
