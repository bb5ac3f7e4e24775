//! A rate of a day as forms send it.

use ledger::Currency;
use ledger::rates::DayRate;
use ledger::record_form::rate_day;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use crate::error::AppError;

/// What one unit of a currency is worth, and since when.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RateChoice {
    /// ISO 4217.
    pub currency: String,
    /// As [`ledger::record_form::rate_day`] writes it.
    pub rate: String,
}

impl RateChoice {
    pub fn of(currency: Currency, rate: DayRate) -> Self {
        Self { currency: currency.code().to_owned(), rate: rate_day(rate) }
    }

    /// By the names of a form.
    pub fn fields(&self) -> Vec<(String, String)> {
        vec![("currency".to_owned(), self.currency.clone()), ("rate".to_owned(), self.rate.clone())]
    }

    /// # Errors
    /// [`AppError::NotFound`], as only what a page offered is sent.
    #[cfg(feature = "ssr")]
    pub fn read(&self) -> Result<(Currency, DayRate), AppError> {
        let currency = self.currency.parse().map_err(|_| AppError::NotFound)?;
        Ok((currency, ledger::record_form::read_rate_day(&self.rate).ok_or(AppError::NotFound)?))
    }
}
