//! What one unit of another currency is worth in the home currency: exact decimals, each with its day.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::currency::Currency;
use crate::form::FieldErrors;
use crate::money::{Money, NumberFormat};

/// A rate in ten-billionths: `83.25` is `832_500_000_000`. Always above zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct Rate(i64);

/// Digits that a rate keeps after the decimal sign.
const DIGITS: usize = 10;
const SCALE: i64 = 10_000_000_000;

/// A rate and the day that it is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DayRate {
    pub rate: Rate,
    pub on: NaiveDate,
}

/// The rates that a book knows, by currency and day.
pub type Rates = BTreeMap<(Currency, NaiveDate), Rate>;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RateError {
    #[error("Enter a rate such as 83.25")]
    NotANumber,
    #[error("Enter a rate above zero and below 900,000,000")]
    OutOfRange,
    #[error("Use at most ten digits after the decimal sign")]
    TooPrecise,
}

impl TryFrom<i64> for Rate {
    type Error = RateError;
    fn try_from(ten_billionths: i64) -> Result<Self, RateError> {
        let fits = ten_billionths > 0 && ten_billionths / SCALE < 900_000_000;
        if fits { Ok(Self(ten_billionths)) } else { Err(RateError::OutOfRange) }
    }
}

impl From<Rate> for i64 {
    fn from(rate: Rate) -> Self {
        rate.0
    }
}

impl Rate {
    /// A currency in itself.
    pub const ONE: Self = Self(SCALE);

    /// Reads `83.25` or, where decimals are written so, `83,25`. Nothing is rounded.
    ///
    /// # Errors
    /// Anything else, with what to do about it.
    pub fn parse(typed: &str, format: NumberFormat) -> Result<Self, RateError> {
        let typed = typed.trim();
        let sign = if typed.contains(format.decimal) { format.decimal } else { '.' };
        let (whole, fraction) = typed.split_once(sign).unwrap_or((typed, ""));
        let digits = |text: &str| text.bytes().all(|digit| digit.is_ascii_digit());
        if whole.len() + fraction.len() == 0 || !digits(whole) || !digits(fraction) {
            return Err(RateError::NotANumber);
        }
        let fraction = fraction.trim_end_matches('0');
        if fraction.len() > DIGITS {
            return Err(RateError::TooPrecise);
        }
        let text = format!("{whole}{fraction:0<DIGITS$}");
        text.parse::<i64>().map_err(|_| RateError::OutOfRange)?.try_into()
    }

    /// The number as a person would type it, with two digits after the decimal sign or as many as it has.
    pub fn text(self, format: NumberFormat) -> String {
        let fraction = format!("{:0DIGITS$}", self.0 % SCALE);
        let kept = fraction.trim_end_matches('0').len().max(2);
        format!("{}{}{}", self.0 / SCALE, format.decimal, &fraction[..kept])
    }

    /// What one unit of a currency is worth in another, from what one euro (or any third thing) is worth in
    /// each. Rounded half to even at the tenth digit; `None` where that is out of range.
    pub fn across(home: Self, foreign: Self) -> Option<Self> {
        let worth = half_even(i128::from(home.0) * i128::from(SCALE), foreign.0.into());
        i64::try_from(worth).ok()?.try_into().ok()
    }

    /// The amount in the home currency, rounded half to even at its last digit. `None` when it does not fit.
    pub fn convert(self, money: Money, home: Currency) -> Option<Money> {
        let (from, to) = (money.currency.exponent(), home.exponent());
        let shift = 10_i128.checked_pow(from.abs_diff(to))?;
        let product = i128::from(money.minor).checked_mul(self.0.into())?;
        let minor = if to >= from {
            half_even(product.checked_mul(shift)?, SCALE.into())
        } else {
            half_even(product, shift.checked_mul(SCALE.into())?)
        };
        Some(Money::new(i64::try_from(minor).ok()?, home))
    }
}

/// What is said where no rate is known up to the day that one is needed for.
pub fn none_known(currency: Currency, home: Currency) -> String {
    format!("No rate is known up to that day: enter what 1 {} is worth in {}", currency.code(), home.code())
}

/// Records of a currency that have no rate: they count as nothing in the home currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unrated {
    pub currency: Currency,
    /// Up to [`crate::bulk::MOST`] of all currencies together.
    pub count: i64,
    /// That of today, or the first one of a later day, once one is known.
    pub rate: Option<DayRate>,
}

/// The newest rates of a currency that are kept in the book, as typed there or with a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypedRates {
    pub currency: Currency,
    /// Newest first.
    pub rates: Vec<DayRate>,
    /// Whether there are older ones.
    pub has_more: bool,
}

/// A rate of a day as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RateForm {
    /// ISO 4217.
    pub currency: String,
    /// What one unit of it is worth in the home currency.
    pub rate: String,
    /// ISO 8601, as a date field gives it.
    pub day: String,
}

impl RateForm {
    /// # Errors
    /// Messages beside the fields, also beside a day after `today`: what is worth how much then, nobody knows yet.
    pub fn parse(&self, format: NumberFormat, today: NaiveDate) -> Result<(Currency, DayRate), FieldErrors> {
        let mut errors = FieldErrors::default();
        let currency = errors.take("currency", self.currency.parse());
        let rate = errors.take("rate", Rate::parse(&self.rate, format));
        let on = errors.take("day", crate::period::parse_day(&self.day));
        if on.is_some_and(|on| on > today) {
            errors.add("day", "Choose today or an earlier day");
        }
        match (currency, rate, on) {
            (Some(currency), Some(rate), Some(on)) => errors.into_result((currency, DayRate { rate, on })),
            _ => Err(errors),
        }
    }
}

