//! A record as typed, read the same way in the browser and on the server.

use serde::{Deserialize, Serialize};

use crate::bills::optional;
use crate::book::Book;
use crate::form::{FieldErrors, NOTE_MAX, PAYEE_MAX, long_text, short_text};
use crate::id::{AccountId, CategoryId, RecordId};
use crate::money::{Money, NumberFormat};
use crate::period::parse_day;
use crate::records::{Flow, Kind, Record, parse_tags};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RecordForm {
    /// The id that the form was opened with: sending it twice saves once.
    pub id: String,
    /// The revision that an edit started from; empty or 0 for a new record.
    pub revision: String,
    pub kind: String,
    pub amount: String,
    pub category: String,
    pub account: String,
    pub to_account: String,
    /// ISO 8601, as a date field gives it.
    pub date: String,
    pub payee: String,
    pub note: String,
    /// Separated by commas.
    pub tags: String,
}

impl RecordForm {
    /// What was typed becomes a record that cannot be wrong. `book` needs its accounts and categories only.
    ///
    /// # Errors
    /// A message beside each field that needs mending.
    pub fn parse(&self, book: &Book, format: NumberFormat) -> Result<Record, FieldErrors> {
        let mut errors = FieldErrors::default();
        let id = errors.take("", self.id.parse::<RecordId>().map_err(|_| "Reload the page and try again"));
        let kind = errors.take("kind", self.kind.parse::<Kind>());
        let account = errors.take("account", self.account.parse::<AccountId>().map_err(|_| "Choose an account"));
        let currency =
            account.and_then(|id| book.accounts.get(&id)).map_or(book.home, crate::accounts::Account::currency);
        let amount = errors.take("amount", Money::parse_positive(&self.amount, currency, format));
        let day = errors.take("date", parse_day(&self.date));
        let payee = errors.take("payee", short_text(&self.payee, PAYEE_MAX));
        let note = errors.take("note", long_text(&self.note, NOTE_MAX));
        let tags = errors.take("tags", parse_tags(&self.tags));
        let flow = kind.and_then(|kind| self.flow(kind, &mut errors));
        let (Some(id), Some(amount), Some(account), Some(day), Some(payee), Some(note), Some(tags), Some(flow)) =
            (id, amount, account, day, payee, note, tags, flow)
        else {
            return Err(errors);
        };
        let revision = self.revision.parse().unwrap_or(0);
        let record = Record { id, day, amount, account, flow, payee, note, tags, revision };
        book.check_record(&record)?;
        Ok(record)
    }

    fn flow(&self, kind: Kind, errors: &mut FieldErrors) -> Option<Flow> {
        if kind == Kind::Transfer {
            let to = self.to_account.parse().map_err(|_| "Choose the account that the money goes to");
            return Some(Flow::Transfer { to: errors.take("to_account", to)? });
        }
        let category =
            errors.take("category", optional::<CategoryId>(&self.category, "Choose a category of the list"))?;
        Some(if kind == Kind::Income { Flow::Income { category } } else { Flow::Expense { category } })
    }

    /// The form that shows a record.
    pub fn of(record: &Record, format: NumberFormat) -> Self {
        Self {
            id: record.id.to_string(),
            revision: record.revision.to_string(),
            kind: record.kind().word().into(),
            amount: format.plain(record.amount),
            category: record.flow.category().map(|id| id.to_string()).unwrap_or_default(),
            account: record.account.to_string(),
            to_account: record.flow.to_account().map(|id| id.to_string()).unwrap_or_default(),
            date: record.day.to_string(),
            payee: record.payee.clone(),
            note: record.note.clone(),
            tags: record.tags.join(", "),
        }
    }
}
