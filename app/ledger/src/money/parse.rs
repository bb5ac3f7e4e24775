//! Reading an amount as a person types it.

use super::{AMOUNT_MAX, Money, NumberFormat};
use crate::currency::Currency;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    #[error("Enter an amount such as 12.50")]
    NotANumber,
    #[error("Enter an amount above zero")]
    NotPositive,
    #[error("Use at most {digits} digits after the decimal sign")]
    TooPrecise { digits: u32 },
    #[error("Enter a whole amount: this currency has no smaller unit")]
    Whole,
    #[error("Enter an amount of at most 13 digits")]
    TooLarge,
}

impl Money {
    /// Reads `12.5`, `1,250.00`, `1,00,000`, `₹ 99` or a small sum such as `12+8.50`, by the signs of `format`.
    ///
    /// Digits are ASCII. Group signs must stand where the format (or groups of three) puts them, so that
    /// `12,50` is never taken for 1250. Where the decimal sign is a comma, a lone point that cannot be a
    /// group sign is taken as the decimal sign too, as number pads have only that one. Nothing is rounded.
    ///
    /// # Errors
    /// Anything else, with what to do about it. Zero is a number here; see [`Money::parse_positive`].
    pub fn parse(typed: &str, currency: Currency, format: NumberFormat) -> Result<Self, AmountError> {
        let text = typed.trim();
        let text = text.trim_start_matches(currency.code()).trim_end_matches(currency.code());
        let symbol = currency.symbol();
        let text = text.trim_start_matches(symbol.as_str()).trim_end_matches(symbol.as_str()).trim();
        let mut total: i64 = 0;
        for term in text.split('+') {
            let minor = term_minor(term.trim(), currency, format)?;
            total = total.checked_add(minor).filter(|total| *total <= AMOUNT_MAX).ok_or(AmountError::TooLarge)?;
        }
        Ok(Self::new(total, currency))
    }

    /// [`Money::parse`], and more than nothing.
    ///
    /// # Errors
    /// As for [`Money::parse`], and for zero.
    pub fn parse_positive(typed: &str, currency: Currency, format: NumberFormat) -> Result<Self, AmountError> {
        let money = Self::parse(typed, currency, format)?;
        if money.minor > 0 { Ok(money) } else { Err(AmountError::NotPositive) }
    }
}

fn term_minor(term: &str, currency: Currency, format: NumberFormat) -> Result<i64, AmountError> {
    if let Some(positive) = term.strip_prefix(['-', '−']) {
        return Err(term_minor(positive, currency, format).err().unwrap_or(AmountError::NotPositive));
    }
    let (whole, fraction) = match term.split_once(decimal_sign(term, format)) {
        Some((_, "")) => return Err(AmountError::NotANumber),
        Some((whole, fraction)) => (whole, fraction),
        None => (term, ""),
    };
    let whole = if whole.is_empty() && !fraction.is_empty() { "0".to_owned() } else { ungrouped(whole, format)? };
    if !fraction.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(AmountError::NotANumber);
    }
    let exponent = currency.exponent();
    if fraction.len() > exponent as usize {
        return Err(if exponent == 0 { AmountError::Whole } else { AmountError::TooPrecise { digits: exponent } });
    }
    let digits = format!("{whole}{fraction:0<width$}", width = exponent as usize);
    let digits = digits.trim_start_matches('0');
    if digits.len() > 15 {
        return Err(AmountError::TooLarge);
    }
    Ok(if digits.is_empty() { 0 } else { digits.parse().map_err(|_| AmountError::NotANumber)? })
}

/// The format's own sign, or a lone point that cannot be a group sign.
fn decimal_sign(term: &str, format: NumberFormat) -> char {
    let lone_point = term.matches('.').count() == 1
        && !term.contains(format.decimal)
        && term.split('.').nth(1).is_some_and(|after| after.len() != 3);
    if lone_point { '.' } else { format.decimal }
}

