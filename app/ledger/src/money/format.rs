//! How a person of a locale writes numbers.

use serde::{Deserialize, Serialize};

use super::Money;
use crate::currency::Currency;
use crate::rates::Rate;

/// The decimal sign, the group sign and the grouping of a locale (Unicode CLDR, the common ones).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberFormat {
    pub decimal: char,
    pub group: char,
    /// Groups of two above the thousands: 1,00,000.
    pub indian: bool,
    /// The sign follows the number: 12,50 €.
    pub symbol_after: bool,
}

const ENGLISH: NumberFormat = NumberFormat { decimal: '.', group: ',', indian: false, symbol_after: false };
const GERMAN: NumberFormat = NumberFormat { decimal: ',', group: '.', indian: false, symbol_after: true };
/// Sizes that a short amount is counted in, largest first, with their letters: crore, lakh, thousand.
const INDIAN_UNITS: [(u64, &str); 3] = [(10_000_000, "Cr"), (100_000, "L"), (1_000, "K")];
const UNITS: [(u64, &str); 3] = [(1_000_000_000, "B"), (1_000_000, "M"), (1_000, "K")];
const NO_BREAK_SPACE: char = '\u{a0}';

impl NumberFormat {
    /// The format of a BCP 47 tag such as `en-IN`; English where the language is not known.
    pub fn of(locale: &str) -> Self {
        let tag = locale.to_ascii_lowercase();
        let mut parts = tag.split(['-', '_']);
        let language = parts.next().unwrap_or_default();
        let region = parts.next_back().unwrap_or_default();
        match (language, region) {
            (_, "in") | ("hi" | "bn" | "gu" | "kn" | "ml" | "mr" | "pa" | "ta" | "te", _) => {
                Self { indian: true, ..ENGLISH }
            }
            ("de" | "fr" | "it", "ch") => Self { group: '’', ..ENGLISH },
            ("es", "mx" | "us" | "gt" | "hn" | "sv" | "ni" | "pa" | "pe" | "do" | "pr" | "419") => ENGLISH,
            ("pt", "br") | ("nl" | "tr" | "id", _) | ("es", "ar" | "bo" | "cl" | "co" | "ec" | "py" | "uy" | "ve") => {
                Self { symbol_after: false, ..GERMAN }
            }
            ("de" | "es" | "it" | "pt" | "da" | "el" | "ro", _) => GERMAN,
            ("fr" | "ru" | "uk" | "pl" | "cs" | "sk" | "sv" | "nb" | "nn" | "no" | "fi" | "hu" | "bg", _) => {
                Self { group: NO_BREAK_SPACE, ..GERMAN }
            }
            _ => ENGLISH,
        }
    }

    /// The number with its currency sign: `₹1,00,000.00`, `−12,50 €`.
    pub fn money(self, money: Money) -> String {
        self.with_signs(money, &self.digits(money))
    }

    /// A short form for where there is little room, cut to two decimals: `₹1.2L`, `1,25M €`, `$0.50`.
    pub fn brief(self, money: Money) -> String {
        let scale = 10_u64.pow(money.currency.exponent());
        let minor = money.minor.unsigned_abs();
        let units = if self.indian { INDIAN_UNITS } else { UNITS };
        match units.into_iter().find(|(size, _)| minor / scale >= *size) {
            Some((size, letter)) => {
                let unit = size * scale;
                let mut number = self.grouped(minor / unit);
                let decimals = format!("{:02}", minor % unit * 100 / unit);
                let decimals = decimals.trim_end_matches('0');
                if !decimals.is_empty() {
                    number.push(self.decimal);
                    number.push_str(decimals);
                }
                number.push_str(letter);
                self.with_signs(money, &number)
            }
            None if minor.is_multiple_of(scale) => self.with_signs(money, &self.grouped(minor / scale)),
            None => self.money(money),
        }
    }

    /// What one unit of another currency is worth in `home`: six digits that matter, and at least the decimals of an
    /// amount: `₹9,000.00`, `₹83.2512`, `€0.0110302`.
    pub fn worth(self, rate: Rate, home: Currency) -> String {
        const DIGITS: u32 = 6;
        let ten_billionths = u64::try_from(i64::from(rate)).unwrap_or_default();
        let (length, least) = (ten_billionths.max(1).ilog10() + 1, home.exponent());
        let decimals = (10 + DIGITS).saturating_sub(length).clamp(least, 10);
        let unit = 10_u64.pow(10 - decimals);
        let (rounded, scale) = ((ten_billionths + unit / 2) / unit, 10_u64.pow(decimals));
        let mut number = self.grouped(rounded / scale);
        let fraction = format!("{:0width$}", rounded % scale, width = decimals as usize);
        let kept = fraction.trim_end_matches('0').len().max(least as usize);
        if decimals > 0 && kept > 0 {
            number.push(self.decimal);
            number.push_str(&fraction[..kept]);
        }
        self.with_signs(Money::new(1, home), &number)
    }

    /// The number with the currency sign and the sign of `money`.
    fn with_signs(self, money: Money, number: &str) -> String {
        let sign = if money.minor < 0 { "−" } else { "" };
        let symbol = money.currency.symbol();
        if self.symbol_after {
            format!("{sign}{number}{NO_BREAK_SPACE}{symbol}")
        } else if symbol.ends_with(char::is_alphabetic) {
            format!("{sign}{symbol}{NO_BREAK_SPACE}{number}")
        } else {
            format!("{sign}{symbol}{number}")
        }
    }

