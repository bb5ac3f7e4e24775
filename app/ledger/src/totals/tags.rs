//! What was spent under each tag, day by day: what budgets for a tag read in place of the whole history.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Total;
use crate::currency::Currency;
use crate::form::name_key;
use crate::money;
use crate::period::Period;
use crate::records::{Kind, Record};

/// Which total an expense counts in. Ordered by tag first, so that a period of one tag is one range.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TagKey {
    /// Without regard to case and blanks: see [`name_key`].
    pub tag: String,
    pub day: NaiveDate,
    pub currency: Currency,
}

/// The totals that an expense counts in: all of it under each of its tags, however it is split. A refund takes from
/// what was spent under its own tags.
fn counted(record: &Record) -> impl Iterator<Item = (TagKey, Total)> {
    let spent = (record.kind() == Kind::Expense).then_some(record);
    let tags: BTreeSet<String> = spent.into_iter().flat_map(|record| &record.tags).map(|tag| name_key(tag)).collect();
    let sign = record.flow.sign();
    let total = Total { minor: sign * record.amount.minor, home: sign * record.home, count: 1 };
    let (day, currency) = (record.day, record.amount.currency);
    tags.into_iter().map(move |tag| (TagKey { tag, day, currency }, total))
}

/// What changes when `before` becomes `after`: the difference for each total, those that stay equal left out.
pub fn tag_differences(before: Option<&Record>, after: Option<&Record>) -> BTreeMap<TagKey, Total> {
    super::differences_of(before, after, counted)
}

/// The totals of all tags of a book, or of those that a window holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TagTotals(BTreeMap<TagKey, Total>);

impl TagTotals {
    /// Counts every record anew: what the kept totals must always equal.
    pub fn rebuilt<'a>(records: impl IntoIterator<Item = &'a Record>) -> Self {
        let mut totals = Self::default();
        for (key, change) in records.into_iter().flat_map(|record| tag_differences(None, Some(record))) {
            totals.add_to(key, change);
        }
        totals
    }

    pub fn add_to(&mut self, key: TagKey, change: Total) {
        let sum = self.0.get(&key).copied().unwrap_or_default().plus(change);
        self.set(key, sum);
    }

    pub fn set(&mut self, key: TagKey, total: Total) {
        if total == Total::default() {
            self.0.remove(&key);
        } else {
            self.0.insert(key, total);
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = (TagKey, Total)> {
        self.0.iter().map(|(key, total)| (key.clone(), *total))
    }

    /// Expenses under a tag, given by its key, less what was refunded of them; minor units of the home currency.
    pub fn spent(&self, tag: &str, period: Period) -> i64 {
        if period.is_empty() {
            return 0;
        }
        let first = |day| TagKey { tag: tag.to_owned(), day, currency: Currency::FIRST };
        money::sum(self.0.range(first(period.start)..first(period.end)).map(|(_, total)| total.home))
    }
}
