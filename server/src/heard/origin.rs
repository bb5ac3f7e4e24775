//! Which page a request comes from, as its browser says.

use http::{HeaderMap, Uri, header};

/// Whether a change comes from a page of ours. The browser says it in `Origin`, or else in `Sec-Fetch-Site`; who says
/// nothing is not believed. A page with a secret in its address tells nobody where it is, not even us.
pub fn is_own(headers: &HeaderMap, base_url: &str, from_secret_address: bool) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let Some(origin) = headers.get(header::ORIGIN) else {
        return matches!(text("sec-fetch-site"), Some("same-origin" | "none"));
    };
    let Ok(origin) = origin.to_str() else { return false };
    if origin == "null" {
        return from_secret_address && text("sec-fetch-site") == Some("same-origin");
    }
    is_ours(origin, headers, base_url)
}

fn is_ours(origin: &str, headers: &HeaderMap, base_url: &str) -> bool {
    if origin.eq_ignore_ascii_case(base_url) {
        return true;
    }
    // A server behind TLS knows its address; on a plain one the host is whatever reaches it.
    let scheme = if base_url.starts_with("https://") { "https://" } else { "http://" };
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    !host.is_empty() && origin.strip_prefix(scheme).is_some_and(|from| from.eq_ignore_ascii_case(host))
}

/// From where a link was followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Followed {
    Here,
    Elsewhere,
    /// The address was typed, or nobody says.
    Unsaid,
}

/// Browsers say it in `Sec-Fetch-Site`; where they do not, as without TLS, our own pages say it in `Referer`.
pub fn followed(headers: &HeaderMap, base_url: &str) -> Followed {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (text("sec-fetch-site"), text("referer").map(origin_of)) {
        (Some("same-origin"), _) => Followed::Here,
        (Some("none"), _) | (None, None) => Followed::Unsaid,
        (None, Some(Some(origin))) if is_ours(&origin, headers, base_url) => Followed::Here,
        _ => Followed::Elsewhere,
    }
}

/// The scheme and host of an address.
fn origin_of(address: &str) -> Option<String> {
    let address: Uri = address.parse().ok()?;
    Some(format!("{}://{}", address.scheme_str()?, address.authority()?))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn own(pairs: &[(&'static str, &'static str)]) -> bool {
        own_at(false, pairs)
    }

    fn own_at(is_secret: bool, pairs: &[(&'static str, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, HeaderValue::from_static(value));
        }
        is_own(&headers, "http://127.0.0.1:3000", is_secret)
    }

    #[test]
    fn our_own_pages_may_change_things() {
        assert!(own(&[("host", "127.0.0.1:3000"), ("origin", "http://127.0.0.1:3000")]));
        assert!(own(&[("host", "localhost:3000"), ("origin", "http://localhost:3000")]));
        assert!(own(&[("host", "inner"), ("origin", "http://127.0.0.1:3000")]));
        assert!(own(&[("host", "127.0.0.1:3000"), ("sec-fetch-site", "same-origin")]));
    }

    #[test]
    fn a_page_with_a_secret_address_posts_without_saying_where_it_is() {
        let null = ("origin", "null");
        assert!(own_at(true, &[null, ("sec-fetch-site", "same-origin")]));
        assert!(!own_at(true, &[null, ("sec-fetch-site", "cross-site")]));
        assert!(!own_at(true, &[null]));
        assert!(!own_at(false, &[null, ("sec-fetch-site", "same-origin")]));
    }

    #[test]
    fn nobody_else_may() {
        for origin in [
            "null",
            "",
            "http://evil.example",
            "http://127.0.0.1:3001",
            "https://127.0.0.1:3000",
            "http://sub.127.0.0.1:3000",
        ] {
            assert!(
                !own(&[("host", "127.0.0.1:3000"), ("origin", origin), ("sec-fetch-site", "same-origin")]),
                "{origin}"
            );
        }
        assert!(!own(&[("host", "127.0.0.1:3000")]), "who says nothing");
        assert!(!own(&[("host", "127.0.0.1:3000"), ("sec-fetch-site", "same-site")]));
        assert!(!own(&[("host", ""), ("origin", "http://")]));
    }

    #[test]
    fn a_link_says_from_where_it_was_followed() {
        let host = ("host", "127.0.0.1:3000");
        let site = |site| ("sec-fetch-site", site);
        let from = |page| ("referer", page);
        let table: [(&[(&'static str, &'static str)], Followed); 9] = [
            (&[host], Followed::Unsaid),
            (&[host, site("none")], Followed::Unsaid),
            (&[host, site("same-origin")], Followed::Here),
            (&[host, site("same-site")], Followed::Elsewhere),
            (&[host, site("cross-site"), from("http://127.0.0.1:3000/login")], Followed::Elsewhere),
            (&[host, from("http://127.0.0.1:3000/login?next=/records")], Followed::Here),
            (&[host, from("http://evil.example/127.0.0.1:3000")], Followed::Elsewhere),
            (&[host, from("http://127.0.0.1:3000@evil.example/")], Followed::Elsewhere),
            (&[host, from("nonsense")], Followed::Elsewhere),
        ];
        for (pairs, expected) in table {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.insert(*name, HeaderValue::from_static(value));
            }
            assert_eq!(followed(&headers, "http://127.0.0.1:3000"), expected, "{pairs:?}");
        }
    }
}
