//! Which records a list shows: held in the URL, so that every figure can link to exactly what is behind it.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::book::Book;
use crate::currency::Currency;
use crate::form::name_key;
use crate::id::{AccountId, CategoryId};
use crate::money::{Money, NumberFormat};
use crate::period::{Period, parse_day};
use crate::records::{Kind, Record};

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Filter {
    /// Words that payee, note, category, tag or amount must hold, each of them.
    pub search: String,
    /// The first day, and the last day, both included.
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub kind: Option<Kind>,
    pub category: Option<CategoryChoice>,
    pub account: Option<AccountId>,
    /// The payee, without regard to case.
    #[serde(default)]
    pub payee: Option<String>,
    pub tag: Option<String>,
    /// Only those that nobody knows the worth of: see [`Record::has_no_rate`].
    #[serde(default)]
    pub without_rate: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CategoryChoice {
    /// Records that have none.
    Without,
    /// Those of this category itself.
    Is(CategoryId),
    /// Those of this category and of all that stand below it.
    Under(CategoryId),
}

/// What stands before the id of a category in a URL that asks for all below it too.
const UNDER: &str = "under-";
/// What a URL says that asks for records without a rate.
const NO_RATE: &str = "none";

impl CategoryChoice {
    pub fn of(category: Option<CategoryId>) -> Self {
        category.map_or(Self::Without, Self::Is)
    }
}

impl Filter {
    pub fn of_kind(kind: Kind, period: Period) -> Self {
        Self { from: Some(period.start), to: Some(period.last_day()), kind: Some(kind), ..Self::default() }
    }

    /// All records of a period.
    pub fn within(period: Period) -> Self {
        Self { from: Some(period.start), to: Some(period.last_day()), ..Self::default() }
    }

    #[must_use]
    pub fn in_category(self, category: Option<CategoryId>) -> Self {
        Self { category: Some(CategoryChoice::of(category)), ..self }
    }

    /// With the records of all categories that stand below it.
    #[must_use]
    pub fn under_category(self, category: CategoryId) -> Self {
        Self { category: Some(CategoryChoice::Under(category)), ..self }
    }

    #[must_use]
    pub fn paid_to(self, payee: &str) -> Self {
        Self { payee: Some(payee.to_owned()), ..self }
    }

    /// Reads URL parameters by name; what cannot be read counts as not given.
    pub fn from_query<'a>(mut get: impl FnMut(&str) -> Option<&'a str>) -> Self {
        let mut given = |name: &str| get(name).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        Self {
            search: given("q").unwrap_or_default(),
            from: given("from").and_then(|day| parse_day(&day).ok()),
            to: given("to").and_then(|day| parse_day(&day).ok()),
            kind: given("kind").and_then(|kind| kind.parse().ok()),
            category: given("category").and_then(|category| match category.as_str() {
                "none" => Some(CategoryChoice::Without),
                id => match id.strip_prefix(UNDER) {
                    Some(id) => id.parse().ok().map(CategoryChoice::Under),
                    None => id.parse().ok().map(CategoryChoice::Is),
                },
            }),
            account: given("account").and_then(|id| id.parse().ok()),
            payee: given("payee"),
            tag: given("tag"),
            without_rate: given("rate").as_deref() == Some(NO_RATE),
        }
    }

    /// The names and values of the URL parameters, not escaped, in a fixed order.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let category = self.category.map(|category| match category {
            CategoryChoice::Without => "none".to_owned(),
            CategoryChoice::Is(id) => id.to_string(),
            CategoryChoice::Under(id) => format!("{UNDER}{id}"),
        });
        [
            ("q", Some(self.search.clone()).filter(|text| !text.is_empty())),
            ("from", self.from.map(|day| day.to_string())),
            ("to", self.to.map(|day| day.to_string())),
            ("kind", self.kind.map(|kind| kind.word().to_owned())),
            ("category", category),
            ("account", self.account.map(|id| id.to_string())),
            ("payee", self.payee.clone()),
            ("tag", self.tag.clone()),
            ("rate", self.without_rate.then(|| NO_RATE.to_owned())),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
    }

    /// The URL of the list with this filter.
    pub fn url(&self) -> String {
        let pairs: Vec<String> =
            self.pairs().iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect();
        if pairs.is_empty() { "/records".into() } else { format!("/records?{}", pairs.join("&")) }
    }

    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a list with this filter shows the record: the same answer as the database gives.
    pub fn matches(&self, record: &Record, book: &Book) -> bool {
        let account = |id| record.account == id || record.flow.to_account() == Some(id);
        let category = |choice| match choice {
            CategoryChoice::Under(id) => {
                let within = book.categories_within(id);
                record.categories().flatten().any(|category| within.contains(&category))
            }
            choice => record.categories().any(|category| choice == CategoryChoice::of(category)),
        };
        let tag = |tag: &String| record.tags.iter().any(|known| name_key(known) == name_key(tag));
        self.from.is_none_or(|from| record.day >= from)
            && self.to.is_none_or(|to| record.day <= to)
            && self.kind.is_none_or(|kind| record.kind() == kind)
            && self.category.is_none_or(category)
            && self.account.is_none_or(account)
            && self.payee.as_ref().is_none_or(|payee| name_key(&record.payee) == name_key(payee))
            && self.tag.as_ref().is_none_or(tag)
            && (!self.without_rate || record.has_no_rate())
            && self.words().iter().all(|word| holds(record, book, word))
    }

    /// Whether a category is among those asked for, or none are asked for.
    pub fn asks_for(&self, category: Option<CategoryId>, book: &Book) -> bool {
        self.category.is_none_or(|choice| match (choice, category) {
            (CategoryChoice::Under(id), category) => {
                category.is_some_and(|category| book.categories_within(id).contains(&category))
            }
            (choice, category) => choice == CategoryChoice::of(category),
        })
    }

    /// The words searched for, without regard to case, at most eight. An amount stays whole, without its
    /// currency sign; anything else falls into runs of letters and digits as a record's own text does. The
    /// words of the payee are among them: its records can be looked up by those.
    pub fn words(&self) -> Vec<String> {
        let search = name_key(&self.search);
        let split = search.split(' ').flat_map(|word| match as_amount(word) {
            Some(amount) => vec![amount.to_owned()],
            None => words_of(word).into_iter().collect(),
        });
        let payee = self.payee.iter().flat_map(|payee| words_of(payee));
        split.chain(payee).take(8).collect()
    }
}

