//! A payment as the button sends it: what is left empty comes from the bill.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use ledger::bills::Bill;
use ledger::id::{AccountId, RecordId};
use ledger::period::parse_day;
use ledger::rates::{DayRate, Rate, none_known};
use ledger::record_form::read_rate_day;
use ledger::records::{Flow, Record};
use ledger::{Book, Currency, FieldErrors, Money, NumberFormat};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PayForm {
    pub bill: String,
    /// The due day that is paid, ISO 8601: a second payment of it is none.
    pub due: String,
    /// The id of the record to make; made with the button, so that sending twice pays once.
    pub record: String,
    /// The day of the payment, ISO 8601; empty for today.
    pub date: String,
    /// Empty for the amount that is due.
    pub amount: String,
    /// Empty for the account of the bill, or the first one that fits.
    pub account: String,
    /// What one unit of the bill's currency is worth in the home currency; empty for the rate of the day.
    pub rate: String,
    /// The rate that the form offered, as [`rate_day`] writes it: if that is what `rate` says, nobody typed it.
    pub rate_day: String,
}

impl PayForm {
    /// The day of the payment, if it can be read.
    pub fn day(&self, today: NaiveDate) -> Option<NaiveDate> {
        if self.date.is_empty() { Some(today) } else { parse_day(&self.date).ok() }
    }

    /// The due day, and the one record that pays it. `book` needs its accounts only; `known` is the rate of the
    /// bill's currency on the day of the payment.
    ///
    /// # Errors
    /// Messages beside the fields.
    pub fn parse(
        &self,
        bill: &Bill,
        book: &Book,
        known: Option<DayRate>,
        today: NaiveDate,
        format: NumberFormat,
    ) -> Result<(NaiveDate, Record), FieldErrors> {
        let mut errors = FieldErrors::default();
        let due = errors.take("due", parse_day(&self.due));
        let day = if self.date.is_empty() { Some(today) } else { errors.take("date", parse_day(&self.date)) };
        let amount = match self.amount.as_str() {
            "" => due.map(|due| bill.occurrence(due).amount),
            typed => errors.take("amount", Money::parse_positive(typed, bill.amount.currency, format)),
        };
        let account = errors.take("account", self.account(bill, book));
        let id = match self.record.as_str() {
            "" => Some(RecordId(uuid::Uuid::now_v7())),
            id => errors.take("", id.parse().map_err(|_| "Load the page again and retry")),
        };
        let rate = day.and_then(|day| errors.take("rate", self.rate(bill, book.home, known, day, format)));
        let (Some(due), Some(day), Some(amount), Some(account), Some(id)) = (due, day, amount, account, id) else {
            return Err(errors);
        };
        let Some(rate) = rate else { return Err(errors) };
        let (flow, payee) = (Flow::Expense { category: bill.category }, bill.name.clone());
        Ok((due, Record { rate, payee, ..Record::plain(id, day, amount, account, flow) }))
    }

    /// What was typed, or else the rate of the day.
    fn rate(
        &self,
        bill: &Bill,
        home: Currency,
        known: Option<DayRate>,
        day: NaiveDate,
        format: NumberFormat,
    ) -> Result<Option<DayRate>, String> {
        let currency = bill.amount.currency;
        if currency == home {
            return Ok(None);
        }
        let typed = Some(self.rate.trim()).filter(|typed| !typed.is_empty());
        let typed = typed.map(|typed| Rate::parse(typed, format)).transpose().map_err(|error| error.to_string())?;
        let offered = read_rate_day(&self.rate_day).map(|offered| offered.rate);
        match typed.filter(|typed| Some(*typed) != offered) {
            Some(rate) => Ok(Some(DayRate { rate, on: day })),
            None => known.map(Some).ok_or_else(|| none_known(currency, home)),
        }
    }

    fn account(&self, bill: &Bill, book: &Book) -> Result<AccountId, String> {
        if !self.account.is_empty() {
            return self.account.parse().map_err(|_| "Choose an account of the list".to_owned());
        }
        let missing = || format!("Add an account in {} first, then pay this bill.", bill.amount.currency.code());
        account_of(bill, book).ok_or_else(missing)
    }
}

