//! Countries, time zones and languages that a person can choose from, and which of them are probably theirs.

#[cfg(feature = "hydrate")]
#[path = "asked_of_browser.rs"]
mod asked;
#[cfg(not(feature = "hydrate"))]
#[path = "asked_of_request.rs"]
mod asked;
mod guess;

use ledger::Currency;

use crate::ui::Choice;

pub use asked::guess;
pub use guess::Region;

/// ISO 3166-1 alpha-2 code and English name, by name.
const COUNTRIES: &str = include_str!("countries.tsv");
/// Each country with its time zones (tz database), that of its capital first.
const ZONES: &str = include_str!("zones.tsv");

fn pairs(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().filter_map(|line| line.split_once('\t'))
}

pub fn countries() -> Vec<Choice> {
    pairs(COUNTRIES).map(|(code, name)| Choice::new(code, name)).collect()
}

/// `chosen` is among them even when it is an old name.
pub fn time_zones(chosen: &str) -> Vec<Choice> {
    let mut choices: Vec<Choice> = pairs(ZONES).map(|(_, zone)| Choice::new(zone, zone.replace('_', " "))).collect();
    choices.sort_by(|a, b| a.value.cmp(&b.value));
    choices.insert(0, Choice::new("UTC", "UTC"));
    offer(&mut choices, chosen);
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
    offer(&mut choices, chosen);
    choices
}

/// Puts a value at the end of the list if it is not there.
pub fn offer(choices: &mut Vec<Choice>, value: &str) {
    if !value.is_empty() && !choices.iter().any(|choice| choice.value == value) {
        choices.push(Choice::new(value, value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_zone_stays_choosable() {
        assert!(time_zones("US/Eastern").iter().any(|choice| choice.value == "US/Eastern"));
        assert_eq!(time_zones("Asia/Kolkata").len(), time_zones("").len());
    }
}
