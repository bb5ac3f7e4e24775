//! A payment as the button sends it: what is left empty comes from the bill.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use ledger::bills::Bill;
use ledger::id::{AccountId, RecordId};
use ledger::period::parse_day;
use ledger::records::{Flow, Record};
use ledger::{Book, FieldErrors, Money, NumberFormat};

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
}

impl PayForm {
    /// The due day, and the one record that pays it. `book` needs its accounts only.
    ///
    /// # Errors
    /// Messages beside the fields.
    pub fn parse(
        &self,
        bill: &Bill,
        book: &Book,
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
        let (Some(due), Some(day), Some(amount), Some(account), Some(id)) = (due, day, amount, account, id) else {
            return Err(errors);
        };
        let (flow, payee) = (Flow::Expense { category: bill.category }, bill.name.clone());
        // Paid from an account of another currency, it counts with the newest rate that is known of it.
        let rate = book.newest_rate(amount.currency);
        Ok((due, Record { rate, payee, ..Record::plain(id, day, amount, account, flow) }))
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
    use ledger::Currency;
    use ledger::accounts::{Account, AccountKind};
    use ledger::id::BillId;
    use ledger::recurrence::{Ends, Repeats};

    fn book_and_bill() -> (Book, Bill) {
        let mut book = Book::new(Currency::INR, chrono::Weekday::Mon);
        let id = AccountId(uuid::Uuid::from_u128(7));
        let opening = Money::zero(Currency::INR);
        let account = Account {
            id,
            name: "Cash".into(),
            kind: AccountKind::Cash,
            opening,
            position: 0,
            archived: false,
            revision: 1,
        };
        book.accounts.insert(id, account);
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
        let (due, record) = form.parse(&bill, &book, today, NumberFormat::of("en-IN")).expect("a payment");
        assert_eq!(Some(due), bill.next_due);
        assert_eq!((record.day, record.amount, record.payee.as_str()), (today, bill.amount, "Rent"));
        assert_eq!(record.account, AccountId(uuid::Uuid::from_u128(7)));
    }

    #[test]
    fn without_an_account_the_message_says_what_to_do() {
        let (mut book, bill) = book_and_bill();
        book.accounts.clear();
        let form = PayForm { due: "2026-11-30".into(), ..PayForm::default() };
        let errors = form.parse(&bill, &book, bill.first_due, NumberFormat::of("en-IN")).expect_err("no account");
        assert_eq!(errors.get("account"), Some("Add an account in INR first, then pay this bill."));
    }
}
