//! Rates of currencies, read once a day from a source in the form of the European Central Bank: one day, and how many
//! units of each currency one euro was worth on it.

use std::time::Duration;

use backend::Backend;
use chrono::NaiveDate;
use ledger::rates::Rate;
use ledger::{Currency, NumberFormat};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use reqwest::Client;
use reqwest::redirect::Policy;

use crate::config::ConfigError;

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

/// Units of currencies for one euro, of one day.
pub type PerEuro = (NaiveDate, Vec<(Currency, Rate)>);

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
        let mut answer = self.client.get(&self.url).send().await?.error_for_status()?;
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await? {
            body.extend_from_slice(&chunk);
            if body.len() > LONGEST {
                return Err(RatesError::TooLong);
            }
        }
        let text = String::from_utf8(body).map_err(|_| RatesError::NotRates)?;
        let (day, per_euro) = read(&text).ok_or(RatesError::NotRates)?;
        backend::rates::keep_source(backend, day, &per_euro).await?;
        tracing::info!(%day, currencies = per_euro.len(), "rates were read");
        Ok(())
    }
}

/// Reads the day and its rates; currencies that nobody can choose are left out. `None` where any part is not as it
/// should be: rates that are half read would be worse than older ones.
pub fn read(xml: &str) -> Option<PerEuro> {
    let mut reader = Reader::from_str(xml);
    let (mut day, mut rates) = (None, Vec::new());
    loop {
        match reader.read_event().ok()? {
            Event::Eof => break,
            Event::Start(cube) | Event::Empty(cube) if cube.local_name().as_ref() == "Cube" => {
                if let Some(time) = attribute(&cube, "time") {
                    // A second day would be one of the past.
                    if day.is_some() {
                        break;
                    }
                    day = Some(time.parse::<NaiveDate>().ok()?);
                }
                if let (Some(code), Some(rate)) = (attribute(&cube, "currency"), attribute(&cube, "rate")) {
                    let rate = Rate::parse(&rate, NumberFormat::of("en")).ok()?;
                    rates.extend(code.parse::<Currency>().ok().map(|currency| (currency, rate)));
                }
            }
            _ => {}
        }
    }
    day.filter(|_| !rates.is_empty()).map(|day| (day, rates))
}

/// Days, codes and numbers hold nothing that XML escapes.
fn attribute(cube: &BytesStart<'_>, name: &str) -> Option<String> {
    Some(cube.try_get_attribute(name).ok()??.value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ECB: &str = include_str!("../tests/http/eurofxref-daily.xml");

    #[test]
    fn the_real_form_is_read_whole() {
        let (day, rates) = read(ECB).expect("rates");
        assert_eq!(day.to_string(), "2026-11-24");
        let of = |code: &str| rates.iter().find(|(currency, _)| currency.code() == code).map(|(_, rate)| *rate);
        assert_eq!(of("USD"), Rate::parse("1.0823", NumberFormat::of("en")).ok());
        assert_eq!((rates.len(), of("IDR").is_some(), of("XAU")), (7, true, None));
    }

    #[test]
    fn what_is_not_in_the_form_is_no_rates() {
        let spoiled = [
            ECB.replace("2026-11-24", "yesterday"),
            ECB.replace("1.0823", "about one"),
            ECB.replace("</gesmes:Envelope>", "</gesmes:"),
            "<html>Not found</html>".to_owned(),
            String::new(),
        ];
        for xml in spoiled {
            assert_eq!(read(&xml), None, "{xml}");
        }
    }
}