    /// The number alone, as a person would type it into a field: `1,00,000.00`.
    pub fn plain(self, money: Money) -> String {
        let sign = if money.minor < 0 { "-" } else { "" };
        format!("{sign}{}", self.digits(money))
    }

    /// The amount without its sign.
    fn digits(self, money: Money) -> String {
        use std::fmt::Write;
        let scale = 10_u64.pow(money.currency.exponent());
        let minor = money.minor.unsigned_abs();
        let mut text = self.grouped(minor / scale);
        if scale > 1 {
            let width = money.currency.exponent() as usize;
            text.push(self.decimal);
            let _ = write!(text, "{:0width$}", minor % scale);
        }
        text
    }

    /// How many there are of something: `2,551`.
    pub fn grouped(self, whole: u64) -> String {
        let digits = whole.to_string();
        let mut text = String::with_capacity(digits.len() * 2);
        for (index, digit) in digits.chars().enumerate() {
            let left = digits.len() - index;
            if index > 0 && self.breaks_before(left) {
                text.push(self.group);
            }
            text.push(digit);
        }
        text
    }

    /// Whether a group sign stands before the digit that has `left` digits from itself to the end.
    pub(super) fn breaks_before(self, left: usize) -> bool {
        if self.indian { left == 3 || (left > 3 && left % 2 == 1) } else { left.is_multiple_of(3) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_grouped_too() {
        for (locale, text) in [("en-IN", "1,25,510"), ("en-US", "125,510"), ("de-DE", "125.510")] {
            assert_eq!(NumberFormat::of(locale).grouped(125_510), text, "{locale}");
        }
    }

    #[test]
    fn amounts_are_written_the_way_of_the_locale() {
        let cases = [
            ("en-IN", 10_000_000, Currency::INR, "₹1,00,000.00"),
            ("en-IN", 123_456_789_012, Currency::INR, "₹1,23,45,67,890.12"),
            ("en-US", 123_456_789, Currency::USD, "$1,234,567.89"),
            ("de-DE", -125_000, Currency::EUR, "−1.250,00\u{a0}€"),
            ("fr-FR", 125_000, Currency::EUR, "1\u{a0}250,00\u{a0}€"),
            ("en", 26_684, Currency::USD, "$266.84"),
            ("en-IN", 0, Currency::INR, "₹0.00"),
            ("en-IN", -5, Currency::INR, "−₹0.05"),
            ("ja-JP", 1200, Currency::JPY, "¥1,200"),
            ("es-MX", 125_000, Currency::USD, "$1,250.00"),
            ("es-ES", 125_000, Currency::EUR, "1.250,00\u{a0}€"),
            ("nl-NL", 125_000, Currency::EUR, "€1.250,00"),
        ];
        for (locale, minor, currency, text) in cases {
            assert_eq!(NumberFormat::of(locale).money(Money::new(minor, currency)), text, "{locale}");
        }
    }

    #[test]
    fn short_amounts_are_counted_in_the_units_of_the_locale() {
        let cases = [
            ("en-IN", 0, Currency::INR, "₹0"),
            ("en-IN", 50, Currency::INR, "₹0.50"),
            ("en-IN", 50_000, Currency::INR, "₹500"),
            ("en-IN", 100_000, Currency::INR, "₹1K"),
            ("en-IN", 1_250_000, Currency::INR, "₹12.5K"),
            ("en-IN", 12_000_000, Currency::INR, "₹1.2L"),
            ("en-IN", 12_345_678_900, Currency::INR, "₹12.34Cr"),
            ("en-IN", -9_999_999, Currency::INR, "−₹99.99K"),
            ("en-US", 120_000_000, Currency::USD, "$1.2M"),
            ("en-US", 105_000, Currency::USD, "$1.05K"),
            ("de-DE", 125_000_000, Currency::EUR, "1,25M\u{a0}€"),
            ("ja-JP", 20_000, Currency::JPY, "¥20K"),
            ("en-US", i64::MAX, Currency::USD, "$92,233,720.36B"),
        ];
        for (locale, minor, currency, text) in cases {
            assert_eq!(NumberFormat::of(locale).brief(Money::new(minor, currency)), text, "{locale}");
        }
    }

    #[test]
    fn rates_have_the_digits_that_matter() {
        let cases = [
            ("en-IN", "9000", Currency::INR, "₹9,000.00"),
            ("en-IN", "83.2512345678", Currency::INR, "₹83.2512"),
            ("en-IN", "90.5", Currency::INR, "₹90.50"),
            ("en-IN", "1234567.891", Currency::INR, "₹12,34,567.89"),
            ("de-DE", "0,01103021", Currency::EUR, "0,0110302\u{a0}€"),
            ("en", "0.0000000001", Currency::USD, "$0.0000000001"),
            ("en", "99.99999951", Currency::USD, "$100.00"),
            ("ja-JP", "150.25", Currency::JPY, "¥150.25"),
            ("ja-JP", "150", Currency::JPY, "¥150"),
        ];
        for (locale, typed, home, text) in cases {
            let format = NumberFormat::of(locale);
            assert_eq!(Rate::parse(typed, format).map(|rate| format.worth(rate, home)).as_deref(), Ok(text));
        }
    }

    #[test]
    fn three_decimals_are_kept_where_the_currency_has_them() {
        assert_eq!(NumberFormat::of("en").plain(Money::new(1_234_567, Currency::BHD)), "1,234.567");
    }
}
