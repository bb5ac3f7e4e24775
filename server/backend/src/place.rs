//! What everybody knows of an installation, so that no password is made of it alone.

use std::sync::Arc;

use webauthn_rs::prelude::Url;

/// The name of the program.
const PROGRAM: &str = "expenso";
/// A part of a host's name that is shorter is no word, in characters.
const SHORTEST: usize = 4;

/// The words of one installation, in lower case, those first that hold others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place(Arc<[String]>);

impl Default for Place {
    fn default() -> Self {
        Self(Arc::new([PROGRAM.to_owned()]))
    }
}

impl Place {
    /// That of a public address: the program, the host, and the parts of its name but the last, such as `com`.
    pub fn at(base_url: &str) -> Self {
        let url = Url::parse(base_url).ok();
        let host = url.as_ref().and_then(Url::host_str).unwrap_or_default();
        let parts = host.split('.').rev().skip(1).filter(|part| part.len() >= SHORTEST);
        let mut words: Vec<String> =
            [host, PROGRAM].into_iter().chain(parts).filter(|word| !word.is_empty()).map(str::to_owned).collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        Self(words.into())
    }

    /// What is left of a text in lower case without these words; `None` where it has none of them.
    pub(crate) fn left_of(&self, text: &str) -> Option<String> {
        let left = self.0.iter().fold(text.to_owned(), |left, word| left.replace(word, ""));
        (left.len() < text.len()).then_some(left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_known_by_its_host_and_the_parts_of_its_name() {
        let place = Place::at("https://money.example.org");
        assert_eq!(*place.0, ["money.example.org", "expenso", "example", "money"]);
        assert_eq!(place.left_of("at money.example.org!").as_deref(), Some("at !"));
        assert_eq!(place.left_of("monsoon over pune"), None);
        assert_eq!(*Place::at("http://192.168.1.7:3000").0, ["192.168.1.7", "expenso"]);
        assert_eq!(Place::at("no address"), Place::default());
    }
}
