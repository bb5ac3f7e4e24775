//! The headers that the server itself reads: cookies, the page that a request comes from, what programs say.
//!
//! Each line of an input is a name and a value.
#![no_main]

use http::{HeaderMap, HeaderName, HeaderValue, header};
use ledger_fuzz::heard::cookies::{Cookies, Kind};
use ledger_fuzz::heard::origin::{Followed, followed, is_own};
use ledger_fuzz::heard::programs::{IfMatch, KEY_MAX, key_of, token};
use libfuzzer_sys::fuzz_target;
use url::Url;

const HOST: &str = "expenso.example";
const BASE: &str = "https://expenso.example";

fuzz_target!(|text: &str| {
    let mut headers = HeaderMap::new();
    for (name, value) in text.lines().filter_map(|line| line.split_once(": ")) {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), value.parse::<HeaderValue>()) {
            headers.append(name, value);
        }
    }
    cookies(&headers);
    programs(&headers);
    headers.insert(header::HOST, HeaderValue::from_static(HOST));
    pages(&headers);
});

/// What is read of a cookie is what would be set as it.
fn cookies(headers: &HeaderMap) {
    for secure in [false, true] {
        let cookies = Cookies { secure };
        for kind in [Kind::Session, Kind::Refresh, Kind::Device, Kind::Provider, Kind::Second, Kind::Theme] {
            let Some(value) = cookies.read(headers, kind) else { continue };
            let set = cookies.set(kind, value, chrono::TimeDelta::minutes(1)).expect("a header");
            let pair = set.to_str().expect("a text").split(';').next().unwrap_or_default();
            let again = HeaderMap::from_iter([(header::COOKIE, pair.parse().expect("a value"))]);
            assert_eq!(cookies.read(&again, kind), Some(value));
        }
    }
}

fn programs(headers: &HeaderMap) {
    if let Some(token) = token(headers) {
        let again = format!("Bearer {token}").parse().expect("a value");
        let again = HeaderMap::from_iter([(header::AUTHORIZATION, again)]);
        assert_eq!(ledger_fuzz::heard::programs::token(&again), Some(token));
    }
    for value in headers.values() {
        if let Some(key) = key_of(value) {
            assert!((1..=KEY_MAX).contains(&key.len()) && !key.contains(char::is_whitespace), "{key:?}");
        }
    }
    let said = IfMatch::of(headers);
    if let IfMatch::Revision(revision) = said {
        let again = format!("\"{revision}\"").parse().expect("a value");
        assert_eq!(IfMatch::of(&HeaderMap::from_iter([(header::IF_MATCH, again)])), said);
    }
}

/// A browser that follows the word, and not our reader of it, ends on the same site.
fn pages(headers: &HeaderMap) {
    let ours = Url::parse(BASE).expect("an address").origin();
    let site = |name| Some(Url::parse(headers.get(name)?.to_str().ok()?).ok()?.origin());
    let says = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
    if is_own(headers, BASE, false) {
        match headers.contains_key(header::ORIGIN) {
            true => assert_eq!(site(header::ORIGIN), Some(ours.clone()), "{headers:?}"),
            false => assert!(matches!(says, Some(b"same-origin" | b"none")), "{headers:?}"),
        }
    }
    if followed(headers, BASE) == Followed::Here && says != Some(b"same-origin") {
        assert_eq!(site(header::REFERER), Some(ours), "{headers:?}");
    }
}
