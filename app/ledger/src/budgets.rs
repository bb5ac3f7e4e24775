//! Budgets: how much may be spent in a period, and when to say so.
//!
//! ```text
//! BudgetForm ─parse─► Budget ─ Span, RollOver
//! Book::judged(&budget) ─► Judged ─ spent, limit, progress ─► Progress ─ Pace
//!                                 ├ history ─► Past
//!                                 └ suggestions ─► Suggestion
//! ```

mod carried;
mod form;
mod history;
mod judged;
mod pace;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use crate::form::name_key;
use crate::id::{BudgetId, CategoryId, RecordId};
use crate::money::{Money, NumberFormat};
use crate::period::{Period, Span};

pub use form::BudgetForm;
pub use history::{History, LOOK_BACK, Past, Suggestion};
pub use judged::{Judged, Progress, Standing};
pub use pace::Pace;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Budget {
    pub id: BudgetId,
    pub name: String,
    /// The most that shall be spent in one period, before anything is rolled over.
    pub limit: Money,
    /// Limits that held before this one, in minor units, each under the day on which another was set. A limit holds
    /// from the period on in which it was set.
    pub earlier: BTreeMap<NaiveDate, i64>,
    pub span: Span,
    /// Whose spending counts, that of their sub-categories too; empty for all spending.
    pub categories: BTreeSet<CategoryId>,
    /// The tag whose spending counts in place of that of categories.
    pub tag: Option<String>,
    /// What one period leaves to the next, if anything.
    pub roll_over: Option<RollOver>,
    /// The day it began: no earlier period leaves anything to roll over.
    pub since: NaiveDate,
    /// Alerts, in percent of the limit, ascending.
    pub thresholds: Vec<u16>,
    /// Whether to tell when the limit will be reached at the pace of the period so far.
    pub pace: bool,
    pub revision: i64,
}

/// What a period leaves to the next. It carries what is left of its own limit and of what it was left itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RollOver {
    /// Whether overspending is taken from the periods that follow, too. Else it ends with its period.
    pub overspending: bool,
    /// The most that is carried, either way; minor units.
    pub most: Option<i64>,
}

impl RollOver {
    /// What goes on from a period of `limit` that was left `carried` and in which `spent` was spent, in minor units.
    pub fn after(self, carried: i64, limit: i64, spent: i64) -> i64 {
        let least = if self.overspending { i64::MIN } else { 0 };
        let left = carried.saturating_add(limit).saturating_sub(spent).max(least);
        self.most.map_or(left, |most| left.clamp(most.saturating_neg(), most))
    }
}

/// How many earlier limits are known.
const LIMITS_KEPT: usize = 100;

/// The thresholds of a new budget, in percent of its limit.
pub const THRESHOLDS: [u16; 2] = [80, 100];

impl Budget {
    /// A limit for a month, all spending, with the usual thresholds.
    pub fn monthly(id: BudgetId, name: &str, limit: Money, since: NaiveDate) -> Self {
        Self {
            id,
            name: name.to_owned(),
            limit,
            earlier: BTreeMap::new(),
            span: Span::Month,
            categories: BTreeSet::new(),
            tag: None,
            roll_over: None,
            since,
            thresholds: THRESHOLDS.to_vec(),
            pace: false,
            revision: 0,
        }
    }

    /// The plain monthly limit: the whole month, all spending.
    pub fn is_plain_monthly(&self) -> bool {
        self.span == Span::Month && self.categories.is_empty() && self.tag.is_none()
    }

    /// Its tag without regard to case and blanks, as totals name it.
    pub fn tag_key(&self) -> Option<String> {
        self.tag.as_deref().map(name_key)
    }

    /// What goes on from period to period: days that come once leave nothing.
    pub fn rolls_over(&self) -> Option<RollOver> {
        self.roll_over.filter(|_| self.span.reach() > 0)
    }

    /// Whether its days are over for good.
    pub fn is_over(&self, today: NaiveDate) -> bool {
        matches!(self.span, Span::Once(period) if period.end <= today)
    }

    /// The limit that held, or holds, in a period, before anything is rolled over.
    pub fn limit_in(&self, period: Period) -> Money {
        let set_after = self.earlier.range(period.end..).next();
        Money::new(set_after.map_or(self.limit.minor, |(_, before)| *before), self.limit.currency)
    }

    /// From which day on the limit is lower than that of `before`, where nothing else that decides differs.
    pub fn lowered_from(&self, before: &Self) -> Option<NaiveDate> {
        let counted = |budget: &Self| (budget.span, budget.since, budget.tag_key(), budget.roll_over);
        let is_alike = counted(self) == counted(before) && self.categories == before.categories;
        let is_lower = self.limit.currency == before.limit.currency && self.limit.minor < before.limit.minor;
        // A limit of the same day that is taken back leaves no day behind.
        let is_dated = self.earlier.len() >= before.earlier.len();
        (is_alike && is_lower && is_dated).then(|| self.earlier.last_key_value().map_or(self.since, |(day, _)| *day))
    }

