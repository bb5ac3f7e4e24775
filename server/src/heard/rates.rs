//! Rates in the form of the European Central Bank: one day, and how many units of each currency one euro was worth on it.

use chrono::NaiveDate;
use ledger::rates::Rate;
use ledger::{Currency, NumberFormat};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Units of currencies for one euro, of one day.
pub type PerEuro = (NaiveDate, Vec<(Currency, Rate)>);

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

    const ECB: &str = include_str!("../../tests/http/eurofxref-daily.xml");

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

    #[test]
    fn no_entity_is_resolved() {
        let with = |rate: &str| {
            let entities = "<!ENTITY one '1'><!ENTITY two '&one;&one;'><!ENTITY far SYSTEM 'file:///etc/hostname'>";
            read(&format!(
                "<!DOCTYPE x [{entities}]><Cube time='2026-11-24'><Cube currency='USD' rate='{rate}'/></Cube>"
            ))
        };
        assert!(with("1").is_some());
        for rate in ["&one;", "&two;", "&far;", "&#49;"] {
            assert_eq!(with(rate), None, "{rate}");
        }
    }
}
