//! How a book is kept, as typed in the settings.

use chrono::Weekday;
use serde::{Deserialize, Serialize};

use super::forms::planned_income;
use crate::form::FieldErrors;
use crate::{Currency, Money, NumberFormat};

/// What a book's settings hold before they are read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BookForm {
    /// ISO 4217.
    pub currency: String,
    /// One of [`WEEK_STARTS`].
    pub week_start: String,
    /// What is planned to come in each month; empty or `0` for no plan.
    pub income: String,
}

/// How the book shall be kept. Whether its currency may still change is known on the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookChange {
    pub currency: Currency,
    pub week_start: Weekday,
    /// Above zero and in `currency`. Never a record.
    pub income: Option<Money>,
}

/// The days that a week may begin with, by the words that are sent and stored.
pub const WEEK_STARTS: [(&str, Weekday); 3] =
    [("monday", Weekday::Mon), ("sunday", Weekday::Sun), ("saturday", Weekday::Sat)];

/// The word of a day that a week begins with.
pub fn week_start_word(day: Weekday) -> &'static str {
    WEEK_STARTS.iter().find(|(_, known)| *known == day).map_or("monday", |(word, _)| word)
}

impl BookForm {
    /// `format` tells how the person writes numbers.
    ///
    /// # Errors
    /// A message for each field that must be mended.
    pub fn parse(&self, format: NumberFormat) -> Result<BookChange, FieldErrors> {
        let mut errors = FieldErrors::default();
        let currency = errors.take("currency", self.currency.parse::<Currency>());
        let week_start = WEEK_STARTS.iter().find(|(word, _)| *word == self.week_start.trim()).map(|(_, day)| *day);
        if week_start.is_none() {
            errors.add("week_start", "Choose Monday, Sunday or Saturday");
        }
        let income =
            currency.and_then(|currency| errors.take("income", planned_income(&self.income, currency, format)));
        match (currency, week_start, income) {
            (Some(currency), Some(week_start), Some(income)) => Ok(BookChange { currency, week_start, income }),
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(currency: &str, week_start: &str, income: &str) -> Result<BookChange, FieldErrors> {
        let form = BookForm { currency: currency.into(), week_start: week_start.into(), income: income.into() };
        form.parse(NumberFormat::of("en-IN"))
    }

    #[test]
    fn a_plan_of_nothing_is_no_plan() {
        for nothing in ["", " ", "0", "0.00"] {
            assert_eq!(typed("INR", "monday", nothing).map(|change| change.income), Ok(None), "{nothing:?}");
        }
        let change = typed("JPY", "saturday", "3,00,000").expect("a change");
        assert_eq!(change.income, Some(Money::new(300_000, Currency::JPY)));
        assert_eq!(change.week_start, Weekday::Sat);
    }

    #[test]
    fn what_is_wrong_is_said_beside_each_field() {
        let errors = typed("ABC", "friday", "").expect_err("errors");
        assert!(errors.get("currency").is_some() && errors.get("week_start").is_some());
        for bad in ["-5", "nan", "1.5.5", "99999999999999999"] {
            assert!(typed("INR", "sunday", bad).expect_err("errors").get("income").is_some(), "{bad}");
        }
    }

    #[test]
    fn each_day_has_a_word_that_the_form_takes() {
        for (word, day) in WEEK_STARTS {
            assert_eq!(typed("INR", week_start_word(day), "").map(|change| change.week_start), Ok(day), "{word}");
        }
    }
}
