//! A budget judged by its book: what it counts, how much may be spent, and how it stands.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Budget, Pace, exceeds};
use crate::book::Book;
use crate::form::name_key;
use crate::id::CategoryId;
use crate::money::{self, Money};
use crate::period::Period;
use crate::records::Record;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    Within,
    Near,
    Over,
}

/// How a budget stands in one period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    pub period: Period,
    /// With what was carried over; never less than nothing.
    pub limit: Money,
    /// What the periods before left; negative for overspending that is taken from this one.
    pub carried: Money,
    /// Expenses only: income never makes room.
    pub spent: Money,
    /// Negative once it is exceeded.
    pub left: Money,
    /// Whole percent of the limit, rounded towards zero; 100 or more for any spending of no limit.
    pub percent: i64,
    pub standing: Standing,
    /// Today included; all days of a period to come, none of one that is over.
    pub days_left: i64,
    /// What can be spent on each day that is left; `None` when nothing is left or the period is over.
    pub per_day: Option<Money>,
    /// `None` where it is too early or too late to tell.
    pub pace: Option<Pace>,
}

/// A budget beside its book.
pub struct Judged<'b> {
    budget: &'b Budget,
    book: &'b Book,
    /// Its categories and all below them; `None` for all spending, and for that of a tag.
    categories: Option<BTreeSet<CategoryId>>,
    /// The key of its tag.
    tag: Option<String>,
}

impl Book {
    pub fn judged<'b>(&'b self, budget: &'b Budget) -> Judged<'b> {
        let categories = (!budget.categories.is_empty()).then(|| self.with_below(&budget.categories));
        Judged { budget, book: self, categories, tag: budget.tag_key() }
    }

    /// Whether all that a budget spent in the period of `today` is held in the way that it counts it: days that are
    /// long over are held by the month only, and tags only where a budget counts them.
    pub fn holds_spending_of(&self, budget: &Budget, today: NaiveDate) -> bool {
        if let Some(tag) = budget.tag_key() {
            let start = budget.period(today, self.week_start).start;
            return self.tags_held.is_none() || self.holds_tag(&tag) && start >= crate::window::days(today).start;
        }
        budget.span.is_of_months() || budget.period(today, self.week_start).start >= self.by_day_from
    }

    /// The categories, and all that stand below one of them.
    pub fn with_below(&self, chosen: &BTreeSet<CategoryId>) -> BTreeSet<CategoryId> {
        chosen.iter().flat_map(|id| self.categories_within(*id)).collect()
    }
}

impl Judged<'_> {
    /// Counts one more category, where it counts some only.
    #[must_use]
    pub fn with(mut self, category: CategoryId) -> Self {
        if let Some(categories) = &mut self.categories {
            categories.insert(category);
        }
        self
    }

    pub(crate) fn budget(&self) -> &Budget {
        self.budget
    }

    pub(super) fn book(&self) -> &Book {
        self.book
    }

    /// Whether an expense counts, or a part of it.
    pub fn counts(&self, record: &Record) -> bool {
        match &self.tag {
            Some(tag) => record.tags.iter().any(|known| name_key(known) == *tag),
            None => record.categories().any(|category| self.counts_category(category)),
        }
    }

    /// Whether spending of a category counts.
    pub fn counts_category(&self, category: Option<CategoryId>) -> bool {
        let inside = |chosen: &BTreeSet<CategoryId>| category.is_some_and(|category| chosen.contains(&category));
        self.categories.as_ref().is_none_or(inside)
    }

    /// Expenses of the period that this budget counts, less what was refunded of them, in the home currency.
    pub fn spent(&self, period: Period) -> Money {
        let minor = match &self.tag {
            Some(tag) => self.book.tag_totals.spent(tag, period),
            None => self.book.totals.expenses(period, |category| self.counts_category(category)),
        };
        Money::new(minor, self.budget.limit.currency)
    }

    /// The limit of one period with what was carried over, never less than nothing.
    pub fn limit(&self, period: Period) -> Money {
        self.limit_with(period, self.carried(period))
    }

    pub(super) fn limit_with(&self, period: Period, carried: Money) -> Money {
        Money::new(self.budget.limit_in(period).minor.saturating_add(carried.minor).max(0), carried.currency)
    }

    pub fn progress(&self, today: NaiveDate) -> Progress {
        self.progress_in(self.budget.period(today, self.book.week_start), today)
    }

    /// How it stands, or stood, in a period.
    pub fn progress_in(&self, period: Period, today: NaiveDate) -> Progress {
        let (spent, carried) = (self.spent(period), self.carried(period));
        let limit = self.limit_with(period, carried);
        let left = Money::new(limit.minor.saturating_sub(spent.minor), limit.currency);
        let days_left = (period.end - today.max(period.start)).num_days().max(0);
        let per_day = (left.minor > 0 && days_left > 0).then(|| Money::new(left.minor / days_left, left.currency));
        let near = self.budget.thresholds.iter().any(|threshold| exceeds(spent, limit, *threshold));
        let standing = match (spent.minor > limit.minor, near) {
            (true, _) => Standing::Over,
            (false, true) => Standing::Near,
            (false, false) => Standing::Within,
        };
        let pace = self.pace(period, limit, today);
        Progress {
            period,
            limit,
            carried,
            spent,
            left,
            percent: percent(spent, limit),
            standing,
            days_left,
            per_day,
            pace,
        }
    }

    /// How fast it is being spent; what is noted for days to come is left out.
    pub fn pace(&self, period: Period, limit: Money, today: NaiveDate) -> Option<Pace> {
        let so_far = Period { end: Period::day(today).end, ..period };
        Pace::of(period, today, || self.spent(so_far), limit)
    }
}

pub(super) fn percent(spent: Money, limit: Money) -> i64 {
    match limit.minor {
        0 if spent.minor > 0 => 100,
        0 => 0,
        limit => money::clamp(i128::from(spent.minor) * 100 / i128::from(limit)),
    }
}
