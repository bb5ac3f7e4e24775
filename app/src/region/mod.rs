//! Countries, time zones and languages that a person can choose from.

#[cfg(feature = "hydrate")]
mod guess;
#[cfg(not(feature = "hydrate"))]
#[path = "guess_nothing.rs"]
mod guess;

use ledger::Currency;

use crate::ui::Choice;

pub use guess::guess;

/// ISO 3166-1 alpha-2 code and English name, by name.
const COUNTRIES: &str = include_str!("countries.tsv");
/// The country that a time zone is foremost of, and the zone (tz database).
const ZONES: &str = include_str!("zones.tsv");

/// What a browser tells about where a person is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Region {
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// ISO 4217.
    pub currency: String,
    pub time_zone: String,
    /// BCP 47.
    pub locale: String,
}

fn pairs(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().filter_map(|line| line.split_once('\t'))
}

pub fn countries() -> Vec<Choice> {
    pairs(COUNTRIES).map(|(code, name)| Choice::new(code, name)).collect()
}

/// `chosen` is among them even when it is an old name.
pub fn time_zones(chosen: &str) -> Vec<Choice> {
    let known = ["UTC"].into_iter().chain(pairs(ZONES).map(|(_, zone)| zone));
    let mut choices: Vec<Choice> = known.map(|zone| Choice::new(zone, zone.replace('_', " "))).collect();
    if !chosen.is_empty() && !choices.iter().any(|choice| choice.value == chosen) {
        choices.insert(0, Choice::new(chosen, chosen));
    }
    choices
}

pub fn currencies() -> Vec<Choice> {
    Currency::all().into_iter().map(|one| Choice::new(one.code(), format!("{} – {}", one.code(), one.name()))).collect()
}

/// Tag, name, and how a number looks there.
const LANGUAGES: [(&str, &str); 16] = [
    ("en-IN", "English (India): 1,00,000.00"),
    ("en-US", "English (United States): 100,000.00"),
    ("en-GB", "English (United Kingdom): 100,000.00"),
    ("en-AU", "English (Australia): 100,000.00"),
    ("hi-IN", "Hindi: 1,00,000.00"),
    ("ta-IN", "Tamil: 1,00,000.00"),
    ("de-DE", "German: 100.000,00"),
    ("de-CH", "German (Switzerland): 100’000.00"),
    ("fr-FR", "French: 100 000,00"),
    ("es-ES", "Spanish: 100.000,00"),
    ("it-IT", "Italian: 100.000,00"),
    ("nl-NL", "Dutch: 100.000,00"),
    ("pt-BR", "Portuguese (Brazil): 100.000,00"),
    ("pl-PL", "Polish: 100 000,00"),
    ("sv-SE", "Swedish: 100 000,00"),
    ("ja-JP", "Japanese: 100,000"),
];

/// `chosen` is among them whatever it is.
pub fn languages(chosen: &str) -> Vec<Choice> {
    let mut choices: Vec<Choice> = LANGUAGES.into_iter().map(|(tag, name)| Choice::new(tag, name)).collect();
    if !chosen.is_empty() && !choices.iter().any(|choice| choice.value == chosen) {
        choices.insert(0, Choice::new(chosen, chosen));
    }
    choices
}

impl Region {
    /// From the languages and the time zone that a browser names.
    pub fn of(language: &str, time_zone: &str) -> Self {
        let time_zone = match time_zone {
            "Asia/Calcutta" => "Asia/Kolkata",
            "Europe/Kiev" => "Europe/Kyiv",
            "Asia/Saigon" => "Asia/Ho_Chi_Minh",
            "Asia/Katmandu" => "Asia/Kathmandu",
            "Asia/Rangoon" => "Asia/Yangon",
            "Etc/UTC" | "" => "UTC",
            other => other,
        };
        let by_zone = pairs(ZONES).find(|(_, zone)| *zone == time_zone).map(|(country, _)| country.to_owned());
        let by_language =
            language.rsplit('-').next().filter(|part| part.len() == 2 && part.chars().all(|c| c.is_ascii_uppercase()));
        // Where one is tells more than how one's browser was set up.
        let country = by_zone.or_else(|| by_language.map(str::to_owned)).unwrap_or_else(|| "US".to_owned());
        let currency = Currency::of_country(&country).map_or("USD", Currency::code).to_owned();
        let locale = match (language, country.as_str()) {
            ("en" | "en-US", "IN") => "en-IN".to_owned(),
            ("en" | "", country) => format!("en-{country}"),
            (language, _) => language.to_owned(),
        };
        Self { country, currency, time_zone: time_zone.to_owned(), locale }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_in_india_means_rupees_and_lakhs() {
        let region = Region::of("en-US", "Asia/Calcutta");
        assert_eq!(
            region,
            Region {
                country: "IN".into(),
                currency: "INR".into(),
                time_zone: "Asia/Kolkata".into(),
                locale: "en-IN".into()
            }
        );
    }

    #[test]
    fn without_a_known_zone_the_language_tells_the_country() {
        assert_eq!(Region::of("de-AT", "").country, "AT");
        assert_eq!(Region::of("en", "Nowhere/Land").currency, "USD");
        assert_eq!(Region::of("fr-FR", "Europe/Paris").currency, "EUR");
    }

    #[test]
    fn an_old_zone_stays_choosable() {
        assert!(time_zones("US/Eastern").iter().any(|choice| choice.value == "US/Eastern"));
    }
}
