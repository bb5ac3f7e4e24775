//! Bills: what falls due, and whether it was settled.
//!
//! ```text
//! Bill ── Schedule (first due day, Repeats, Ends) ─► planned due days
//!   │        └─ changed: one of them moved, or of another amount ─► Occurrence
//!   └─ next_due, Settlement: paid by a record, or skipped
//! ```

mod dues;
mod form;
mod ical;
mod reminder;

use std::cmp::Ordering;
use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::command::{ALREADY_SETTLED, Refused};
use crate::form::FieldErrors;
use crate::id::{AccountId, BillId, CategoryId, RecordId};
use crate::money::Money;
use crate::recurrence::{Ends, Repeats, Schedule};

pub use dues::{Due, Standing};
pub(crate) use form::optional;
pub use form::{BillForm, DueForm, Split, WEEKS};
pub use ical::calendar;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bill {
    pub id: BillId,
    pub name: String,
    pub amount: Money,
    /// The amount is only about right: what is paid tells.
    pub estimated: bool,
    /// The first due day, whose day of the month anchors the rest.
    pub first_due: NaiveDate,
    pub repeats: Repeats,
    pub ends: Ends,
    pub category: Option<CategoryId>,
    pub account: Option<AccountId>,
    /// How many days before it is due a reminder is wanted; `None` for never.
    pub remind_days: Option<u8>,
    /// The earliest due day that is neither paid nor skipped; `None` once all are.
    /// Due days are settled in order, so that everything before it is settled.
    pub next_due: Option<NaiveDate>,
    /// Where single due days differ from the plan, by the day that was planned.
    pub changed: BTreeMap<NaiveDate, Change>,
    pub revision: i64,
}

/// How one due day differs from the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// When it is due instead.
    pub day: NaiveDate,
    /// Instead of the amount of the bill; in its currency.
    pub amount: Option<Money>,
}

/// One due day as it is, a change of it taken into account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occurrence {
    pub bill: BillId,
    /// The day that was planned: it names the due day, whatever was changed.
    pub due: NaiveDate,
    pub day: NaiveDate,
    pub amount: Money,
    pub estimated: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Status {
    Upcoming,
    Due,
    Overdue,
    Settled,
}

impl Bill {
    pub fn schedule(&self) -> Schedule {
        Schedule { first: self.first_due, repeats: self.repeats, ends: self.ends }
    }

    /// The planned due day after `due`.
    pub fn after(&self, due: NaiveDate) -> Option<NaiveDate> {
        self.schedule().next_after(due)
    }

    /// What is due for the day that was planned as `due`.
    pub fn occurrence(&self, due: NaiveDate) -> Occurrence {
        let change = self.changed.get(&due);
        let amount = change.and_then(|change| change.amount);
        Occurrence {
            bill: self.id,
            due,
            day: change.map_or(due, |change| change.day),
            amount: amount.unwrap_or(self.amount),
            estimated: self.estimated && amount.is_none(),
        }
    }

    /// What is due next; `None` once all is settled.
    pub fn next(&self) -> Option<Occurrence> {
        self.next_due.map(|due| self.occurrence(due))
    }

    pub fn status(&self, today: NaiveDate) -> Status {
        self.next().map_or(Status::Settled, |next| next.status(today))
    }

    /// The due day that its form shows: the next one, or the first of a bill that is settled.
    pub fn planned_due(&self) -> NaiveDate {
        self.next_due.unwrap_or(self.first_due)
    }

    /// The day from which it is shown as coming up.
    pub fn remind_from(&self) -> Option<NaiveDate> {
        let days = Days::new(u64::from(self.remind_days?));
        self.next()?.day.checked_sub_days(days)
    }

    /// Whether a due day is the one to be settled: they are in order.
    ///
    /// # Errors
    /// Which one comes before it, or that it is settled already.
    pub(crate) fn check_next(&self, due: NaiveDate) -> Result<(), Refused> {
        match self.next() {
            Some(next) if next.due == due => Ok(()),
            Some(next) if next.due < due && self.schedule().place_of(due).is_some() => {
                let first = format!("Pay or skip the one due {} first", next.day.format("%-d %B %Y"));
                Err(FieldErrors::one("", first).into())
            }
            _ => Err(Refused::Conflict(ALREADY_SETTLED)),
        }
    }

    /// Its due days before `due` alone, where those from then on become a bill of their own; `None` unless `due`
    /// is a due day after the next one.
    pub fn ending_before(&self, due: NaiveDate) -> Option<Self> {
        self.schedule().place_of(due).filter(|_| self.next_due.is_some_and(|next| next < due))?;
        let mut changed = self.changed.clone();
        changed.retain(|planned, _| *planned < due);
        Some(Self { ends: Ends::On(due.pred_opt()?), changed, ..self.clone() })
    }

    /// Its due days from `due` on alone, on the days that they fall on anyway; `None` unless it is a due day.
    pub(crate) fn going_on_at(&self, due: NaiveDate) -> Option<Self> {
        let schedule = self.schedule();
        let place = schedule.place_of(due)?;
        let first = schedule.anchor_at(place)?;
        let ends = match self.ends {
            Ends::After(times) => {
                let before = u16::try_from(schedule.place_of(first)?).unwrap_or(u16::MAX);
                Ends::After(times.saturating_sub(before))
            }
            ends => ends,
        };
        let mut changed = self.changed.clone();
        changed.retain(|planned, _| *planned >= due);
        Some(Self { first_due: first, next_due: Some(due), ends, changed, ..self.clone() })
    }
}

impl Occurrence {
    /// As long as it is not settled.
    pub fn status(&self, today: NaiveDate) -> Status {
        match self.day.cmp(&today) {
            Ordering::Less => Status::Overdue,
            Ordering::Equal => Status::Due,
            Ordering::Greater => Status::Upcoming,
        }
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

/// A due day that is settled, with what the record that paid it says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Past {
    pub due: NaiveDate,
    /// `None` when it was skipped.
    pub paid: Option<Paid>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paid {
    pub record: RecordId,
    pub day: NaiveDate,
    pub amount: Money,
}

/// What has become of a bill so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    /// The name of the bill.
    pub name: String,
    /// The newest first.
    pub past: Vec<Past>,
}

/// A bill of which nothing more falls due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settled {
    pub bill: BillId,
    pub name: String,
    pub amount: Money,
    /// The due day that was settled last; `None` where none ever was.
    pub last: Option<NaiveDate>,
}
