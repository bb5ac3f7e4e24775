//! Where strangers may lead us: pages to go on to, which are ours, and addresses of webhooks, which are everybody's.
#![no_main]

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ledger::own_path::own_path;
use ledger_fuzz::heard::hook_address::HookAddress;
use ledger_fuzz::heard::public::is_public;
use libfuzzer_sys::fuzz_target;
use url::{Host, Url};

fuzz_target!(|bytes: &[u8]| {
    if let Some(four) = bytes.first_chunk::<4>() {
        let address = Ipv4Addr::from(*four);
        judged(address.into());
        assert_eq!(is_public(address.into()), is_public(address.to_ipv6_mapped().into()));
        assert!(!is_public(address.to_ipv6_compatible().into()), "{address}");
    }
    if let Some(sixteen) = bytes.first_chunk::<16>() {
        judged(Ipv6Addr::from(*sixteen).into());
    }
    let Ok(text) = str::from_utf8(bytes) else { return };
    if let Some(path) = own_path(text) {
        let here = Url::parse("https://expenso.example/login").expect("an address");
        let there = here.join(path).expect("an address");
        assert_eq!(there.origin(), here.origin(), "{path:?}");
    }
    if let Ok(address) = HookAddress::read(text) {
        assert!(matches!(address.url.scheme(), "http" | "https"), "{address:?}");
        assert!(!address.url.as_str().contains(char::is_whitespace), "{address:?}");
        assert_eq!(HookAddress::read(address.url.as_str()), Ok(address.clone()));
        // What is looked up is what is connected to.
        let literal = match address.url.host() {
            Some(Host::Ipv4(literal)) => Some(IpAddr::from(literal)),
            Some(Host::Ipv6(literal)) => Some(IpAddr::from(literal)),
            _ => None,
        };
        assert_eq!(address.name().parse().ok(), literal, "{address:?}");
    }
});

/// What is called public is none of the networks that the standard library knows as somebody's own.
fn judged(address: IpAddr) {
    if !is_public(address) {
        return;
    }
    match address.to_canonical() {
        IpAddr::V4(address) => assert!(
            !address.is_private()
                && !address.is_loopback()
                && !address.is_link_local()
                && !address.is_multicast()
                && !address.is_broadcast()
                && !address.is_documentation()
                && !address.is_unspecified(),
            "{address}"
        ),
        IpAddr::V6(address) => assert!(
            !address.is_loopback()
                && !address.is_unspecified()
                && !address.is_multicast()
                && !address.is_unique_local()
                && !address.is_unicast_link_local()
                && address.to_ipv4().is_none(),
            "{address}"
        ),
    }
}