/// The account of the bill, or the first one of its currency.
pub(super) fn account_of(bill: &Bill, book: &Book) -> Option<AccountId> {
    let mut open = book.open_accounts().into_iter();
    bill.account.or_else(|| open.find(|account| account.currency() == bill.amount.currency).map(|account| account.id))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use ledger::accounts::{Account, AccountKind};
    use ledger::id::BillId;
    use ledger::record_form::rate_day;
    use ledger::recurrence::{Ends, Repeats};

    fn book_and_bill() -> (Book, Bill) {
        let mut book = Book::new(Currency::INR, chrono::Weekday::Mon);
        let id = AccountId(uuid::Uuid::from_u128(7));
        let account = Account::plain(id, "Cash", AccountKind::Cash, Money::zero(Currency::INR));
        book.accounts.insert(id, Account { revision: 1, ..account });
        let due: NaiveDate = "2026-11-30".parse().expect("a day");
        let bill = Bill {
            id: BillId(uuid::Uuid::from_u128(1)),
            name: "Rent".into(),
            amount: Money::new(1_200_000, Currency::INR),
            estimated: false,
            first_due: due,
            repeats: Repeats::Monthly,
            ends: Ends::Never,
            category: None,
            account: None,
            remind_days: None,
            next_due: Some(due),
            changed: BTreeMap::new(),
            revision: 3,
        };
        (book, bill)
    }

    #[test]
    fn one_click_pays_the_amount_of_the_bill_today_from_the_first_account() {
        let (book, bill) = book_and_bill();
        let today = "2026-11-23".parse().expect("a day");
        let form = PayForm { due: "2026-11-30".into(), ..PayForm::default() };
        let (due, record) = form.parse(&bill, &book, None, today, NumberFormat::of("en-IN")).expect("a payment");
        assert_eq!(Some(due), bill.next_due);
        assert_eq!((record.day, record.amount, record.payee.as_str()), (today, bill.amount, "Rent"));
        assert_eq!(record.account, AccountId(uuid::Uuid::from_u128(7)));
    }

    #[test]
    fn without_an_account_the_message_says_what_to_do() {
        let (mut book, bill) = book_and_bill();
        book.accounts.clear();
        let form = PayForm { due: "2026-11-30".into(), ..PayForm::default() };
        let errors = form.parse(&bill, &book, None, bill.first_due, NumberFormat::of("en-IN")).expect_err("no account");
        assert_eq!(errors.get("account"), Some("Add an account in INR first, then pay this bill."));
    }

    #[test]
    fn a_bill_of_another_currency_takes_the_rate_of_its_day_unless_one_is_typed() {
        let (mut book, mut bill) = book_and_bill();
        bill.amount = Money::new(1_000, Currency::USD);
        bill.account = Some(AccountId(uuid::Uuid::from_u128(7)));
        let format = NumberFormat::of("en-IN");
        let rate = |typed: &str, on: &str| DayRate {
            rate: Rate::parse(typed, format).expect("a rate"),
            on: on.parse().expect("a day"),
        };
        for known in [rate("80", "2028-01-31"), rate("83.25", "2028-02-28"), rate("90", "2028-03-01")] {
            book.rates.insert((Currency::USD, known.on), known.rate);
        }
        let today: NaiveDate = "2028-03-02".parse().expect("a day");
        let offered = rate_day(rate("90", "2028-03-01"));
        for (date, typed, expected) in [
            ("", "", Some(rate("90", "2028-03-01"))),
            ("2028-02-29", "", Some(rate("83.25", "2028-02-28"))),
            // Without JavaScript the field still holds the rate of today.
            ("2028-02-29", "90", Some(rate("83.25", "2028-02-28"))),
            ("2028-02-27", "", Some(rate("80", "2028-01-31"))),
            ("2028-02-29", "85.5", Some(rate("85.5", "2028-02-29"))),
            ("2028-01-30", "", None),
            ("2028-01-30", "79", Some(rate("79", "2028-01-30"))),
            ("2028-02-29", "much", None),
        ] {
            let form = PayForm {
                due: "2026-11-30".into(),
                date: date.into(),
                rate: typed.into(),
                rate_day: offered.clone(),
                ..PayForm::default()
            };
            let known = form.day(today).and_then(|day| book.rate_on(Currency::USD, day));
            let paid = form.parse(&bill, &book, known, today, format);
            match expected {
                Some(rate) => assert_eq!(paid.expect("a payment").1.rate, Some(rate), "{date} {typed}"),
                None => assert!(paid.expect_err("no rate").get("rate").is_some(), "{date} {typed}"),
            }
        }
    }
}
