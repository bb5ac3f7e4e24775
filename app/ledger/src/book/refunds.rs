//! Refunds: each belongs to an expense, and all of them together give back no more than that was.

use super::Book;
use crate::command::{REFUNDED_ELSEWHERE, Refused};
use crate::form::FieldErrors;
use crate::id::RecordId;
use crate::records::{Flow, Record};

pub const TOO_MUCH_REFUNDED: &str = "This is more than what is left to refund of the expense";

impl Book {
    /// The refunds of an expense that the book holds.
    pub fn refunds_of(&self, expense: RecordId) -> impl Iterator<Item = &Record> {
        self.records.values().filter(move |record| record.flow.refund_of() == Some(expense))
    }

    /// What was refunded of an expense, in minor units of its currency, `but` for one of its refunds.
    fn refunded(&self, expense: RecordId, but: RecordId) -> i64 {
        crate::money::sum(self.refunds_of(expense).filter(|refund| refund.id != but).map(|refund| refund.amount.minor))
    }

    /// Whether a record that becomes `record` leaves refunds and their expenses in order.
    ///
    /// # Errors
    /// Messages beside `kind`, `account` and `amount`, or of the form as a whole.
    pub(super) fn check_refunds(&self, record: &Record) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        if let Some(of) = record.flow.refund_of() {
            // A refund that stands already stays with an expense that was deleted since.
            let stood = self.records.get(&record.id).is_some_and(|before| before.flow.refund_of() == Some(of));
            let gone = || self.bin.records.get(&of).map(|(record, _)| record).filter(|_| stood);
            // An expense that is made a refund is not one of itself.
            let is_expense =
                |expense: &&Record| expense.id != record.id && matches!(expense.flow, Flow::Expense { .. });
            match self.records.get(&of).or_else(gone).filter(is_expense) {
                None => errors.add("", "The expense of this refund is no longer there. Add an income in its place."),
                Some(expense) if expense.amount.currency != record.amount.currency => {
                    errors.add("account", format!("Choose an account in {}", expense.amount.currency.code()));
                }
                Some(expense) if record.amount.minor > expense.amount.minor - self.refunded(of, record.id) => {
                    errors.add("amount", TOO_MUCH_REFUNDED);
                }
                Some(_) => {}
            }
        }
        if let Some(refund) = self.refunds_of(record.id).next() {
            if !matches!(record.flow, Flow::Expense { .. }) {
                errors.add("kind", "It was refunded, so it stays an expense. Delete the refund first.");
            } else if refund.amount.currency != record.amount.currency {
                errors
                    .add("account", format!("It was refunded: choose an account in {}", refund.amount.currency.code()));
            } else if record.amount.minor < self.refunded(record.id, record.id) {
                errors.add("amount", "More than this was refunded already");
            }
        }
        errors.into_result(())
    }

    /// Whether a deleted refund may come back: others may have taken its place.
    pub(super) fn check_return(&self, record: &Record) -> Result<(), Refused> {
        let Some(of) = record.flow.refund_of() else { return Ok(()) };
        let gone = || self.bin.records.get(&of).map(|(record, _)| record);
        let fits = self.records.get(&of).or_else(gone).is_some_and(|expense| {
            let left = expense.amount.minor - self.refunded(of, record.id);
            matches!(expense.flow, Flow::Expense { .. })
                && expense.amount.currency == record.amount.currency
                && record.amount.minor <= left
        });
        if fits { Ok(()) } else { Err(Refused::Conflict(REFUNDED_ELSEWHERE)) }
    }
}
