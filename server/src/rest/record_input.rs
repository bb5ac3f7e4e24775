//! A record as programs send it, and the form of the ledger that it becomes.

use ledger::rates::DayRate;
use ledger::record_form::{PartForm, RecordForm, rate_day};
use ledger::records::{Kind, Record};
use ledger::{Book, Currency, FieldErrors};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::model::{
    Decimal, KindWord, Minor, Revision, SumInput, account, category, day, decimal, format, object, objects, text,
};
use super::problem::{Answer, Problem};

/// A record to be kept. The smallest says an `amount` and nothing else: an expense of today, in the first account.
///
/// What was read can be sent back as it is: fields that are not named here are not looked at.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[schema(example = json!({"amount": "12.50", "payee": "Corner shop", "category": "Groceries"}))]
pub struct RecordInput {
    /// The id to make it under; the same again is the same record and no second one. Made here when left out, and
    /// not looked at in a change.
    pub id: Option<Uuid>,
    /// The revision that a change starts from, unless `If-Match` says it.
    pub revision: Option<Revision>,
    #[serde(default)]
    pub kind: KindWord,
    /// More than nothing, in the currency of the account.
    pub amount: Option<Decimal>,
    /// The same in the smallest unit. Send one of the two, or both where they agree.
    pub minor: Option<Minor>,
    /// Where the money is taken from or, of income, comes to; the first account when left out.
    pub account_id: Option<Uuid>,
    /// The account by its name, where no `account_id` is sent.
    pub account: Option<String>,
    /// Where a transfer goes to.
    pub to_account_id: Option<Uuid>,
    /// That account by its name, where no `to_account_id` is sent.
    pub to_account: Option<String>,
    /// What a transfer brings to an account of another currency.
    #[serde(default, deserialize_with = "object")]
    pub received: Option<SumInput>,
    pub category_id: Option<Uuid>,
    /// The category by its name, where no `category_id` is sent.
    pub category: Option<String>,
    /// The expense that this one is a refund of.
    pub refund_of: Option<Uuid>,
    /// The amount over several categories; they add up to it exactly.
    #[serde(default, deserialize_with = "objects")]
    pub parts: Vec<PartInput>,
    /// What one unit of the account's currency is worth in that of the book, where the two differ.
    #[serde(default, deserialize_with = "object")]
    pub rate: Option<RateInput>,
    /// The civil day, from 1900 to 2199; today when left out.
    #[schema(format = Date)]
    pub date: Option<String>,
    #[serde(default)]
    pub payee: String,
    #[serde(default)]
    pub note: String,
    #[serde(default)]
    pub tags: Vec<String>,
}

/// A part of a record.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
pub struct PartInput {
    pub amount: Option<Decimal>,
    pub minor: Option<Minor>,
    pub category_id: Option<Uuid>,
    /// The category by its name, where no `category_id` is sent.
    pub category: Option<String>,
    #[serde(default)]
    pub note: String,
}

/// A rate.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct RateInput {
    pub rate: Decimal,
    /// The day that it is of; the day of the record when left out.
    #[schema(format = Date)]
    pub on: Option<String>,
}

impl RecordInput {
    /// The record that is meant, as the ledger reads and judges it.
    pub fn parse(&self, id: Uuid, revision: i64, today: chrono::NaiveDate, book: &Book) -> Answer<Record> {
        let form = self.form(id, revision, today, book)?;
        form.parse(book, format()).map_err(|errors| Problem::from(errors).named(field_name))
    }