/// The part of a word that can only be an amount: digits with their signs, and nothing else but a currency sign.
fn as_amount(word: &str) -> Option<&str> {
    let number = word.trim_matches(|c: char| !c.is_alphanumeric());
    let digits = number.starts_with(|c: char| c.is_ascii_digit());
    let signs = number.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '\'' | '’'));
    (digits && signs).then_some(number)
}

/// The amount that a search word says, in whichever way decimals are written: `1,250.00` and `1.250,00`.
pub fn amount_said(word: &str, currency: Currency) -> Option<Money> {
    let read = |locale| Money::parse_positive(word, currency, NumberFormat::of(locale)).ok();
    ["en", "de"].into_iter().find_map(read)
}

/// Whether a word begins a word of the payee, note or tags, stands in the category's name, or is the amount.
fn holds(record: &Record, book: &Book, word: &str) -> bool {
    let mut names = record.categories().flatten().map(|id| name_key(book.category_name(Some(id))));
    record_words(record).iter().any(|known| known.starts_with(word))
        || names.any(|name| name.contains(word))
        || amount_said(word, record.amount.currency) == Some(record.amount)
}

/// The words of a record that a search finds it by: those of its payee, notes and tags.
pub fn record_words(record: &Record) -> BTreeSet<String> {
    let mut text = format!("{} {} {}", record.payee, record.note, record.tags.join(" "));
    for part in &record.parts {
        text.push(' ');
        text.push_str(&part.note);
    }
    words_of(&text)
}

/// The longest word kept, in characters: a database can only index so much.
const WORD_MAX: usize = 40;

/// Runs of letters and digits, without regard to case, the first [`WORD_MAX`] characters of each.
pub fn words_of(text: &str) -> BTreeSet<String> {
    let key = name_key(text);
    let words = key.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| word.chars().take(WORD_MAX).collect()).collect()
}

/// A value in the query of a URL: all but the unreserved characters (RFC 3986, section 2.3) and `/`, which a query
/// may hold as it is, are percent-encoded.
pub fn escaped(text: &str) -> String {
    use std::fmt::Write;
    let mut url = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            url.push(char::from(byte));
        } else {
            let _ = write!(url, "%{byte:02X}");
        }
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_survives_its_url() {
        let filter = Filter {
            search: "50% off & more".into(),
            from: "2026-01-01".parse().ok(),
            kind: Some(Kind::Income),
            category: Some(CategoryChoice::Without),
            payee: Some("Tea & Co".into()),
            tag: Some("गोवा".into()),
            without_rate: true,
            ..Filter::default()
        };
        let pairs = filter.pairs();
        let read =
            Filter::from_query(|name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str()));
        assert_eq!(read, filter);
        assert!(filter.url().starts_with(
            "/records?q=50%25%20off%20%26%20more&from=2026-01-01&kind=income&category=none&payee=Tea%20%26%20Co&tag=%E0"
        ));
    }

    #[test]
    fn a_category_with_all_below_it_survives_its_url() {
        let filter = Filter::default().under_category(CategoryId::NIL);
        assert_eq!(filter.url(), "/records?category=under-00000000-0000-0000-0000-000000000000");
        let read =
            Filter::from_query(|name| (name == "category").then_some("under-00000000-0000-0000-0000-000000000000"));
        assert_eq!(read, filter);
    }

    #[test]
    fn a_search_splits_words_and_keeps_amounts_whole() {
        for (search, words) in [
            ("7-Eleven", vec!["7", "eleven"]),
            ("Dr. Müller", vec!["dr", "müller"]),
            ("₹1,250.00", vec!["1,250.00"]),
            ("1.250,00 €", vec!["1.250,00"]),
            ("(450),", vec!["450"]),
            ("3x 12/24", vec!["3x", "12", "24"]),
            ("₹ - !", vec![]),
        ] {
            assert_eq!(Filter { search: search.into(), ..Filter::default() }.words(), words, "{search}");
        }
    }

    #[test]
    fn an_amount_is_found_in_either_way_to_write_it() {
        let said = |word| amount_said(word, Currency::INR).map(|money| money.minor);
        for (word, minor) in
            [("1,250.00", 125_000), ("1.250,00", 125_000), ("12,5", 1250), ("12.5", 1250), ("1,00,000", 10_000_000)]
        {
            assert_eq!(said(word), Some(minor), "{word}");
        }
        assert_eq!((said("eleven"), said("0")), (None, None));
    }

    #[test]
    fn nonsense_in_the_url_counts_as_not_given() {
        assert_eq!(Filter::from_query(|_| Some("nonsense' or 1=1")).kind, None);
        assert_eq!(Filter::default().url(), "/records");
    }
}
