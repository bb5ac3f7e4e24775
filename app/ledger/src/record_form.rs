//! A record as typed, read the same way in the browser and on the server.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::bills::optional;
use crate::book::Book;
use crate::currency::Currency;
use crate::form::{FieldErrors, NOTE_MAX, PAYEE_MAX, long_text, short_text};
use crate::id::{AccountId, CategoryId, RecordId};
use crate::money::{Money, NumberFormat};
use crate::period::parse_day;
use crate::rates::{DayRate, Rate};
use crate::records::{Flow, Kind, Part, Record, parse_tags};

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
    /// What one unit of the account's currency is worth in the home currency; not read where it is that.
    pub rate: String,
    /// What [`rate_day`] says of the rate that the form was opened with: as long as that stands, it keeps its day.
    pub rate_day: String,
    /// What arrived, of a transfer to an account of another currency.
    pub received: String,
    /// The expense that this is a refund of.
    pub refund_of: String,
    /// The amount over categories; lines that say nothing are left out, and without any the record has one.
    pub parts: Vec<PartForm>,
    pub to_account: String,
    /// ISO 8601, as a date field gives it.
    pub date: String,
    pub payee: String,
    pub note: String,
    /// Separated by commas.
    pub tags: String,
}

/// A part as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PartForm {
    pub category: String,
    pub amount: String,
    pub note: String,
}

/// The name of a field of a part, inside the form that sends it and in its errors.
pub fn part_field(place: usize, name: &str) -> String {
    format!("parts][{place}][{name}")
}

/// What a form keeps of the rate that it is opened with: its day and its exact number.
pub fn rate_day(rate: DayRate) -> String {
    format!("{} {}", rate.on, i64::from(rate.rate))
}

/// Reads what [`rate_day`] wrote.
pub fn read_rate_day(text: &str) -> Option<DayRate> {
    let (on, rate) = text.split_once(' ')?;
    Some(DayRate { rate: rate.parse::<i64>().ok()?.try_into().ok()?, on: parse_day(on).ok()? })
}

/// How far parts are from their amount.
pub fn left_over(parts: Money, amount: Money, format: NumberFormat) -> String {
    let left = Money::new(amount.minor.saturating_sub(parts.minor), amount.currency);
    if left.minor < 0 {
        format!("The parts are {} too much", format.money(Money::new(left.minor.saturating_abs(), left.currency)))
    } else {
        format!("{} is left to give to the parts", format.money(left))
    }
}

impl PartForm {
    pub fn of(part: &Part, currency: Currency, format: NumberFormat) -> Self {
        Self {
            category: part.category.map(|id| id.to_string()).unwrap_or_default(),
            amount: format.plain(Money::new(part.minor, currency)),
            note: part.note.clone(),
        }
    }

