//! What things are worth in the home currency.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Book;
use crate::accounts::Account;
use crate::command::Refused;
use crate::currency::Currency;
use crate::form::FieldErrors;
use crate::id::RecordId;
use crate::money::{AMOUNT_MAX, Money, clamp};
use crate::period::{FIRST_DAY, LAST_DAY};
use crate::rates::DayRate;
use crate::records::Record;

/// Minor units by currency.
pub type Held = BTreeMap<Currency, i128>;

impl Book {
    /// The newest rate known of a currency.
    pub fn newest_rate(&self, currency: Currency) -> Option<DayRate> {
        self.rate_on(currency, LAST_DAY)
    }

    /// The newest rate known of a currency that is not of a later day.
    pub fn rate_on(&self, currency: Currency, day: NaiveDate) -> Option<DayRate> {
        let known = self.rates.range((currency, FIRST_DAY)..=(currency, day));
        known.last().map(|((_, on), rate)| DayRate { rate: *rate, on: *on })
    }

    /// What a currency counts at on a day: the newest rate up to it, or else the first one that is known after it, so
    /// that rates of later days move nothing.
    pub fn rate_at(&self, currency: Currency, day: NaiveDate) -> Option<DayRate> {
        let mut later = self.rates.range((currency, day)..=(currency, LAST_DAY));
        let first = || later.next().map(|((_, on), rate)| DayRate { rate: *rate, on: *on });
        self.rate_on(currency, day).or_else(first)
    }

    /// What an account holds in the home currency, by the rate of today; `None` where no rate is known.
    pub fn worth(&self, account: &Account, today: NaiveDate) -> Option<Money> {
        let balance = self.balance(account);
        if balance.currency == self.home {
            return Some(balance);
        }
        self.rate_at(balance.currency, today)?.rate.convert(balance, self.home)
    }

    /// The sum of the balances of all accounts, archived ones included, those of other currencies by their rates of
    /// today. What has no rate is left out.
    pub fn net_worth(&self, today: NaiveDate) -> Money {
        self.worth_of(&self.held(), today)
    }

    /// The balances of all accounts together, by currency.
    pub fn held(&self) -> Held {
        let mut held = Held::new();
        for balance in self.accounts.values().map(|account| self.balance(account)) {
            *held.entry(balance.currency).or_default() += i128::from(balance.minor);
        }
        held
    }

    /// What amounts of several currencies are worth together on a day; what has no rate is left out.
    pub fn worth_of(&self, held: &Held, day: NaiveDate) -> Money {
        let worth = |(currency, minor): (&Currency, &i128)| {
            if *currency == self.home {
                return *minor;
            }
            let known = self.rate_at(*currency, day);
            let worth = known.and_then(|known| known.rate.convert(Money::new(clamp(*minor), *currency), self.home));
            worth.map_or(0, |worth| worth.minor.into())
        };
        Money::new(clamp(held.iter().map(worth).sum()), self.home)
    }

    /// The currencies other than the home currency that accounts are kept in.
    pub fn foreign(&self) -> BTreeSet<Currency> {
        self.accounts.values().map(Account::currency).filter(|currency| *currency != self.home).collect()
    }

    /// Those of them that have no rate, whose balances count as nothing in [`Book::net_worth`].
    pub fn uncounted(&self) -> BTreeSet<Currency> {
        self.foreign().into_iter().filter(|currency| self.newest_rate(*currency).is_none()).collect()
    }

    /// Fills in what a record is worth in the home currency, and leaves out the rate and the received amount where
    /// they say nothing: they are read from the record itself wherever one side of it is in the home currency.
    pub(super) fn reckon(&self, record: &mut Record, errors: &mut FieldErrors) {
        let amount = record.amount;
        let reached = record.flow.to_account().and_then(|id| self.accounts.get(&id)).map(Account::currency);
        match reached.filter(|reached| *reached != amount.currency) {
            None => record.received = None,
            Some(reached) if record.received.is_none_or(|came| came.currency != reached || came.minor <= 0) => {
                errors.add("received", format!("Enter what arrived, in {}", reached.code()));
            }
            Some(_) => {}
        }
        let known = [Some(amount), record.received].into_iter().flatten().find(|side| side.currency == self.home);
        match (known, record.rate) {
            (Some(side), _) => (record.home, record.rate) = (side.minor, None),
            (None, Some(rate)) => match rate.rate.convert(amount, self.home) {
                Some(worth) if worth.minor <= AMOUNT_MAX => record.home = worth.minor,
                _ => errors.add("rate", "Enter a smaller rate: the amount does not fit the home currency"),
            },
            // One that stands without a rate may go on so, as long as it is of the same amount.
            (None, None) if self.stands_without_rate(record) => record.home = 0,
            (None, None) => errors.add(
                "rate",
                format!("Enter what 1 {} is worth in {}, such as 83.25", amount.currency.code(), self.home.code()),
            ),
        }
    }

    fn stands_without_rate(&self, record: &Record) -> bool {
        self.records.get(&record.id).is_some_and(|before| before.has_no_rate() && before.amount == record.amount)
    }

    /// Takes the rates of records away again, as if none had been known. What is in the home currency on one side
    /// needs none, and stays.
    pub(super) fn forget_rates(&mut self, ids: &[RecordId], revision: i64) -> Result<bool, Refused> {
        if ids.iter().any(|id| !self.records.contains_key(id)) {
            return Err(Refused::NotFound);
        }
        let mut changed = false;
        for id in ids {
            let rated = self.records.get(id).filter(|record| record.rate.is_some());
            if let Some(before) = rated.cloned() {
                let after = Record { home: 0, rate: None, revision, ..before.clone() };
                self.count(Some(&before), Some(&after));
                self.records.insert(*id, after);
                changed = true;
            }
        }
        Ok(changed)
    }

    /// Notes a rate of a day; whether that is anything new.
    pub(super) fn note_rate(&mut self, currency: Currency, rate: DayRate) -> bool {
        self.rates.insert((currency, rate.on), rate.rate) != Some(rate.rate)
    }

    pub(super) fn save_rate(&mut self, currency: Currency, rate: DayRate) -> Result<bool, FieldErrors> {
        if currency == self.home {
            return Err(FieldErrors::one("currency", "Choose another currency than that of the book"));
        }
        Ok(self.note_rate(currency, rate))
    }
}
