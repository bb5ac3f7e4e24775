//! The small words of the wire: money, days, names, and how forms call their fields.

use std::marker::PhantomData;

use chrono::NaiveDate;
use ledger::form::name_key;
use ledger::id::{AccountId, CategoryId};
use ledger::period::parse_day;
use ledger::records::Kind;
use ledger::{Book, Currency, FieldErrors, Money, NumberFormat};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;
use uuid::Uuid;

/// How numbers are written here, whatever the person's own signs are: `1234.50`.
pub fn format() -> NumberFormat {
    NumberFormat::of("en")
}

/// The amount alone: `1234.50`.
pub fn decimal(money: Money) -> String {
    format().plain(money).replace(',', "")
}

/// An exact amount.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Money)]
pub struct Sum {
    /// The decimal number, with as many digits as the currency has.
    #[schema(example = "12.50")]
    pub amount: String,
    /// The same in the smallest unit of the currency, such as cents or paise.
    #[schema(example = 1250)]
    pub minor: i64,
    /// ISO 4217.
    #[schema(example = "INR")]
    pub currency: String,
}

impl From<Money> for Sum {
    fn from(money: Money) -> Self {
        Self { amount: decimal(money), minor: money.minor, currency: money.currency.code().to_owned() }
    }
}

/// A decimal number, sent as a text: a JSON number would lose digits on its way.
#[derive(Clone, Debug, PartialEq, Eq, ToSchema)]
#[schema(value_type = String, example = "12.50", max_length = 64)]
pub struct Decimal(pub String);

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl Visitor<'_> for Text {
            type Value = Decimal;

            fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str("a text such as \"12.50\", as numbers lose digits")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Decimal, E> {
                if text.chars().count() > 64 {
                    Err(E::custom("this number is too long"))
                } else {
                    Ok(Decimal(text.to_owned()))
                }
            }
        }
        deserializer.deserialize_str(Text)
    }
}

/// A whole number, which JSON may also write as `12.0` (RFC 8259, section 6).
struct Whole(i64);

impl<'de> Deserialize<'de> for Whole {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Box::<RawValue>::deserialize(deserializer)?;
        whole_number(text.get()).map(Self).ok_or_else(|| D::Error::custom("send a whole number, not too large a one"))
    }
}

/// The number that a JSON text is. It is read here, as `serde_json` is now and then off by one in the last bit of a float.
#[expect(clippy::cast_possible_truncation, reason = "it is whole, and as small as a float is exact")]
fn whole_number(text: &str) -> Option<i64> {
    let float = || text.parse().ok().filter(|float: &f64| float.fract() == 0.0 && float.abs() < EXACT);
    text.parse().ok().or_else(|| float().map(|float| float as i64))
}

/// Below this each whole number is a float of its own.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Reads a whole number that may be left out.
///
/// # Errors
/// One that its type cannot hold.
pub fn whole<'de, T: TryFrom<i64>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    let number = Option::<Whole>::deserialize(deserializer)?;
    number.map(|number| T::try_from(number.0).map_err(|_| D::Error::custom("this number is out of range"))).transpose()
}

/// An object and never a list, which would be read as its fields in their order.
struct Object<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Fields<T> {
            type Value = T;

            fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<T, A::Error> {
                T::deserialize(MapAccessDeserializer::new(fields))
            }
        }
        deserializer.deserialize_map(Fields(PhantomData)).map(Self)
    }
}

/// Reads an object that may be left out.
pub fn object<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    Ok(Option::<Object<T>>::deserialize(deserializer)?.map(|object| object.0))
}

/// Reads a list of objects.
pub fn objects<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    Ok(Vec::<Object<T>>::deserialize(deserializer)?.into_iter().map(|object| object.0).collect())
}

/// Whole numbers that the document says the least and the most of: others cannot be read.
macro_rules! ranged {
    ($($(#[$doc:meta])* $name:ident $least:tt to $most:tt;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, ToSchema)]
        #[schema(value_type = i64, minimum = $least, maximum = $most)]
        pub struct $name(pub i64);

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let number = Whole::deserialize(deserializer)?.0;
                let words = || D::Error::custom(concat!("send a whole number from ", $least, " to ", $most));
                Some(number).filter(|number| ($least..=$most).contains(number)).map(Self).ok_or_else(words)
            }
        }
    )+};
}

ranged! {
    /// The smallest unit of a currency, such as cents or paise.
    Minor 1 to 999_999_999_999_999_i64;
    /// Of a thing, as it was read.
    Revision 0 to 9_007_199_254_740_991_i64;
    /// Whole percent.
    Percent 1 to 999_i64;
    /// How often.
    Times 1 to 999_i64;
}

/// An amount, said in one of two ways; both are taken where they say the same.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
pub struct SumInput {
    pub amount: Option<Decimal>,
    pub minor: Option<Minor>,
}

