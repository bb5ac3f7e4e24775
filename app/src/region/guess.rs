//! From what a browser says about itself to where a person probably is.

use ledger::Currency;
use ledger::languages::wanted;
use serde::{Deserialize, Serialize};

use super::{COUNTRIES, ZONES, pairs};

/// A language and the country where most of its speakers live (Unicode CLDR, likely subtags).
const LANGUAGES: &str = include_str!("languages.tsv");

/// Names that browsers still use, and what they are called now.
const FORMER_ZONES: [(&str, &str); 16] = [
    ("", "UTC"),
    ("Etc/UTC", "UTC"),
    ("Africa/Asmera", "Africa/Asmara"),
    ("America/Buenos_Aires", "America/Argentina/Buenos_Aires"),
    ("America/Coral_Harbour", "America/Atikokan"),
    ("America/Godthab", "America/Nuuk"),
    ("America/Indianapolis", "America/Indiana/Indianapolis"),
    ("America/Louisville", "America/Kentucky/Louisville"),
    ("Asia/Calcutta", "Asia/Kolkata"),
    ("Asia/Katmandu", "Asia/Kathmandu"),
    ("Asia/Rangoon", "Asia/Yangon"),
    ("Asia/Saigon", "Asia/Ho_Chi_Minh"),
    ("Atlantic/Faeroe", "Atlantic/Faroe"),
    ("Europe/Kiev", "Europe/Kyiv"),
    ("Pacific/Ponape", "Pacific/Pohnpei"),
    ("Pacific/Truk", "Pacific/Chuuk"),
];

/// Where a person seems to be, and what follows from it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Region {
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// ISO 4217.
    pub currency: String,
    pub time_zone: String,
    /// BCP 47.
    pub locale: String,
}

impl Region {
    /// From the language and the time zone that a browser names.
    pub fn of(language: &str, time_zone: &str) -> Self {
        let former = FORMER_ZONES.iter().find(|(former, _)| *former == time_zone);
        let time_zone = former.map_or(time_zone, |(_, now)| now);
        let by_zone = pairs(ZONES).find(|(_, zone)| *zone == time_zone).map(|(country, _)| country);
        // Where one is tells more than how one's browser was set up.
        let country = by_zone.map(str::to_owned).or_else(|| country_of(language)).unwrap_or_else(|| "US".to_owned());
        Self::at(country, time_zone, language)
    }

    /// From an `Accept-Language` such as `en-IN,en;q=0.8,hi;q=0.6`: the first language that names a country tells
    /// where, and the capital's time zone stands for the country's.
    pub fn of_languages(accepted: &str) -> Self {
        let tags = wanted(accepted);
        let Some(best) = tags.first() else { return Self::at("US".to_owned(), "UTC", "en-US") };
        let named = tags.iter().find_map(|tag| country_of(tag));
        let country = named.or_else(|| tags.iter().find_map(|tag| likely_country(tag)));
        let country = country.unwrap_or_else(|| "US".to_owned());
        let zone = pairs(ZONES).find(|(of, _)| *of == country).map_or("UTC", |(_, zone)| zone);
        Self::at(country, zone, best)
    }

    fn at(country: String, time_zone: &str, language: &str) -> Self {
        let currency = Currency::of_country(&country).map_or("USD", Currency::code).to_owned();
        let locale = match language {
            "" | "en" => format!("en-{country}"),
            "en-US" if country == "IN" => "en-IN".to_owned(),
            // The list of languages has `de-DE`, for one.
            plain if !plain.contains('-') && likely_country(plain).as_ref() == Some(&country) => {
                format!("{plain}-{country}")
            }
            whole => whole.to_owned(),
        };
        Self { country, currency, time_zone: time_zone.to_owned(), locale }
    }

    /// "India · INR · Asia/Kolkata".
    pub fn words(country: &str, currency: &str, time_zone: &str) -> String {
        let name = pairs(COUNTRIES).find(|(code, _)| *code == country).map_or(country, |(_, name)| name);
        [name, currency, &time_zone.replace('_', " ")].join(" · ")
    }
}

