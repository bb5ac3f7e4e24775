//! Budgets: how much may be spent in a period, and when to say so.

use std::collections::BTreeSet;

use chrono::{NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use crate::currency::Currency;
use crate::form::{self, FieldErrors, NAME_MAX};
use crate::id::{BudgetId, CategoryId, RecordId};
use crate::money::{Money, NumberFormat};
use crate::period::{Period, Span};
use crate::totals::DailyTotals;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Budget {
    pub id: BudgetId,
    pub name: String,
    /// The most that shall be spent in one period, before anything is rolled over.
    pub limit: Money,
    pub span: Span,
    /// Whose spending counts; empty for all spending.
    pub categories: BTreeSet<CategoryId>,
    /// Whether what a week or month leaves is added to the next.
    pub roll_over: bool,
    /// The day it began: no earlier period leaves anything to roll over.
    pub since: NaiveDate,
    /// Alerts, in percent of the limit, ascending.
    pub thresholds: Vec<u16>,
    pub revision: i64,
}

/// How many periods back a roll-over reaches.
const ROLL_OVER_PERIODS: usize = 12;

/// The thresholds of a new budget, in percent of its limit.
pub const THRESHOLDS: [u16; 2] = [80, 100];

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Standing {
    Within,
    Near,
    Over,
}

/// How a budget stands in one period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    pub period: Period,
    pub limit: Money,
    /// Expenses only: income never makes room.
    pub spent: Money,
    /// Negative once it is exceeded.
    pub left: Money,
    /// Whole percent of the limit, rounded towards zero; 100 or more for any spending of no limit.
    pub percent: i64,
    pub standing: Standing,
    /// What can be spent on each day that is left, today included; `None` when nothing is left or the period is over.
    pub per_day: Option<Money>,
}

impl Budget {
    /// The plain monthly limit: the whole month, all spending.
    pub fn is_plain_monthly(&self) -> bool {
        self.span == Span::Month && self.categories.is_empty()
    }

    /// Whether what a period leaves is added to the next: a year leaves nothing to another.
    pub fn rolls_over(&self) -> bool {
        self.roll_over && self.span != Span::Year
    }

    pub fn counts(&self, category: Option<CategoryId>) -> bool {
        self.categories.is_empty() || category.is_some_and(|category| self.categories.contains(&category))
    }

    /// The period of this budget that `day` falls in.
    pub fn period(&self, day: NaiveDate, week_start: Weekday) -> Period {
        self.span.around(day, week_start)
    }

    /// Expenses of the period that this budget counts, less what was refunded of them, in the home currency.
    pub fn spent(&self, totals: &DailyTotals, period: Period) -> Money {
        let minor = totals.expenses(period, |category| self.counts(category));
        Money::new(minor, self.limit.currency)
    }

    /// The limit of one period: with roll-over, plus what the periods before it left, at most twelve of them.
    /// Overspending takes from what was carried and never below the plain limit.
    pub fn limit_in(&self, totals: &DailyTotals, period: Period, week_start: Weekday) -> Money {
        let carried = self.sources(period, week_start).into_iter().rev().fold(0_i64, |carried, before| {
            carried.saturating_add(self.limit.minor).saturating_sub(self.spent(totals, before).minor).max(0)
        });
        Money::new(self.limit.minor.saturating_add(carried), self.limit.currency)
    }

    /// The periods that can leave something to `period`, the nearest first; none without roll-over.
    pub fn sources(&self, period: Period, week_start: Weekday) -> Vec<Period> {
        let before = |later: &Period| {
            let day = later.start.pred_opt().filter(|_| later.start > self.since)?;
            Some(self.period(day, week_start))
        };
        let most = if self.rolls_over() { ROLL_OVER_PERIODS } else { 0 };
        std::iter::successors(before(&period), before).take(most).collect()
    }

    /// The periods whose standing a change in `period` can move: itself, and those that it can leave something to.
    pub fn touched_by(&self, period: Period, week_start: Weekday) -> Vec<Period> {
        let later = if self.rolls_over() { ROLL_OVER_PERIODS } else { 0 };
        std::iter::successors(Some(period), |before| Some(self.period(before.end, week_start)))
            .take(1 + later)
            .collect()
    }

    pub fn progress(&self, totals: &DailyTotals, today: NaiveDate, week_start: Weekday) -> Progress {
        let period = self.period(today, week_start);
        let spent = self.spent(totals, period);
        let limit = self.limit_in(totals, period, week_start);
        let left = Money::new(limit.minor.saturating_sub(spent.minor), limit.currency);
        let days_left = (period.end - today).num_days();
        let per_day = (left.minor > 0 && days_left > 0).then(|| Money::new(left.minor / days_left, left.currency));
        let near = self.thresholds.iter().any(|threshold| exceeds(spent, limit, *threshold));
        let standing = match (spent.minor > limit.minor, near) {
            (true, _) => Standing::Over,
            (false, true) => Standing::Near,
            (false, false) => Standing::Within,
        };
        Progress { period, limit, spent, left, percent: percent(spent, limit), standing, per_day }
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

fn percent(spent: Money, limit: Money) -> i64 {
    match limit.minor {
        0 => {
            if spent.minor > 0 {
                100
            } else {
                0
            }
        }
        limit => crate::money::clamp(i128::from(spent.minor) * 100 / i128::from(limit)),
    }
}

/// A budget was exceeded: told once for each budget, period and threshold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BudgetAlert {
    pub budget: BudgetId,
    pub period: Period,
    pub threshold: u16,
    /// What was spent when it was crossed.
    pub spent: Money,
    pub limit: Money,
    /// The record that crossed it.
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
        if self.threshold >= 100 {
            format!("{name} is over its limit: {spent} spent of {limit}.")
        } else {
            format!("{name} is over {}%: {spent} spent of {limit}.", self.threshold)
        }
    }
}

/// A budget as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BudgetForm {
    pub id: String,
    /// The revision that an edit started from; empty or 0 for a new budget.
    pub revision: String,
    pub name: String,
    pub amount: String,
    pub period: String,
    pub categories: Vec<String>,
    pub roll_over: String,
}

impl BudgetForm {
    /// # Errors
    /// Messages beside the fields.
    pub fn parse(
        &self,
        id: BudgetId,
        currency: Currency,
        format: NumberFormat,
        today: NaiveDate,
        before: Option<&Budget>,
    ) -> Result<Budget, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.take("name", form::name(&self.name, NAME_MAX));
        let limit = errors.take("amount", Money::parse_positive(&self.amount, currency, format));
        let span = errors.take("period", self.period.parse::<Span>());
        let chosen: Result<BTreeSet<CategoryId>, _> = self.categories.iter().map(|id| id.parse()).collect();
        let categories = errors.take("categories", chosen.map_err(|_| "Choose categories of the list"));
        match (name, limit, span, categories) {
            (Some(name), Some(limit), Some(span), Some(categories)) => Ok(Budget {
                id,
                name,
                limit,
                span,
                categories,
                roll_over: !self.roll_over.is_empty(),
                since: before.map_or(today, |before| before.since),
                thresholds: before.map_or_else(|| THRESHOLDS.to_vec(), |before| before.thresholds.clone()),
                revision: self.revision.parse().unwrap_or(0),
            }),
            _ => Err(errors),
        }
    }
}