    fn form(&self, id: Uuid, revision: i64, today: chrono::NaiveDate, book: &Book) -> Result<RecordForm, FieldErrors> {
        let mut errors = FieldErrors::default();
        let said = account(book, self.account_id, self.account.as_deref());
        let from = errors.take_all(said).flatten().or_else(|| book.open_accounts().first().map(|first| first.id));
        let currency = currency_of(book, from);
        let to = account(book, self.to_account_id, self.to_account.as_deref());
        let to = errors.take_all(to.map_err(|errors| renamed(&errors, "to_account"))).flatten();
        let amount = SumInput { amount: self.amount.clone(), minor: self.minor }.typed(currency, "amount");
        let amount = errors.take_all(amount).unwrap_or_default();
        let category = errors.take_all(category(book, self.category_id, self.category.as_deref())).flatten();
        let received = self.received.as_ref().map(|came| came.typed(currency_of(book, to), "received"));
        let received = received.and_then(|came| errors.take_all(came)).unwrap_or_default();
        let mut parts = Vec::new();
        for (place, part) in self.parts.iter().enumerate() {
            parts.extend(errors.take_all(part.form(place, currency, book)));
        }
        if self.tags.iter().any(|tag| tag.contains(',')) {
            errors.add("tags", "Send each tag on its own, without a comma");
        }
        let rate = self.rate.as_ref().map(RateInput::typed).transpose();
        let (rate, rate_day) = errors.take_all(rate).flatten().unwrap_or_default();
        errors.into_result(RecordForm {
            id: id.to_string(),
            revision: revision.to_string(),
            kind: Kind::from(self.kind).word().to_owned(),
            amount,
            category: text(category),
            account: text(from),
            rate,
            rate_day,
            received,
            refund_of: text(self.refund_of),
            parts,
            to_account: text(to),
            date: self.date.clone().unwrap_or_else(|| today.to_string()),
            payee: self.payee.clone(),
            note: self.note.clone(),
            tags: self.tags.join(","),
        })
    }
}

impl RateInput {
    /// The rate and its day, as forms take them.
    ///
    /// # Errors
    /// A message beside `rate.on`; what is wrong with the rate the form says.
    pub fn typed(&self) -> Result<(String, String), FieldErrors> {
        let on = day(self.on.as_deref(), "rate.on")?;
        let exact = ledger::rates::Rate::parse(&self.rate.0, format()).ok();
        let of_day = exact.zip(on).map(|(rate, on)| rate_day(DayRate { rate, on }));
        Ok((self.rate.0.clone(), of_day.unwrap_or_default()))
    }
}

impl PartInput {
    fn form(&self, place: usize, currency: Currency, book: &Book) -> Result<PartForm, FieldErrors> {
        let field = |name: &str| format!("parts[{place}].{name}");
        let category = category(book, self.category_id, self.category.as_deref());
        let category = category.map_err(|errors| renamed(&errors, &field("category")))?;
        let sum = SumInput { amount: self.amount.clone(), minor: self.minor };
        let amount = sum.typed(currency, &field("amount"))?;
        if amount.is_empty() {
            return Err(FieldErrors::one(&field("amount"), "Enter an amount such as 12.50"));
        }
        Ok(PartForm { category: text(category), amount, note: self.note.clone() })
    }
}

fn currency_of(book: &Book, account: Option<ledger::id::AccountId>) -> Currency {
    account.and_then(|id| book.accounts.get(&id)).map_or(book.home, ledger::accounts::Account::currency)
}

/// The same messages beside another field.
fn renamed(errors: &FieldErrors, field: &str) -> FieldErrors {
    let mut renamed = FieldErrors::default();
    errors.iter().for_each(|(_, message)| renamed.add(field, message));
    renamed
}

/// Notes the messages of a part that failed, so that one answer names all that is wrong.
trait TakeAll {
    fn take_all<T>(&mut self, part: Result<T, FieldErrors>) -> Option<T>;
}

impl TakeAll for FieldErrors {
    fn take_all<T>(&mut self, part: Result<T, FieldErrors>) -> Option<T> {
        part.map_err(|errors| errors.iter().for_each(|(field, message)| self.add(field, message))).ok()
    }
}

/// The ledger's form calls some fields otherwise.
fn field_name(field: &str) -> String {
    match field.strip_prefix("parts][").and_then(|rest| rest.split_once("][")) {
        Some((place, name)) => format!("parts[{place}].{name}"),
        None => field.to_owned(),
    }
}

/// What one unit is worth, as it is told.
pub fn rate_text(rate: ledger::rates::Rate) -> String {
    rate.text(format())
}

/// The amount of minor units, as it is told.
pub fn amount_text(minor: i64, currency: Currency) -> String {
    decimal(ledger::Money::new(minor, currency))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_parts_are_named_as_they_were_sent() {
        assert_eq!(field_name("parts][2][amount"), "parts[2].amount");
        assert_eq!(field_name("parts"), "parts");
        assert_eq!(field_name("date"), "date");
    }
}