/// The nearest whole number; of two that are as near, the even one.
fn half_even(over: i128, under: i128) -> i128 {
    let (whole, rest) = (over.div_euclid(under), over.rem_euclid(under));
    match (rest * 2).cmp(&under) {
        std::cmp::Ordering::Less => whole,
        std::cmp::Ordering::Greater => whole + 1,
        std::cmp::Ordering::Equal => whole + whole.rem_euclid(2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::AMOUNT_MAX;
    use proptest::prelude::*;

    fn rate(typed: &str) -> Rate {
        Rate::parse(typed, NumberFormat::of("en-IN")).expect("a rate")
    }

    #[test]
    fn rates_are_read_exactly_or_refused() {
        for (locale, typed, text) in [
            ("en-IN", "83.25", "83.25"),
            ("en-IN", " 83 ", "83.00"),
            ("en-IN", ".0000000001", "0.0000000001"),
            ("de-DE", "83,5", "83,50"),
            ("de-DE", "0.0121", "0,0121"),
        ] {
            let format = NumberFormat::of(locale);
            assert_eq!(Rate::parse(typed, format).map(|rate| rate.text(format)).as_deref(), Ok(text), "{typed}");
        }
        for (typed, error) in [
            ("", RateError::NotANumber),
            (".", RateError::NotANumber),
            ("1,000.5", RateError::NotANumber),
            ("-1", RateError::NotANumber),
            ("NaN", RateError::NotANumber),
            ("0", RateError::OutOfRange),
            ("900000000", RateError::OutOfRange),
            ("99999999999999999999", RateError::OutOfRange),
            ("0.00000000001", RateError::TooPrecise),
        ] {
            assert_eq!(Rate::parse(typed, NumberFormat::of("en-IN")), Err(error), "{typed}");
        }
    }

    #[test]
    fn amounts_are_converted_half_to_even_between_currencies_of_any_digits() {
        for (minor, from, typed, to, converted) in [
            (1_000, Currency::USD, "83.25", Currency::INR, 83_250),
            (1, Currency::USD, "0.5", Currency::INR, 0),
            (3, Currency::USD, "0.5", Currency::INR, 2),
            (5, Currency::USD, "0.5", Currency::INR, 2),
            (100, Currency::JPY, "0.5612", Currency::INR, 5612),
            (1_500, Currency::BHD, "2.65", Currency::USD, 398),
            (100, Currency::USD, "150.5", Currency::JPY, 150),
            (100, Currency::USD, "151.5", Currency::JPY, 152),
            (-100, Currency::USD, "83.25", Currency::INR, -8_325),
        ] {
            let money = Money::new(minor, from);
            assert_eq!(rate(typed).convert(money, to), Some(Money::new(converted, to)), "{minor} {from} at {typed}");
        }
        assert_eq!(rate("899999999").convert(Money::new(AMOUNT_MAX, Currency::JPY), Currency::BHD), None);
    }

    #[test]
    fn a_rate_is_typed_for_today_or_an_earlier_day() {
        let today = NaiveDate::from_ymd_opt(2028, 2, 29).expect("a day");
        for (day, is_taken) in
            [("2028-02-29", true), ("2027-03-01", true), ("2028-03-01", false), ("2099-01-01", false)]
        {
            let form = RateForm { currency: "USD".into(), rate: "83".into(), day: day.into() };
            match form.parse(NumberFormat::of("en-IN"), today) {
                Ok((_, known)) => assert!(is_taken && known.on.to_string() == day, "{day}"),
                Err(errors) => {
                    assert_eq!((errors.get("day"), is_taken), (Some("Choose today or an earlier day"), false), "{day}");
                }
            }
        }
    }

    #[test]
    fn a_cross_rate_is_what_two_rates_of_one_day_make() {
        assert_eq!(Rate::across(rate("98.1234"), rate("1.0823")), Some(rate("90.6619236810")));
        assert_eq!(Rate::across(Rate::ONE, rate("4")), Some(rate("0.25")));
        assert_eq!(Rate::across(rate("0.0000000001"), rate("3")), None);
        assert_eq!(Rate::across(rate("899999999"), rate("0.5")), None);
    }

    proptest! {
        #[test]
        fn a_rate_survives_its_text(ten_billionths in 1..9_000_000_000_000_000_000_i64 - SCALE, locale in prop_oneof!["en-IN", "de-DE", "fr-FR"]) {
            let format = NumberFormat::of(&locale);
            let rate = Rate::try_from(ten_billionths).expect("a rate");
            prop_assert_eq!(Rate::parse(&rate.text(format), format), Ok(rate));
        }

        #[test]
        fn what_is_converted_lies_within_half_a_unit(minor in 0..AMOUNT_MAX, ten_billionths in 1..90_000_000_000_000_i64) {
            let rate = Rate::try_from(ten_billionths).expect("a rate");
            if let Some(money) = rate.convert(Money::new(minor, Currency::USD), Currency::INR) {
                let off = i128::from(money.minor) * i128::from(SCALE) - i128::from(minor) * i128::from(ten_billionths);
                prop_assert!(off.abs() * 2 <= i128::from(SCALE));
            }
        }
    }
}
