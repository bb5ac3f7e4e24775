//! What programs say in the headers of their requests.

use http::{HeaderMap, HeaderValue, header};

/// The longest `Idempotency-Key`, in characters.
pub const KEY_MAX: usize = 200;

/// The access token: by its scheme and nothing else.
pub fn token(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// The name of a request that is sent again until its answer is heard; `None` where it is no name.
pub fn key_of(header: &HeaderValue) -> Option<&str> {
    let fits = |key: &&str| {
        (1..=KEY_MAX).contains(&key.len())
            && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte))
    };
    header.to_str().ok().filter(fits)
}

/// What `If-Match` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IfMatch {
    Nothing,
    /// Whatever is there.
    Any,
    Revision(i64),
    /// No revision of ours.
    Unknown,
}

impl IfMatch {
    pub fn of(headers: &HeaderMap) -> Self {
        headers.get(header::IF_MATCH).map_or(Self::Nothing, |value| Self::read(value.to_str().unwrap_or_default()))
    }

    fn read(text: &str) -> Self {
        let text = text.trim();
        if text == "*" {
            return Self::Any;
        }
        let tag = text.strip_prefix("W/").unwrap_or(text).trim_matches('"');
        tag.parse().map_or(Self::Unknown, Self::Revision)
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderName;

    use super::*;

    fn saying(name: HeaderName, text: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(text))])
    }

    #[test]
    fn a_token_comes_by_its_scheme_alone() {
        let read = |text| token(&saying(header::AUTHORIZATION, text)).map(str::to_owned);
        assert_eq!(read("Bearer exp_x"), Some("exp_x".into()));
        assert_eq!(read("bearer  exp_x"), Some("exp_x".into()));
        for none in ["", "exp_x", "Basic exp_x", "Bearer"] {
            assert_eq!(read(none), None, "{none}");
        }
    }

    #[test]
    fn a_key_is_short_and_plain() {
        for good in ["a", "018f2a66-1d3c-7000-8000-0000000000ff", "rent:2027-01.1_x"] {
            assert_eq!(key_of(&HeaderValue::from_static(good)), Some(good));
        }
        for bad in ["", "a b", "\u{7f}x", "a\"b", &"x".repeat(201)] {
            assert!(HeaderValue::from_str(bad).ok().as_ref().and_then(key_of).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_revision_comes_as_an_entity_tag() {
        for (text, said) in [
            ("\"7\"", IfMatch::Revision(7)),
            ("W/\"7\"", IfMatch::Revision(7)),
            ("*", IfMatch::Any),
            ("nonsense", IfMatch::Unknown),
            ("\"99999999999999999999\"", IfMatch::Unknown),
        ] {
            assert_eq!(IfMatch::of(&saying(header::IF_MATCH, text)), said, "{text}");
        }
        assert_eq!(IfMatch::of(&HeaderMap::new()), IfMatch::Nothing);
    }
}
