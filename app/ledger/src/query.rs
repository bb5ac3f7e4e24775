//! The query of an address, read once: the names and values that it says, and nothing that those say in turn.

/// What the query of an address holds, decoded once as forms are encoded (the URL standard,
/// `application/x-www-form-urlencoded`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Reads the text after `?` as it stands in the address, with or without the sign itself.
    pub fn read(raw: &str) -> Self {
        let raw = raw.strip_prefix('?').unwrap_or(raw);
        Self(form_urlencoded::parse(raw.as_bytes()).into_owned().collect())
    }

    /// The value of a name; the last, where it is said more than once.
    pub fn get(&self, name: &str) -> Option<String> {
        self.get_str(name).map(str::to_owned)
    }

    /// The same, to look at.
    pub fn get_str(&self, name: &str) -> Option<&str> {
        self.0.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::filter::{Filter, escaped};

    #[test]
    fn a_value_is_decoded_once() {
        for (raw, value) in [
            ("q=%41", "A"),
            ("q=%2541", "%41"),
            ("q=%252541", "%2541"),
            ("?q=a+b%2Bc%20d", "a b+c d"),
            ("q=50%", "50%"),
            ("q=50%4", "50%4"),
            ("q=%+1%-1%zz", "% 1%-1%zz"),
            ("q=%E0%A4%97%e0%a5%8b", "गो"),
            ("q=%FF", "\u{fffd}"),
            ("q=a=b", "a=b"),
            ("q", ""),
            ("&x=1&&q=2&", "2"),
            ("q=1&q=2", "2"),
            ("%71=named", "named"),
        ] {
            assert_eq!(Query::read(raw).get_str("q"), Some(value), "{raw}");
        }
        for raw in ["", "?", "x=q", "Q=1", "%2571=1"] {
            assert_eq!(Query::read(raw).get("q"), None, "{raw}");
        }
    }

    proptest! {
        #[test]
        fn what_is_searched_for_survives_the_address(search in "[^ ].{0,40}[^ ]", payee in "[a-z%+&=#?]{1,12}") {
            let filter = Filter { search: search.trim().to_owned(), payee: Some(payee), ..Filter::default() };
            let way = format!("/login?next={}", escaped(&filter.url()));
            let next = Query::read(way.split_once('?').unwrap().1).get("next").unwrap();
            prop_assert_eq!(&next, &filter.url());
            let query = Query::read(next.split_once('?').unwrap().1);
            prop_assert_eq!(Filter::from_query(|name| query.get_str(name)), filter);
        }

        #[test]
        fn no_query_is_too_odd_to_read(raw in any::<String>()) {
            let _ = Query::read(&raw);
        }
    }
}
