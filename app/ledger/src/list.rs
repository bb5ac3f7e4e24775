//! The list of records as it travels: a page, what its days add up to, and suggestions.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::book::Book;
use crate::currency::Currency;
use crate::filter::Filter;
use crate::guess::Shift;
use crate::id::{AccountId, CategoryId, RecordId};
use crate::money::Money;
use crate::records::{Kind, Record};

/// Where a page ends: the next one begins with the record before this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    pub day: NaiveDate,
    pub id: RecordId,
}

/// The form for a URL: `2027-01-15_018f…`.
impl std::fmt::Display for Cursor {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}_{}", self.day, self.id)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Go back to the first page")]
pub struct BadCursor;

impl std::str::FromStr for Cursor {
    type Err = BadCursor;
    fn from_str(text: &str) -> Result<Self, BadCursor> {
        let (day, id) = text.split_once('_').ok_or(BadCursor)?;
        let day = crate::period::parse_day(day).map_err(|_| BadCursor)?;
        Ok(Self { day, id: id.parse().map_err(|_| BadCursor)? })
    }
}

/// Some records, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordPage {
    /// The book's revision that the page shows.
    pub revision: i64,
    pub records: Vec<Record>,
    /// For each day on the page what the whole day adds up to under the same filter, newest first.
    pub days: Vec<DaySums>,
    /// `None` on the last page.
    pub next: Option<Cursor>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DaySums {
    pub day: NaiveDate,
    pub sums: FilterSums,
}

/// What the records that a filter shows add up to: in the home currency, or, where the filter names an account, in
/// that account's. One amount for each currency, by code; refunds are taken from expenses.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilterSums {
    pub expenses: Vec<Money>,
    pub income: Vec<Money>,
    pub transfers: Vec<Money>,
    pub count: i64,
}

impl FilterSums {
    /// Adds what a list shows of a record: the parts of the categories that are `shown`, the side of its account.
    pub fn add_record(
        &mut self,
        record: &Record,
        account: Option<AccountId>,
        home: Currency,
        shown: impl Fn(Option<CategoryId>) -> bool,
    ) {
        let shares = record.shares().into_iter().filter(|(category, ..)| shown(*category));
        let (minor, worth) = shares.fold((0, 0), |(minor, worth), (_, part, home)| (minor + part, worth + home));
        let money = match account {
            None => Money::new(worth, home),
            Some(account) if account != record.account => record.received.unwrap_or(record.amount),
            Some(_) => Money::new(minor, record.amount.currency),
        };
        self.add(record.kind(), Money::new(record.flow.sign() * money.minor, money.currency), 1);
    }

    /// Takes over what a deed does to a record, as the list of a filter shows it.
    pub fn shift(&mut self, (before, after): &Shift, filter: &Filter, book: &Book) {
        for (record, sign) in [(before, -1), (after, 1)] {
            let Some(record) = record.as_ref().filter(|record| filter.matches(record, book)) else { continue };
            let mut one = Self::default();
            one.add_record(record, filter.account, book.home, |category| filter.asks_for(category, book));
            for money in one.expenses.iter().chain(&one.income).chain(&one.transfers) {
                self.add(record.kind(), Money::new(sign * money.minor, money.currency), sign);
            }
        }
        for sums in [&mut self.expenses, &mut self.income, &mut self.transfers] {
            sums.retain(|sum| sum.minor != 0);
        }
    }

    /// Adds `count` records of one kind that make `money` together.
    pub fn add(&mut self, kind: Kind, money: Money, count: i64) {
        self.count += count;
        let sums = match kind {
            Kind::Expense => &mut self.expenses,
            Kind::Income => &mut self.income,
            Kind::Transfer => &mut self.transfers,
        };
        match sums.binary_search_by_key(&money.currency, |sum| sum.currency) {
            Ok(place) => sums[place].minor = crate::money::sum([sums[place].minor, money.minor]),
            Err(place) => sums.insert(place, money),
        }
    }
}

/// An expense, if it is still there, and the refunds of it, the oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ties {
    pub expense: Option<Record>,
    pub refunds: Vec<Record>,
}

impl Ties {
    /// What is left to refund; nothing of an expense that is gone.
    pub fn left(&self) -> Option<Money> {
        let whole = self.expense.as_ref()?.amount;
        let refunded = crate::money::sum(self.refunds.iter().map(|refund| refund.amount.minor));
        Some(Money::new(whole.minor.saturating_sub(refunded).max(0), whole.currency))
    }
}

/// A payee that was used before, with what the newest record of it said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayeeSuggestion {
    pub payee: String,
    pub kind: Kind,
    pub category: Option<CategoryId>,
    pub account: AccountId,
}

/// Something to search for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SearchSuggestion {
    Payee(String),
    Category(CategoryId, String),
    Tag(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_its_url_and_nonsense_is_refused() {
        let cursor = Cursor { day: crate::period::FIRST_DAY, id: RecordId::NIL };
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
        for text in ["", "2027-01-15", "2027-02-30_00000000-0000-0000-0000-000000000000", "2027-01-15_x"] {
            assert_eq!(text.parse::<Cursor>(), Err(BadCursor), "{text}");
        }
    }

    #[test]
    fn sums_never_mix_currencies() {
        let mut sums = FilterSums::default();
        for (minor, currency) in [(5, Currency::USD), (7, Currency::INR), (6, Currency::USD)] {
            sums.add(Kind::Expense, Money::new(minor, currency), 1);
        }
        assert_eq!(sums.expenses, [Money::new(7, Currency::INR), Money::new(11, Currency::USD)]);
        assert_eq!((sums.count, sums.income.len()), (3, 0));
    }
}
