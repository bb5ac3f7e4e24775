//! Who a request is from, as proxies say: nobody is whoever they like to be.
//!
//! The lines of an input: networks that are trusted, the peer, then what each `X-Forwarded-For` says.
#![no_main]

use std::net::IpAddr;

use http::{HeaderMap, HeaderValue};
use ledger_fuzz::heard::proxies::{Network, client_address};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut lines = text.split('\n');
    let networks = lines.next().unwrap_or_default();
    let trusted: Vec<Network> = networks.split(' ').filter_map(|network| network.parse().ok()).collect();
    let Some(Ok(peer)) = lines.next().map(str::parse::<IpAddr>) else { return };
    let said: Vec<&str> = lines.filter(|line| HeaderValue::from_str(line).is_ok()).collect();
    let client = |said: &[&str], trusted: &[Network]| client_address(peer, &headers(said), trusted);
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(address));

    let peer = peer.to_canonical();
    let found = client(&said, &trusted);
    assert_eq!(client(&said, &[]), peer, "nobody is trusted");
    assert_eq!(client(&[], &trusted), peer, "nothing is said");
    assert!(is_trusted(peer) || found == peer, "a stranger is believed");
    let is_named = said.iter().flat_map(|line| line.split(',')).any(|one| {
        one.trim().parse::<IpAddr>().is_ok_and(|address| address.to_canonical() == found)
    });
    assert!(found == peer || is_named, "{found} is nobody's word");
    if !is_trusted(found) {
        assert_eq!(client(&[&["203.0.113.9"], &said[..]].concat(), &trusted), found, "what the client itself said counts");
    }
});

fn headers(said: &[&str]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for line in said {
        headers.append("x-forwarded-for", HeaderValue::from_str(line).expect("a value"));
    }
    headers
}
