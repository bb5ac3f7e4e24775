//! Where a request comes from: the peer, or what a proxy that is trusted says.

use std::net::IpAddr;
use std::str::FromStr;

use http::HeaderMap;

/// An address, or all that share its first bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    base: IpAddr,
    /// Bits that count.
    bits: u32,
}

impl FromStr for Network {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (base, bits) = text.split_once('/').map_or((text, None), |(base, bits)| (base, Some(bits)));
        let base: IpAddr = base.parse().map_err(|_| ())?;
        let width = if base.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(width), str::parse).map_err(|_| ())?;
        if bits <= width { Ok(Self { base, bits }) } else { Err(()) }
    }
}

impl Network {
    pub fn contains(self, address: IpAddr) -> bool {
        let (base, address, width) = match (self.base, address) {
            (IpAddr::V4(base), IpAddr::V4(address)) => (u128::from(base.to_bits()), u128::from(address.to_bits()), 32),
            (IpAddr::V6(base), IpAddr::V6(address)) => (base.to_bits(), address.to_bits(), 128),
            _ => return false,
        };
        let ignored = width - self.bits;
        ignored == 128 || base >> ignored == address >> ignored
    }
}

/// The client's address. `X-Forwarded-For` is believed only as far as trusted proxies wrote it: from its
/// end, the first address that is none of theirs.
pub fn client_address(peer: IpAddr, headers: &HeaderMap, trusted: &[Network]) -> IpAddr {
    let peer = peer.to_canonical();
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(address));
    if !is_trusted(peer) {
        return peer;
    }
    let lines: Vec<&str> = headers.get_all("x-forwarded-for").iter().filter_map(|line| line.to_str().ok()).collect();
    let mut nearest = peer;
    for part in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
        let Ok(address) = part.trim().parse::<IpAddr>() else { break };
        nearest = address.to_canonical();
        if !is_trusted(nearest) {
            break;
        }
    }
    nearest
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn address(trusted: &str, peer: &str, forwarded: &'static str) -> String {
        let trusted: Vec<Network> = trusted.split_whitespace().map(|one| one.parse().expect("a network")).collect();
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", HeaderValue::from_static(forwarded));
        client_address(peer.parse().expect("an address"), &headers, &trusted).to_string()
    }

    #[test]
    fn nobody_is_believed_unless_named() {
        assert_eq!(address("", "192.0.2.1", "198.51.100.9"), "192.0.2.1");
        assert_eq!(address("10.0.0.0/8", "192.0.2.1", "198.51.100.9"), "192.0.2.1");
    }

    #[test]
    fn a_trusted_proxy_names_the_client_and_nothing_before_it_counts() {
        assert_eq!(address("10.0.0.0/8", "10.1.2.3", "198.51.100.9"), "198.51.100.9");
        assert_eq!(address("10.0.0.0/8", "10.1.2.3", "1.1.1.1, 198.51.100.9, 10.9.9.9"), "198.51.100.9");
        assert_eq!(address("10.0.0.0/8", "10.1.2.3", "1.1.1.1, nonsense"), "10.1.2.3");
        assert_eq!(address("10.0.0.0/8 ::1/128", "::1", "2001:db8::1"), "2001:db8::1");
        assert_eq!(address("0.0.0.0/0", "::ffff:10.1.2.3", "198.51.100.9"), "198.51.100.9");
    }

    #[test]
    fn a_network_is_an_address_or_a_prefix() {
        for bad in ["", "host", "10.0.0.0/33", "::1/129", "10.0.0.0/x"] {
            assert_eq!(bad.parse::<Network>(), Err(()), "{bad}");
        }
    }
}
