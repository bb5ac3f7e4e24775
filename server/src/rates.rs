//! Rates of currencies, read once a day from a source in the form of the European Central Bank: one day, and how many
//! units of each currency one euro was worth on it.

use std::time::Duration;

use backend::Backend;
use reqwest::Client;
use reqwest::redirect::Policy;

use crate::answers::at_most;
use crate::config::ConfigError;
use crate::heard::rates;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// The longest answer that is read, in bytes; the real one has two thousand.
const LONGEST: usize = 256 * 1024;

pub struct RatesSource {
    client: Client,
    url: String,
}

/// Why there are no new rates. Those that are known stay.
#[derive(Debug, thiserror::Error)]
pub enum RatesError {
    #[error("the source of rates cannot be reached or does not answer well")]
    Unreachable(#[from] reqwest::Error),
    #[error("the answer of the source is too long")]
    TooLong,
    #[error("the answer is not in the form of the European Central Bank")]
    NotRates,
    #[error(transparent)]
    Kept(#[from] backend::Error),
}

impl RatesSource {
    pub fn new(url: &str) -> Result<Self, ConfigError> {
        let client = Client::builder()
            .timeout(PATIENCE)
            // The operator named this address and no other.
            .redirect(Policy::none())
            .build()
            .map_err(|error| ConfigError(format!("server.rates_url: {error}")))?;
        Ok(Self { client, url: url.to_owned() })
    }

    /// Asks the source and keeps what it says.
    pub async fn read_into(&self, backend: &Backend) -> Result<(), RatesError> {
        let answer = self.client.get(&self.url).send().await?.error_for_status()?;
        let body = at_most(LONGEST, answer).await?.ok_or(RatesError::TooLong)?;
        let text = String::from_utf8(body).map_err(|_| RatesError::NotRates)?;
        let (day, per_euro) = rates::read(&text).ok_or(RatesError::NotRates)?;
        backend::rates::keep_source(backend, day, &per_euro).await?;
        tracing::info!(%day, currencies = per_euro.len(), "rates were read");
        Ok(())
    }
}
