//! The form of a refund, filled in with what is left of the expense.

use chrono::NaiveDate;

use ledger::NumberFormat;
use ledger::list::Ties;
use ledger::record_form::{PartForm, RecordForm};
use ledger::records::{Part, Record};

use super::editor::copied;

/// A refund of today, of all that is left, at the rate of the expense; where that is split, in the same proportions.
pub(super) fn refunded(ties: &Ties, today: NaiveDate, format: NumberFormat) -> RecordForm {
    let (Some(expense), Some(left)) = (&ties.expense, ties.left()) else { return RecordForm::default() };
    let weights: Vec<i64> = expense.parts.iter().map(|part| part.minor).collect();
    let shares = expense.parts.iter().zip(left.split(&weights)).filter(|(_, share)| share.minor > 0);
    let part = |(part, share): (&Part, ledger::Money)| {
        PartForm::of(&Part { minor: share.minor, ..part.clone() }, left.currency, format)
    };
    let RecordForm { rate, rate_day, .. } = RecordForm::of(expense, format);
    RecordForm {
        rate,
        rate_day,
        refund_of: expense.id.to_string(),
        amount: format.plain(left),
        parts: shares.map(part).collect(),
        note: String::new(),
        ..copied(&Record { parts: Vec::new(), ..expense.clone() }, today, format)
    }
}

#[cfg(test)]
mod tests {
    use ledger::id::{AccountId, CategoryId, RecordId};
    use ledger::records::Flow;
    use ledger::{Currency, Money};
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_refund_starts_with_what_is_left_in_the_proportions_of_the_expense() {
        let day = ledger::period::FIRST_DAY;
        let plain = |id, minor, flow| {
            let amount = Money::new(minor, Currency::INR);
            Record::plain(RecordId(Uuid::from_u128(id)), day, amount, AccountId::NIL, flow)
        };
        let part = |n, minor| Part { category: Some(CategoryId(Uuid::from_u128(n))), minor, note: String::new() };
        let expense = plain(1, 900, Flow::Expense { category: None });
        let expense = Record { parts: vec![part(1, 600), part(2, 300)], payee: "Market".into(), ..expense };
        let refund = plain(2, 800, Flow::Refund { category: None, of: expense.id });
        let ties = Ties { expense: Some(expense.clone()), refunds: vec![refund] };
        let form = refunded(&ties, day, NumberFormat::of("en-IN"));
        assert_eq!((form.amount.as_str(), form.payee.as_str()), ("1.00", "Market"));
        assert_eq!(form.refund_of, expense.id.to_string());
        assert_eq!(form.parts.iter().map(|part| part.amount.as_str()).collect::<Vec<_>>(), ["0.67", "0.33"]);
        assert_eq!((form.revision.as_str(), form.kind.as_str()), ("", "expense"));
    }
}
