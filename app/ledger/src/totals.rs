//! Daily totals: what dashboards, budgets and alerts read in place of the whole history.

mod tags;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::currency::Currency;
use crate::id::{AccountId, CategoryId};
use crate::money;
use crate::period::Period;
use crate::records::{Flow, Kind, Record};

pub use tags::{TagKey, TagTotals, tag_differences};

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
    /// No money, only a count: how many parts beyond the first the split expenses of the account have. Less
    /// these, the counts of expenses are those of records.
    ExpenseParts,
    IncomeParts,
}

impl TotalKind {
    pub const ALL: [Self; 6] =
        [Self::Expense, Self::Income, Self::Out, Self::In, Self::ExpenseParts, Self::IncomeParts];

    /// The word kept in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Expense => "expense",
            Self::Income => "income",
            Self::Out => "out",
            Self::In => "in",
            Self::ExpenseParts => "expense-parts",
            Self::IncomeParts => "income-parts",
        }
    }

    /// What a total of this kind does to the balance of its account.
    pub fn sign(self) -> i64 {
        match self {
            Self::Expense | Self::Out => -1,
            Self::Income | Self::In => 1,
            Self::ExpenseParts | Self::IncomeParts => 0,
        }
    }
}

/// A sum, and how many records, or parts of them, it is of. Zero of everything is no total.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Total {
    /// Minor units of the key's currency; below zero where more was refunded than spent.
    pub minor: i64,
    /// What the records were worth in the home currency, each when it was saved, in its minor units.
    pub home: i64,
    pub count: i64,
}

impl Total {
    /// One record or part in the home currency.
    pub fn one(minor: i64) -> Self {
        Self { minor, home: minor, count: 1 }
    }

    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            minor: money::sum([self.minor, other.minor]),
            home: money::sum([self.home, other.home]),
            count: self.count + other.count,
        }
    }
}

/// The totals that one record counts in, and with what: one for each category of an expense or income, two for a
/// transfer. A refund takes from what was spent.
pub fn counted(record: &Record) -> Vec<(TotalKey, Total)> {
    let key = |kind, account, category: Option<CategoryId>, currency| TotalKey {
        day: record.day,
        kind,
        account,
        category: category.unwrap_or(CategoryId::NIL),
        currency,
    };
    let currency = record.amount.currency;
    if let Flow::Transfer { to } = record.flow {
        let came = record.received.unwrap_or(record.amount);
        let total = |minor| Total { minor, home: record.home, count: 1 };
        return vec![
            (key(TotalKind::Out, record.account, None, currency), total(record.amount.minor)),
            (key(TotalKind::In, to, None, came.currency), total(came.minor)),
        ];
    }
    let (kind, parts) = match record.kind() {
        Kind::Income => (TotalKind::Income, TotalKind::IncomeParts),
        _ => (TotalKind::Expense, TotalKind::ExpenseParts),
    };
    let (shares, sign) = (record.shares(), record.flow.sign());
    let beyond = i64::try_from(shares.len()).unwrap_or(i64::MAX) - 1;
    let share = |(category, minor, home)| {
        (key(kind, record.account, category, currency), Total { minor: sign * minor, home: sign * home, count: 1 })
    };
    let mut totals: Vec<(TotalKey, Total)> = shares.into_iter().map(share).collect();
    if beyond > 0 {
        let count = Total { count: beyond, ..Total::default() };
        totals.push((key(parts, record.account, None, currency), count));
    }
    totals
}

/// What changes when `before` becomes `after`: the difference for each total, those that stay equal left out.
pub fn differences(before: Option<&Record>, after: Option<&Record>) -> BTreeMap<TotalKey, Total> {
    differences_of(before, after, counted)
}

/// The same for totals of any kind of key, as `counted` files a record under them.
fn differences_of<'r, K: Ord, I: IntoIterator<Item = (K, Total)>>(
    before: Option<&'r Record>,
    after: Option<&'r Record>,
    counted: impl Fn(&'r Record) -> I,
) -> BTreeMap<K, Total> {
    let mut changes: BTreeMap<K, Total> = BTreeMap::new();
    for (record, sign) in [(before, -1), (after, 1)] {
        for (key, total) in record.into_iter().flat_map(&counted) {
            let change = changes.entry(key).or_default();
            change.minor += sign * total.minor;
            change.home += sign * total.home;
            change.count += sign * total.count;
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
        self.set(key, self.get(key).plus(change));
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

    /// The last day first.
    pub fn latest_first(&self) -> impl Iterator<Item = (TotalKey, Total)> {
        self.0.iter().rev().map(|(key, total)| (*key, *total))
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

    /// The exact sum of one kind, in minor units of the home currency.
    pub fn sum(&self, period: Period, kind: TotalKind) -> i64 {
        self.sum_where(period, |key| key.kind == kind)
    }

    /// Expenses of the categories that `counts` accepts, in minor units of the home currency.
    pub fn expenses(&self, period: Period, counts: impl Fn(Option<CategoryId>) -> bool) -> i64 {
        self.sum_where(period, |key| {
            let category = Some(key.category).filter(|category| *category != CategoryId::NIL);
            key.kind == TotalKind::Expense && counts(category)
        })
    }

    /// The sum of the totals that `counts` accepts, in minor units of the home currency.
    pub fn sum_where(&self, period: Period, counts: impl Fn(&TotalKey) -> bool) -> i64 {
        money::sum(self.within(period).filter(|(key, _)| counts(key)).map(|(_, total)| total.home))
    }
}