    /// The limits that held before `limit`, which is set on `today`. Those of periods of another length say nothing
    /// of the ones that follow.
    fn limits_before(&self, limit: Money, span: Span, today: NaiveDate) -> BTreeMap<NaiveDate, i64> {
        if self.span != span {
            return BTreeMap::new();
        }
        let mut earlier = self.earlier.clone();
        if self.limit != limit && today > self.since {
            let day = earlier.keys().next_back().map_or(today, |last| today.max(*last));
            // What was set earlier on the same day held in no period.
            earlier.entry(day).or_insert(self.limit.minor);
        }
        while earlier.last_key_value().is_some_and(|(_, before)| *before == limit.minor) {
            earlier.pop_last();
        }
        while earlier.len() > LIMITS_KEPT {
            earlier.pop_first();
        }
        earlier
    }

    /// The period of this budget that `day` falls in.
    pub fn period(&self, day: NaiveDate, week_start: Weekday) -> Period {
        self.span.around(day, week_start)
    }

    /// Whether what is spent on `day` counts at all.
    pub fn has(&self, day: NaiveDate) -> bool {
        !matches!(self.span, Span::Once(period) if !period.contains(day))
    }

    /// The periods before `period` that a window looks at for what they leave to it, the nearest first; none without
    /// roll-over. What was carried into the first of them is one of its [`crate::openings`].
    pub fn sources(&self, period: Period, week_start: Weekday) -> Vec<Period> {
        let before = |later: &Period| {
            let day = later.start.pred_opt().filter(|_| later.start > self.since)?;
            Some(self.period(day, week_start))
        };
        let most = if self.rolls_over().is_some() { self.span.reach() } else { 0 };
        std::iter::successors(before(&period), before).take(most).collect()
    }

    /// The thresholds that `spent` exceeds and that were not alerted in this period yet, ascending.
    /// Only the highest is told to the person; the lower ones are passed with it.
    pub fn crossed(&self, spent: Money, limit: Money, alerted: &[u16]) -> Vec<u16> {
        let fresh = |threshold: &&u16| exceeds(spent, limit, **threshold) && !alerted.contains(threshold);
        self.thresholds.iter().filter(fresh).copied().collect()
    }
}

fn exceeds(spent: Money, limit: Money, threshold: u16) -> bool {
    i128::from(spent.minor) * 100 > i128::from(limit.minor) * i128::from(threshold)
}

/// The threshold that an alert about the pace is kept under.
pub const PACE: u16 = 0;

/// A budget was exceeded, or will be at its pace: told once for each budget, period and threshold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BudgetAlert {
    pub budget: BudgetId,
    pub period: Period,
    pub threshold: u16,
    /// What was spent when it was crossed.
    pub spent: Money,
    pub limit: Money,
    /// The record that crossed it; [`RecordId::NIL`] for the pace.
    pub record: RecordId,
    /// Whether the person has been shown it (or a higher one was crossed by the same record).
    pub seen: bool,
    pub revision: i64,
}

/// What an alert is told once for.
pub type AlertKey = (BudgetId, Period, u16);

impl BudgetAlert {
    pub fn key(&self) -> AlertKey {
        (self.budget, self.period, self.threshold)
    }

    /// What a person reads: "Groceries: 80% of ₹10,000.00 is spent."
    pub fn words(&self, name: &str, format: NumberFormat) -> String {
        let (spent, limit) = (format.money(self.spent), format.money(self.limit));
        match self.threshold {
            PACE => format!("{name} will not last at this pace: {spent} spent of {limit}."),
            1..100 => format!("{name} is over {}%: {spent} spent of {limit}.", self.threshold),
            _ => format!("{name} is over its limit: {spent} spent of {limit}."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_left_goes_on_as_far_as_the_rule_lets_it() {
        let left = RollOver::default();
        let both = RollOver { overspending: true, most: None };
        let capped = |overspending| RollOver { overspending, most: Some(30) };
        for (rule, carried, spent, next) in [
            (left, 0, 60, 40),
            (left, 40, 60, 80),
            (left, 40, 150, 0),
            (both, 0, 150, -50),
            (both, -50, 80, -30),
            (both, -350, 0, -250),
            (capped(false), 0, 20, 30),
            (capped(false), 30, 200, 0),
            (capped(true), 0, 300, -30),
            (capped(true), -30, 70, 0),
            (RollOver { overspending: true, most: Some(0) }, 0, 300, 0),
        ] {
            assert_eq!(rule.after(carried, 100, spent), next, "{rule:?} {carried} {spent}");
        }
    }

    proptest! {
        #[test]
        fn uncapped_both_ways_nothing_is_lost(limit in 1_i64..10_000, spent in prop::collection::vec(0_i64..30_000, 1..20)) {
            let rule = RollOver { overspending: true, most: None };
            let carried = spent.iter().fold(0, |carried, spent| rule.after(carried, limit, *spent));
            let periods = i64::try_from(spent.len()).expect("few");
            prop_assert_eq!(carried, limit * periods - spent.iter().sum::<i64>());
        }

        #[test]
        fn a_cap_holds_both_ways_and_without_overspending_nothing_is_owed(
            limit in 1_i64..10_000, most in 0_i64..5_000, overspending: bool, spent in prop::collection::vec(0_i64..30_000, 1..20)
        ) {
            let rule = RollOver { overspending, most: Some(most) };
            let mut carried = 0;
            for spent in spent {
                carried = rule.after(carried, limit, spent);
                let least = if overspending { -most } else { 0 };
                prop_assert!((least..=most).contains(&carried));
            }
        }
    }
}