/// The whole part without its group signs, which must stand in their places.
fn ungrouped(whole: &str, format: NumberFormat) -> Result<String, AmountError> {
    let is_group = |c: char| c == format.group || c.is_whitespace() || (format.group == '’' && c == '\'');
    let digits: String = whole.chars().filter(|c| !is_group(*c)).collect();
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(AmountError::NotANumber);
    }
    let signs: Vec<usize> = {
        let mut left = digits.len();
        let mut places = Vec::new();
        for c in whole.chars() {
            if is_group(c) { places.push(left) } else { left -= 1 }
        }
        places
    };
    let fits = |format: NumberFormat| {
        let wanted: Vec<usize> = (1..digits.len()).rev().filter(|left| format.breaks_before(*left)).collect();
        signs == wanted
    };
    // `0,500` is no thousands: it was meant as a fraction, in another country's signs.
    if !signs.is_empty() && digits.starts_with('0') {
        return Err(AmountError::NotANumber);
    }
    let thousands = NumberFormat { indian: false, ..format };
    let lakhs = NumberFormat { indian: true, ..format };
    if signs.is_empty() || fits(thousands) || fits(lakhs) { Ok(digits) } else { Err(AmountError::NotANumber) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(locale: &str, typed: &str) -> Result<i64, AmountError> {
        Money::parse(typed, Currency::INR, NumberFormat::of(locale)).map(|money| money.minor)
    }

    #[test]
    fn amounts_are_read_the_way_people_type_them() {
        let cases = [
            ("en-IN", "12.5", 1250),
            ("en-IN", "12", 1200),
            ("en-IN", " ₹ 1,00,000 ", 10_000_000),
            ("en-IN", "INR 99", 9900),
            ("en-US", "1,00,000.00", 10_000_000),
            ("en-IN", "1,250.00", 125_000),
            ("de-DE", "1.250,00", 125_000),
            ("de-DE", "12.5", 1250),
            ("de-DE", "1.250", 125_000),
            ("fr-FR", "1 250,5", 125_050),
            ("en-IN", "12+8.50", 2050),
            ("en-IN", "12 + 8.50 + 1,000", 102_050),
            ("en-IN", ".5", 50),
            ("en-IN", "007", 700),
            ("en-IN", "0", 0),
        ];
        for (locale, typed, minor) in cases {
            assert_eq!(parse(locale, typed), Ok(minor), "{locale} {typed}");
        }
    }

    #[test]
    fn anything_else_is_refused_and_never_guessed() {
        let nonsense = [
            "",
            " ",
            "abc",
            "NaN",
            "nan",
            "inf",
            "Infinity",
            "1e309",
            "1e5",
            "0x10",
            "１２３",
            "١٢",
            "12..3",
            "1,2,3",
            "12,50",
            "1.234,56",
            "--",
            "5-",
            "(5.00)",
            "£5",
            "12+",
            "+5",
            "12++1",
            "1,0000",
            ",5",
            "5,",
            "5.",
            "1_000",
            "0,500",
            "00,500",
            "12;3",
        ];
        for typed in nonsense {
            assert_eq!(parse("en-IN", typed), Err(AmountError::NotANumber), "{typed}");
        }
        for typed in ["-5", "−5", "-0.01", "12+-5"] {
            assert_eq!(parse("en-IN", typed), Err(AmountError::NotPositive), "{typed}");
        }
        assert_eq!(parse("en-IN", "1.005"), Err(AmountError::TooPrecise { digits: 2 }));
        assert_eq!(Money::parse("1.5", Currency::JPY, NumberFormat::of("ja")), Err(AmountError::Whole));
    }

    #[test]
    fn a_fraction_in_the_signs_of_another_country_is_never_taken_for_thousands() {
        assert_eq!(parse("de-DE", "0.500"), Err(AmountError::NotANumber));
        assert_eq!(parse("de-DE", "0,50"), Ok(50));
        assert_eq!(parse("es-MX", "1,250.00"), Ok(125_000));
    }

    #[test]
    fn huge_amounts_are_refused_and_the_largest_is_exact() {
        assert_eq!(parse("en-IN", "9999999999999.99"), Ok(AMOUNT_MAX));
        for typed in ["10000000000000", "99999999999999999999999999", "9999999999999.99+0.01"] {
            assert_eq!(parse("en-IN", typed), Err(AmountError::TooLarge), "{typed}");
        }
    }

    #[test]
    fn a_record_of_nothing_is_refused() {
        let format = NumberFormat::of("en");
        assert_eq!(Money::parse_positive("0.00", Currency::INR, format), Err(AmountError::NotPositive));
    }
}
