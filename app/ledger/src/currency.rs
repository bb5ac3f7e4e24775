//! Currencies of ISO 4217, with the number of digits that each keeps after the decimal sign.

use std::cmp::Ordering;
use std::str::FromStr;

use iso_currency::IntoEnumIterator;
use serde::{Deserialize, Serialize};

/// A currency that money is kept in: funds, metals and test codes are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// The first one in order.
    pub(crate) const FIRST: Self = Self(iso_currency::Currency::AED);
    pub const INR: Self = Self(iso_currency::Currency::INR);
    pub const USD: Self = Self(iso_currency::Currency::USD);
    pub const EUR: Self = Self(iso_currency::Currency::EUR);
    pub const JPY: Self = Self(iso_currency::Currency::JPY);
    pub const BHD: Self = Self(iso_currency::Currency::BHD);

    /// The three letters of ISO 4217, such as `INR`.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// The English name, such as "Indian rupee".
    pub fn name(self) -> String {
        self.0.name().to_owned()
    }

    /// The sign put beside an amount: `₹`, or the code where there is no sign that is in use (Unicode CLDR has
    /// none for the Swiss franc), or where it is written from right to left and would reorder the digits.
    pub fn symbol(self) -> String {
        let symbol = self.0.symbol().symbol;
        let unused = symbol.is_empty() || symbol == "¤" || self.code() == "CHF";
        let right_to_left = symbol.contains(|c| ('\u{590}'..='\u{8ff}').contains(&c));
        if unused || right_to_left { self.code().to_owned() } else { symbol }
    }

    /// Digits after the decimal sign (ISO 4217 exponent): JPY 0, INR 2, BHD 3.
    pub fn exponent(self) -> u32 {
        self.0.exponent().map_or(0, u32::from)
    }

    /// Every currency that can be chosen, by code.
    pub fn all() -> Vec<Self> {
        let mut all: Vec<Self> = iso_currency::Currency::iter().filter_map(Self::spendable).collect();
        all.sort();
        all
    }

    /// The currency of a country (ISO 3166-1 alpha-2), such as `IN`.
    pub fn of_country(country: &str) -> Option<Self> {
        let country = iso_currency::Country::from_str(&country.to_ascii_uppercase()).ok()?;
        iso_currency::Currency::from_country(country).into_iter().find_map(Self::spendable)
    }

    fn spendable(currency: iso_currency::Currency) -> Option<Self> {
        let kept = !currency.is_fund() && !currency.is_special() && currency.is_superseded().is_none();
        (kept && currency.exponent().is_some()).then_some(Self(currency))
    }
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Choose a currency")]
pub struct UnknownCurrency;

impl FromStr for Currency {
    type Err = UnknownCurrency;
    fn from_str(code: &str) -> Result<Self, UnknownCurrency> {
        iso_currency::Currency::from_code(code.trim()).and_then(Self::spendable).ok_or(UnknownCurrency)
    }
}

impl TryFrom<String> for Currency {
    type Error = UnknownCurrency;
    fn try_from(code: String) -> Result<Self, UnknownCurrency> {
        code.parse()
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

impl PartialOrd for Currency {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Currency {
    fn cmp(&self, other: &Self) -> Ordering {
        self.code().cmp(other.code())
    }
}

impl std::fmt::Display for Currency {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponents_are_those_of_iso_4217() {
        for (code, digits) in [("JPY", 0), ("INR", 2), ("USD", 2), ("BHD", 3), ("KWD", 3)] {
            assert_eq!(code.parse::<Currency>().map(Currency::exponent), Ok(digits), "{code}");
        }
    }

    #[test]
    fn signs_are_those_in_use_and_never_reorder_the_digits() {
        for (code, sign) in [("INR", "₹"), ("EUR", "€"), ("CHF", "CHF"), ("AED", "AED"), ("PLN", "zł")] {
            assert_eq!(code.parse::<Currency>().map(Currency::symbol).as_deref(), Ok(sign), "{code}");
        }
    }

    #[test]
    fn only_money_can_be_chosen() {
        for code in ["XAU", "XTS", "CLF", "UYW", "inr", "", "ABC"] {
            assert_eq!(code.parse::<Currency>(), Err(UnknownCurrency), "{code}");
        }
        assert!(Currency::all().contains(&Currency::INR));
        assert_eq!(Currency::of_country("IN"), Some(Currency::INR));
    }
}