impl SumInput {
    /// As a form takes it. Neither gives an empty text, for which the form has words.
    ///
    /// # Errors
    /// A message beside `field` where both say different things.
    pub fn typed(&self, currency: Currency, field: &str) -> Result<String, FieldErrors> {
        let of_minor = self.minor.map(|minor| Money::new(minor.0, currency));
        match (&self.amount, of_minor) {
            (Some(text), Some(money)) if Money::parse(&text.0, currency, format()) != Ok(money) => {
                Err(FieldErrors::one(field, "`amount` and `minor` differ: send one of them"))
            }
            (Some(text), _) => Ok(text.0.clone()),
            (None, Some(money)) => Ok(decimal(money)),
            (None, None) => Ok(String::new()),
        }
    }
}

/// What was spent, earned or moved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = Kind)]
pub enum KindWord {
    #[default]
    Expense,
    Income,
    Transfer,
}

impl From<Kind> for KindWord {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Expense => Self::Expense,
            Kind::Income => Self::Income,
            Kind::Transfer => Self::Transfer,
        }
    }
}

impl From<KindWord> for Kind {
    fn from(kind: KindWord) -> Self {
        match kind {
            KindWord::Expense => Self::Expense,
            KindWord::Income => Self::Income,
            KindWord::Transfer => Self::Transfer,
        }
    }
}

/// The id of something to be made: the one that was sent, or else `made`.
///
/// # Errors
/// The id of no thing is refused.
pub fn id_or(sent: Option<Uuid>, made: Uuid) -> Result<Uuid, FieldErrors> {
    match sent {
        Some(id) if id.is_nil() => Err(FieldErrors::one("id", "Send another id, or none")),
        sent => Ok(sent.unwrap_or(made)),
    }
}

/// The account that is meant, by id or by name.
///
/// # Errors
/// A message beside `account` where none has this name.
pub fn account(book: &Book, id: Option<Uuid>, name: Option<&str>) -> Result<Option<AccountId>, FieldErrors> {
    let Some(name) = name.filter(|_| id.is_none()) else { return Ok(id.map(AccountId)) };
    let found = book.accounts.values().find(|known| name_key(&known.name) == name_key(name));
    let missing = || FieldErrors::one("account", "There is no account of this name");
    found.map(|known| Some(known.id)).ok_or_else(missing)
}

/// The same for a category.
///
/// # Errors
/// A message beside `category` where none has this name.
pub fn category(book: &Book, id: Option<Uuid>, name: Option<&str>) -> Result<Option<CategoryId>, FieldErrors> {
    let Some(name) = name.filter(|_| id.is_none()) else { return Ok(id.map(CategoryId)) };
    let found = book.categories.values().find(|known| name_key(&known.name) == name_key(name));
    let missing = || FieldErrors::one("category", "There is no category of this name");
    found.map(|known| Some(known.id)).ok_or_else(missing)
}

/// A day of a query.
///
/// # Errors
/// A message beside `field`.
pub fn day(asked: Option<&str>, field: &str) -> Result<Option<NaiveDate>, FieldErrors> {
    let read = |text: &str| parse_day(text).map_err(|error| FieldErrors::one(field, error.to_string()));
    asked.map(read).transpose()
}

/// A word of a query that goes to the database.
///
/// # Errors
/// A message beside `field` where it holds what no text of a book can hold.
pub fn word(asked: Option<String>, field: &str) -> Result<Option<String>, FieldErrors> {
    let hidden = |text: &String| text.chars().any(char::is_control) || text.len() > 500;
    match asked {
        Some(text) if hidden(&text) => Err(FieldErrors::one(field, "Send a shorter text without hidden characters")),
        asked => Ok(asked),
    }
}

/// An id as a form takes it; none is empty.
pub fn text<T: ToString>(id: Option<T>) -> String {
    id.map(|id| id.to_string()).unwrap_or_default()
}

/// Tells what was sent as null from what was not sent.
pub fn sent<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// A ticked box as a form takes it.
pub fn ticked(is_so: bool) -> String {
    if is_so { "on".to_owned() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_told_exactly_in_every_currency() {
        for (minor, currency, amount) in [
            (1_234_550, Currency::INR, "12345.50"),
            (-5, Currency::INR, "-0.05"),
            (1_000, Currency::JPY, "1000"),
            (9_007_199_254_740_993, Currency::BHD, "9007199254740.993"),
        ] {
            let sum = Sum::from(Money::new(minor, currency));
            assert_eq!((sum.amount.as_str(), sum.minor), (amount, minor));
        }
    }

    #[test]
    fn an_amount_is_said_in_one_way_or_in_two_that_agree() {
        let typed = |amount: Option<&str>, minor: Option<i64>| {
            SumInput { amount: amount.map(|text| Decimal(text.into())), minor: minor.map(Minor) }
                .typed(Currency::INR, "amount")
        };
        assert_eq!(typed(Some("12.50"), None), Ok("12.50".into()));
        assert_eq!(typed(None, Some(123_456_789)), Ok("1234567.89".into()));
        assert_eq!(typed(Some("12.5"), Some(1250)), Ok("12.5".into()));
        assert_eq!(typed(None, None), Ok(String::new()));
        assert!(typed(Some("12.5"), Some(125)).is_err());
        assert!(typed(Some("nonsense"), Some(125)).is_err());
    }
}