    fn is_empty(&self) -> bool {
        [&self.category, &self.amount, &self.note].into_iter().all(|text| text.trim().is_empty())
    }
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
        let received = kind.and_then(|kind| self.received(kind, currency, book, format, &mut errors));
        // Left over from another kind that was chosen before.
        let moves = kind == Some(Kind::Transfer);
        let parts = if moves { Vec::new() } else { self.parts(currency, format, &mut errors) };
        let flow = kind.and_then(|kind| self.flow(kind, !parts.is_empty(), &mut errors));
        let rate = day.and_then(|day| self.rate(currency, day, book, format, &mut errors));
        let (Some(id), Some(amount), Some(account), Some(day), Some(payee), Some(note), Some(tags), Some(flow)) =
            (id, amount, account, day, payee, note, tags, flow)
        else {
            return Err(errors);
        };
        let revision = self.revision.parse().unwrap_or(0);
        let made: i64 = crate::money::sum(parts.iter().map(|part| part.minor));
        if !parts.is_empty() && made != amount.minor {
            errors.add("parts", left_over(Money::new(made, currency), amount, format));
        }
        let plain = Record::plain(id, day, amount, account, flow);
        let record = Record { rate, received, parts, payee, note, tags, revision, ..plain };
        match (book.check_record(&record), errors.is_empty()) {
            (Ok(record), true) => Ok(record),
            (Ok(_), false) => Err(errors),
            (Err(others), _) => {
                others.iter().for_each(|(field, message)| errors.add(field, message));
                Err(errors)
            }
        }
    }

    /// The rate typed for an account of another currency. The one that the form was opened with keeps its day.
    fn rate(
        &self,
        currency: Currency,
        day: NaiveDate,
        book: &Book,
        format: NumberFormat,
        errors: &mut FieldErrors,
    ) -> Option<DayRate> {
        if currency == book.home || self.rate.trim().is_empty() {
            return None;
        }
        let rate = errors.take("rate", Rate::parse(&self.rate, format))?;
        let offered = read_rate_day(&self.rate_day).filter(|offered| offered.rate == rate);
        Some(offered.unwrap_or(DayRate { rate, on: day }))
    }

    /// Of which currency and day the form takes the rate, as long as nobody typed one: without a script nobody asked
    /// for it when another account or day was chosen. That of a record that is there, or of the expense that a refund
    /// is of, stays as long as it is of no later day. `book` needs its accounts only.
    pub fn asks_rate(&self, book: &Book, format: NumberFormat) -> Option<(Currency, NaiveDate)> {
        let account = self.account.parse().ok().and_then(|id| book.accounts.get(&id))?;
        let (currency, day) = (account.currency(), parse_day(&self.date).ok()?);
        let offered = read_rate_day(&self.rate_day)?;
        let stands = Rate::parse(&self.rate, format) == Ok(offered.rate);
        let stays = self.keeps_rate() && offered.on <= day;
        (currency != book.home && stands && !stays).then_some((currency, day))
    }

    /// Whether it begins with a rate that is more than an offer.
    pub fn keeps_rate(&self) -> bool {
        !self.refund_of.is_empty() || self.revision.parse().unwrap_or(0) > 0
    }

    /// The form with what [`Self::asks_rate`] asked for. Where nothing is known up to that day, a rate has to be typed,
    /// or the one that a record had is its own from now on.
    #[must_use]
    pub fn with_rate(self, known: Option<DayRate>, format: NumberFormat) -> Self {
        let rate = match known {
            Some(known) => known.rate.text(format),
            None if self.keeps_rate() => self.rate,
            None => String::new(),
        };
        Self { rate, rate_day: known.map(rate_day).unwrap_or_default(), ..self }
    }

    fn received(
        &self,
        kind: Kind,
        from: Currency,
        book: &Book,
        format: NumberFormat,
        errors: &mut FieldErrors,
    ) -> Option<Money> {
        let to: AccountId = self.to_account.parse().ok().filter(|_| kind == Kind::Transfer)?;
        let currency = book.accounts.get(&to).map(crate::accounts::Account::currency).filter(|to| *to != from)?;
        if self.received.trim().is_empty() {
            return None;
        }
        errors.take("received", Money::parse_positive(&self.received, currency, format))
    }

    fn parts(&self, currency: Currency, format: NumberFormat, errors: &mut FieldErrors) -> Vec<Part> {
        let typed = self.parts.iter().enumerate().filter(|(_, part)| !part.is_empty());
        let read = typed.filter_map(|(place, part)| {
            let category = optional::<CategoryId>(&part.category, "Choose a category of the list");
            let category = errors.take(&part_field(place, "category"), category);
            let amount = Money::parse_positive(&part.amount, currency, format);
            let amount = errors.take(&part_field(place, "amount"), amount);
            let note = errors.take(&part_field(place, "note"), short_text(&part.note, PAYEE_MAX));
            Some(Part { category: category?, minor: amount?.minor, note: note? })
        });
        read.collect()
    }

    fn flow(&self, kind: Kind, is_split: bool, errors: &mut FieldErrors) -> Option<Flow> {
        if kind == Kind::Transfer {
            let to = self.to_account.parse().map_err(|_| "Choose the account that the money goes to");
            return Some(Flow::Transfer { to: errors.take("to_account", to)? });
        }
        let category =
            errors.take("category", optional::<CategoryId>(&self.category, "Choose a category of the list"))?;
        // Of a split record the parts name the categories.
        let category = category.filter(|_| !is_split);
        if self.refund_of.is_empty() {
            return Some(if kind == Kind::Income { Flow::Income { category } } else { Flow::Expense { category } });
        }
        let of = errors.take("", self.refund_of.parse().map_err(|_| "Reload the page and try again"))?;
        Some(Flow::Refund { category, of })
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
            rate: record.rate.map(|rate| rate.rate.text(format)).unwrap_or_default(),
            rate_day: record.rate.map(rate_day).unwrap_or_default(),
            received: record.received.map(|came| format.plain(came)).unwrap_or_default(),
            refund_of: record.flow.refund_of().map(|id| id.to_string()).unwrap_or_default(),
            parts: record.parts.iter().map(|part| PartForm::of(part, record.amount.currency, format)).collect(),
            to_account: record.flow.to_account().map(|id| id.to_string()).unwrap_or_default(),
            date: record.day.to_string(),
            payee: record.payee.clone(),
            note: record.note.clone(),
            tags: record.tags.join(", "),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::{Account, AccountKind};
    use crate::categories::Category;
    use crate::command::Command;
    use uuid::Uuid;

    const HOME: AccountId = AccountId(Uuid::from_u128(1));
    const ABROAD: AccountId = AccountId(Uuid::from_u128(2));
    const FOOD: CategoryId = CategoryId(Uuid::from_u128(3));

    fn book() -> Book {
        let mut book = Book::new(Currency::INR, chrono::Weekday::Mon);
        for (id, name, currency) in [(HOME, "Home", Currency::INR), (ABROAD, "Abroad", Currency::USD)] {
            let (name, opening) = (name.to_owned(), Money::zero(currency));
            let account =
                Account { id, name, kind: AccountKind::Bank, opening, position: 0, archived: false, revision: 0 };
            book.apply(&Command::SaveAccount(account)).expect("an account");
        }
        let (name, icon, kind) = ("Food".to_owned(), String::new(), Kind::Expense);
        let food =
            Category { id: FOOD, name, kind, parent: None, position: 0, icon, colour: 0, archived: false, revision: 0 };
        book.apply(&Command::SaveCategory(food)).expect("a category");
        book
    }

    fn form(account: AccountId) -> RecordForm {
        RecordForm {
            id: Uuid::from_u128(9).to_string(),
            kind: "expense".into(),
            amount: "10.00".into(),
            account: account.to_string(),
            date: "2028-02-29".into(),
            ..RecordForm::default()
        }
    }

    fn parse(form: &RecordForm) -> Result<Record, FieldErrors> {
        form.parse(&book(), NumberFormat::of("en-IN"))
    }

    #[test]
    fn only_an_account_of_another_currency_needs_a_rate_which_keeps_its_day_until_it_is_changed() {
        let plain = parse(&RecordForm { rate: "nonsense".into(), ..form(HOME) }).expect("a record");
        assert_eq!((plain.home, plain.rate), (1_000, None));
        assert!(parse(&form(ABROAD)).expect_err("errors").get("rate").is_some());
        let known = DayRate {
            rate: Rate::try_from(832_500_000_000).expect("a rate"),
            on: plain.day.pred_opt().expect("a day"),
        };
        let offered = RecordForm { rate: "83.25".into(), rate_day: rate_day(known), ..form(ABROAD) };
        let record = parse(&offered).expect("a record");
        assert_eq!((record.home, record.rate), (83_250, Some(known)));
        let shown = RecordForm::of(&record, NumberFormat::of("en-IN"));
        assert_eq!((shown.rate, shown.rate_day), (offered.rate.clone(), offered.rate_day.clone()));
        let typed = parse(&RecordForm { rate: "84".into(), ..offered }).expect("a record");
        assert_eq!((typed.home, typed.rate.map(|rate| rate.on)), (84_000, Some(typed.day)));
    }

    #[test]
    fn a_rate_that_nobody_typed_is_that_of_the_day_of_the_record() {
        let format = NumberFormat::of("en-IN");
        let rate = |typed: &str, on: &str| DayRate {
            rate: Rate::parse(typed, format).expect("a rate"),
            on: on.parse().expect("a day"),
        };
        let mut book = book();
        for known in [rate("80", "2028-01-31"), rate("83.25", "2028-02-28"), rate("90", "2028-03-01")] {
            book.rates.insert((Currency::USD, known.on), known.rate);
        }
        let offered = rate_day(rate("90", "2028-03-01"));
        let (new, edit) = ("", "7");
        for (revision, date, typed, expected) in [
            (new, "2028-03-02", "90", Some(rate("90", "2028-03-01"))),
            (new, "2028-02-29", "90", Some(rate("83.25", "2028-02-28"))),
            (new, "2028-02-27", "90.00", Some(rate("80", "2028-01-31"))),
            (new, "2028-02-29", "85.5", Some(rate("85.5", "2028-02-29"))),
            // Nothing is known so far back: a rate must be typed.
            (new, "2028-01-30", "90", None),
            (new, "2028-01-30", "79", Some(rate("79", "2028-01-30"))),
            // What a record was worth stays, unless its rate would be of a later day.
            (edit, "2028-12-31", "90", Some(rate("90", "2028-03-01"))),
            (edit, "2028-03-01", "90", Some(rate("90", "2028-03-01"))),
            (edit, "2028-02-29", "90", Some(rate("83.25", "2028-02-28"))),
            (edit, "2028-01-30", "90", Some(rate("90", "2028-01-30"))),
        ] {
            let (revision, date, rate_day) = (revision.into(), date.into(), offered.clone());
            let form = RecordForm { revision, date, rate: typed.into(), rate_day, ..form(ABROAD) };
            let asked = form.asks_rate(&book, format);
            let form = match asked {
                Some((currency, day)) => form.with_rate(book.rate_on(currency, day), format),
                None => form,
            };
            let case = format!("{} {typed} {}", form.date, form.revision);
            match form.parse(&book, format) {
                Ok(record) => assert_eq!(record.rate, expected, "{case}"),
                Err(errors) => assert!(expected.is_none() && errors.get("rate").is_some(), "{case}: {errors:?}"),
            }
        }
        let at_home = RecordForm { rate: "90".into(), rate_day: offered, ..form(HOME) };
        assert_eq!(at_home.asks_rate(&book, format), None);
    }

    #[test]
    fn parts_are_read_line_by_line_and_empty_lines_left_out() {
        let part = |category: &str, amount: &str| PartForm {
            category: category.into(),
            amount: amount.into(),
            ..PartForm::default()
        };
        let food = FOOD.to_string();
        let split = |parts: Vec<PartForm>| parse(&RecordForm { category: food.clone(), parts, ..form(HOME) });
        let record = split(vec![part(&food, "6"), PartForm::default(), part("", "4")]).expect("a record");
        assert_eq!(
            record.parts.iter().map(|part| (part.category, part.minor)).collect::<Vec<_>>(),
            [(Some(FOOD), 600), (None, 400)]
        );
        assert_eq!(record.flow.category(), None);
        assert_eq!(RecordForm::of(&record, NumberFormat::of("en-IN")).parts.len(), 2);
        assert!(split(vec![PartForm::default()]).expect("a record").parts.is_empty());
        let errors = split(vec![part(&food, "6"), part("", "four")]).expect_err("errors");
        assert!(errors.get(&part_field(1, "amount")).is_some());
        let errors = split(vec![part(&food, "6"), part("", "3.50")]).expect_err("errors");
        assert_eq!(errors.get("parts"), Some("₹0.50 is left to give to the parts"));
    }

    #[test]
    fn a_transfer_between_currencies_says_what_arrived() {
        let sent = RecordForm { kind: "transfer".into(), to_account: ABROAD.to_string(), ..form(HOME) };
        assert!(parse(&sent).expect_err("errors").get("received").is_some());
        let record = parse(&RecordForm { received: "0.12".into(), ..sent }).expect("a record");
        assert_eq!((record.home, record.rate, record.received), (1_000, None, Some(Money::new(12, Currency::USD))));
    }
}
