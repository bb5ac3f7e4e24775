//! Daily totals: what dashboards, budgets and alerts read in place of the whole history.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::currency::Currency;
use crate::id::{AccountId, CategoryId};
use crate::money;
use crate::period::Period;
use crate::records::{Flow, Record};

/// Which total a record counts in. Ordered by day first, so that a period is one range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TotalKey {
    pub day: NaiveDate,
    pub kind: TotalKind,
    pub account: AccountId,
    /// [`CategoryId::NIL`] where there is none.
    pub category: CategoryId,
    pub currency: Currency,
}

impl TotalKey {
    /// The same total of the whole calendar month, filed under its first day.
    #[must_use]
    pub fn of_month(self) -> Self {
        Self { day: Period::month_of(self.day).start, ..self }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TotalKind {
    Expense,
    Income,
    /// Moved out of the account by a transfer.
    Out,
    /// Moved into the account by a transfer.
    In,
}

impl TotalKind {
    pub const ALL: [Self; 4] = [Self::Expense, Self::Income, Self::Out, Self::In];

    /// The word kept in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Expense => "expense",
            Self::Income => "income",
            Self::Out => "out",
            Self::In => "in",
        }
    }

    /// What a total of this kind does to the balance of its account.
    pub fn sign(self) -> i64 {
        match self {
            Self::Expense | Self::Out => -1,
            Self::Income | Self::In => 1,
        }
    }
}

/// A sum, and how many records it is of. Zero records and zero minor units is no total.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Total {
    /// Minor units of the key's currency, never negative.
    pub minor: i64,
    pub count: i64,
}

/// The totals that one record counts in: one for an expense or income, two for a transfer.
pub fn keys_of(record: &Record) -> Vec<TotalKey> {
    let key = |kind, account, category: Option<CategoryId>| TotalKey {
        day: record.day,
        kind,
        account,
        category: category.unwrap_or(CategoryId::NIL),
        currency: record.amount.currency,
    };
    match record.flow {
        Flow::Expense { category } => vec![key(TotalKind::Expense, record.account, category)],
        Flow::Income { category } => vec![key(TotalKind::Income, record.account, category)],
        Flow::Transfer { to } => vec![key(TotalKind::Out, record.account, None), key(TotalKind::In, to, None)],
    }
}

/// What changes when `before` becomes `after`: the difference for each total, those that stay equal left out.
pub fn differences(before: Option<&Record>, after: Option<&Record>) -> BTreeMap<TotalKey, Total> {
    let mut changes: BTreeMap<TotalKey, Total> = BTreeMap::new();
    for (record, sign) in [(before, -1), (after, 1)] {
        let Some(record) = record else { continue };
        for key in keys_of(record) {
            let change = changes.entry(key).or_default();
            change.minor += sign * record.amount.minor;
            change.count += sign;
        }
    }
    changes.retain(|_, change| *change != Total::default());
    changes
}

/// The totals of a book, or of the part of it that a window holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DailyTotals(BTreeMap<TotalKey, Total>);

impl DailyTotals {
    /// Counts every record anew: what the kept totals must always equal.
    pub fn rebuilt<'a>(records: impl IntoIterator<Item = &'a Record>) -> Self {
        let mut totals = Self::default();
        for record in records {
            totals.add(&differences(None, Some(record)));
        }
        totals
    }

    pub fn add(&mut self, changes: &BTreeMap<TotalKey, Total>) {
        for (key, change) in changes {
            self.add_to(*key, *change);
        }
    }

    pub fn add_to(&mut self, key: TotalKey, change: Total) {
        let total = self.get(key);
        let minor = money::sum([total.minor, change.minor]);
        self.set(key, Total { minor, count: total.count + change.count });
    }

    pub fn get(&self, key: TotalKey) -> Total {
        self.0.get(&key).copied().unwrap_or_default()
    }

    pub fn set(&mut self, key: TotalKey, total: Total) {
        if total == Total::default() {
            self.0.remove(&key);
        } else {
            self.0.insert(key, total);
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = (TotalKey, Total)> {
        self.0.iter().map(|(key, total)| (*key, *total))
    }

    /// The totals of the days of `period`.
    pub fn within(&self, period: Period) -> impl Iterator<Item = (TotalKey, Total)> {
        let first = |day| TotalKey {
            day,
            kind: TotalKind::Expense,
            account: AccountId::NIL,
            category: CategoryId::NIL,
            currency: Currency::FIRST,
        };
        let days = if period.start < period.end {
            first(period.start)..first(period.end)
        } else {
            first(period.start)..first(period.start)
        };
        self.0.range(days).map(|(key, total)| (*key, *total))
    }

    /// The exact sum of one kind in one currency, in minor units.
    pub fn sum(&self, period: Period, kind: TotalKind, currency: Currency) -> i64 {
        self.sum_where(period, |key| key.kind == kind && key.currency == currency)
    }

    /// Expenses of the categories that `counts` accepts, in minor units.
    pub fn expenses(&self, period: Period, currency: Currency, counts: impl Fn(Option<CategoryId>) -> bool) -> i64 {
        self.sum_where(period, |key| {
            let category = Some(key.category).filter(|category| *category != CategoryId::NIL);
            key.kind == TotalKind::Expense && key.currency == currency && counts(category)
        })
    }

    pub fn sum_where(&self, period: Period, counts: impl Fn(&TotalKey) -> bool) -> i64 {
        money::sum(self.within(period).filter(|(key, _)| counts(key)).map(|(_, total)| total.minor))
    }
}
