//! Bills: what falls due, and whether it was settled.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::currency::Currency;
use crate::form::{self, FieldErrors, NAME_MAX};
use crate::id::{AccountId, BillId, CategoryId, RecordId};
use crate::money::{Money, NumberFormat};
use crate::period::parse_day;
use crate::recurrence::Repeats;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bill {
    pub id: BillId,
    pub name: String,
    pub amount: Money,
    /// The first due day, whose day of the month anchors the rest.
    pub first_due: NaiveDate,
    pub repeats: Repeats,
    pub category: Option<CategoryId>,
    pub account: Option<AccountId>,
    /// How many days before it is due a reminder is wanted; `None` for never.
    pub remind_days: Option<u8>,
    /// The earliest due day that is neither paid nor skipped; `None` once all are.
    /// Due days are settled in order, so that everything before it is settled.
    pub next_due: Option<NaiveDate>,
    pub revision: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Status {
    Upcoming,
    Due,
    Overdue,
    Settled,
}

impl Bill {
    /// The due day after `due`.
    pub fn after(&self, due: NaiveDate) -> Option<NaiveDate> {
        self.repeats.next_after(self.first_due, due)
    }

    pub fn status(&self, today: NaiveDate) -> Status {
        match self.next_due {
            None => Status::Settled,
            Some(due) if due < today => Status::Overdue,
            Some(due) if due == today => Status::Due,
            Some(_) => Status::Upcoming,
        }
    }

    /// The due day that its form shows: the next one, or the first of a bill that is settled.
    pub fn planned_due(&self) -> NaiveDate {
        self.next_due.unwrap_or(self.first_due)
    }

    /// The day from which it is shown as coming up.
    pub fn remind_from(&self) -> Option<NaiveDate> {
        let days = Days::new(u64::from(self.remind_days?));
        self.next_due?.checked_sub_days(days)
    }
}

/// How one due day of a bill was settled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settlement {
    pub bill: BillId,
    pub due: NaiveDate,
    /// The one record that paid it; `None` when it was skipped.
    pub record: Option<RecordId>,
    pub revision: i64,
}

/// A bill as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BillForm {
    pub id: String,
    /// The revision that an edit started from; empty or 0 for a new bill.
    pub revision: String,
    pub name: String,
    pub amount: String,
    pub due: String,
    pub repeats: String,
    pub category: String,
    pub account: String,
    /// Days before; empty for no reminder.
    pub remind: String,
}

impl BillForm {
    /// # Errors
    /// Messages beside the fields.
    pub fn parse(
        &self,
        id: BillId,
        currency: Currency,
        format: NumberFormat,
        before: Option<&Bill>,
    ) -> Result<Bill, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.take("name", form::name(&self.name, NAME_MAX));
        let amount = errors.take("amount", Money::parse_positive(&self.amount, currency, format));
        let due = errors.take("due", parse_day(&self.due));
        let repeats = errors.take("repeats", self.repeats.parse::<Repeats>());
        let category = errors.take("category", optional(&self.category, "Choose a category of the list"));
        let account = errors.take("account", optional(&self.account, "Choose an account of the list"));
        let remind_days = errors.take("remind", optional::<u8>(&self.remind, "Choose when to remind"));
        let (Some(name), Some(amount), Some(due), Some(repeats), Some(category), Some(account), Some(remind_days)) =
            (name, amount, due, repeats, category, account, remind_days)
        else {
            return Err(errors);
        };
        let first_due = repeats.nth(due, 0).unwrap_or(due);
        // An edit that leaves the plan alone keeps what is settled; another plan starts at its due day.
        let same_plan = before.filter(|before| before.planned_due() == due && before.repeats == repeats);
        Ok(Bill {
            id,
            name,
            amount,
            first_due: same_plan.map_or(first_due, |before| before.first_due),
            repeats,
            category,
            account,
            remind_days,
            next_due: same_plan.map_or(Some(first_due), |before| before.next_due),
            revision: self.revision.parse().unwrap_or(0),
        })
    }
}

/// An optional choice: empty is none.
pub(crate) fn optional<T: std::str::FromStr>(text: &str, message: &'static str) -> Result<Option<T>, &'static str> {
    if text.trim().is_empty() { Ok(None) } else { text.trim().parse().map(Some).map_err(|_| message) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    /// A bill that was paid, due on the last day of January, opened in a form.
    fn settled(next_due: Option<&str>, repeats: Repeats) -> (Bill, BillForm) {
        let before = Bill {
            id: BillId(uuid::Uuid::from_u128(1)),
            name: "Rent".into(),
            amount: Money::new(1_200_000, Currency::INR),
            first_due: day("2027-01-31"),
            repeats,
            category: None,
            account: None,
            remind_days: None,
            next_due: next_due.map(day),
            revision: 7,
        };
        let form = BillForm {
            name: "Rent and water".into(),
            amount: "12000".into(),
            due: before.planned_due().to_string(),
            repeats: repeats.into(),
            revision: "5".into(),
            ..BillForm::default()
        };
        (before, form)
    }

    fn parse(form: &BillForm, before: &Bill) -> Bill {
        form.parse(before.id, Currency::INR, NumberFormat::of("en-IN"), Some(before)).expect("a bill")
    }

    #[test]
    fn an_edit_that_leaves_the_plan_alone_keeps_what_is_settled() {
        let (before, form) = settled(None, Repeats::Once);
        assert_eq!((parse(&form, &before).next_due, parse(&form, &before).name.as_str()), (None, "Rent and water"));
        let (before, form) = settled(Some("2027-02-28"), Repeats::Monthly);
        let edited = parse(&form, &before);
        assert_eq!((edited.first_due, edited.next_due), (day("2027-01-31"), Some(day("2027-02-28"))));
        let moved = BillForm { due: "2027-03-05".into(), ..form };
        assert_eq!(parse(&moved, &before).next_due, Some(day("2027-03-05")));
    }

    #[test]
    fn an_edit_says_which_revision_it_started_from() {
        let (before, form) = settled(None, Repeats::Once);
        assert_eq!(parse(&form, &before).revision, 5, "not the one that is stored meanwhile");
        assert_eq!(parse(&BillForm { revision: String::new(), ..form }, &before).revision, 0);
    }
}