/// The country that a tag names: `AT` of `de-AT`.
fn country_of(tag: &str) -> Option<String> {
    let part = tag.split('-').skip(1).find(|part| part.len() == 2)?.to_uppercase();
    pairs(COUNTRIES).any(|(code, _)| code == part).then_some(part)
}

fn likely_country(tag: &str) -> Option<String> {
    let language = tag.split('-').next()?;
    pairs(LANGUAGES).find(|(known, _)| *known == language).map(|(_, country)| country.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn region(country: &str, currency: &str, time_zone: &str, locale: &str) -> Region {
        Region {
            country: country.into(),
            currency: currency.into(),
            time_zone: time_zone.into(),
            locale: locale.into(),
        }
    }

    #[test]
    fn a_browser_in_india_means_rupees_and_lakhs() {
        assert_eq!(Region::of("en-US", "Asia/Calcutta"), region("IN", "INR", "Asia/Kolkata", "en-IN"));
    }

    #[test]
    fn without_a_known_zone_the_language_tells_the_country() {
        assert_eq!(Region::of("de-AT", "").country, "AT");
        assert_eq!(Region::of("en", "Nowhere/Land").currency, "USD");
        assert_eq!(Region::of("fr-FR", "Europe/Paris").currency, "EUR");
        assert_eq!(Region::of("en-US", "Europe/Stockholm").currency, "SEK");
    }

    #[test]
    fn the_languages_of_a_request_tell_country_currency_and_the_zone_of_the_capital() {
        for (accepted, expected) in [
            ("en-IN,en;q=0.9,hi;q=0.8", region("IN", "INR", "Asia/Kolkata", "en-IN")),
            ("de-AT", region("AT", "EUR", "Europe/Vienna", "de-AT")),
            ("en-us", region("US", "USD", "America/New_York", "en-US")),
            ("en-CA, fr-CA;q=0.7", region("CA", "CAD", "America/Toronto", "en-CA")),
            ("en-AU", region("AU", "AUD", "Australia/Sydney", "en-AU")),
            ("pt-BR,pt;q=0.9", region("BR", "BRL", "America/Sao_Paulo", "pt-BR")),
            ("ru", region("RU", "RUB", "Europe/Moscow", "ru-RU")),
            ("sv", region("SE", "SEK", "Europe/Stockholm", "sv-SE")),
            ("zh-Hant-TW,zh;q=0.9", region("TW", "TWD", "Asia/Taipei", "zh-Hant-TW")),
            // The language that is wanted most is kept; one that is wanted less may tell where.
            ("en,de-CH;q=0.5", region("CH", "CHF", "Europe/Zurich", "en-CH")),
            ("fr-FR;q=0.5, ja-JP", region("JP", "JPY", "Asia/Tokyo", "ja-JP")),
            ("hi", region("IN", "INR", "Asia/Kolkata", "hi-IN")),
            ("", region("US", "USD", "UTC", "en-US")),
            ("*", region("US", "USD", "UTC", "en-US")),
            ("<b>,en-IN;q=0,;;,q", region("US", "USD", "UTC", "en-US")),
        ] {
            assert_eq!(Region::of_languages(accepted), expected, "{accepted}");
        }
    }

    #[test]
    fn every_country_has_a_zone_and_every_language_a_country() {
        for (country, _) in pairs(COUNTRIES).filter(|(country, _)| !matches!(*country, "BV" | "HM")) {
            assert!(pairs(ZONES).any(|(of, _)| of == country), "{country}");
        }
        for (language, country) in pairs(LANGUAGES) {
            assert!(pairs(COUNTRIES).any(|(code, _)| code == country), "{language}");
        }
    }

    #[test]
    fn a_guess_is_told_in_words() {
        assert_eq!(Region::words("IN", "INR", "Asia/Kolkata"), "India · INR · Asia/Kolkata");
        assert_eq!(Region::words("US", "USD", "America/New_York"), "United States · USD · America/New York");
    }
}
