//! The address of a webhook, as somebody typed it.

use url::Url;

/// An address of the web, with nothing in it that could mean another place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HookAddress {
    /// As everybody spells it.
    pub url: Url,
    /// As in the URL: an IPv6 address stands in brackets.
    pub host: String,
    pub port: u16,
}

/// What an address is not.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoAddress {
    #[error("this is no address of the web")]
    NoUrl,
    #[error("this is no plain address of the web")]
    NotPlain,
}

impl HookAddress {
    /// # Errors
    /// When it is no URL, none of HTTP, or one with a name or a password in it.
    pub fn read(text: &str) -> Result<Self, NoAddress> {
        let url = Url::parse(text).map_err(|_| NoAddress::NoUrl)?;
        let is_plain =
            matches!(url.scheme(), "http" | "https") && url.username().is_empty() && url.password().is_none();
        let (Some(host), Some(port), true) = (url.host_str(), url.port_or_known_default(), is_plain) else {
            return Err(NoAddress::NotPlain);
        };
        Ok(Self { host: host.to_owned(), port, url })
    }

    /// The host as it is looked up.
    pub fn name(&self) -> &str {
        self.host.trim_start_matches('[').trim_end_matches(']')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_of_the_web_and_nothing_but_an_address() {
        let read = |text: &str| HookAddress::read(text).map(|address| (address.name().to_owned(), address.port));
        assert_eq!(read("https://hooks.example/x?y"), Ok(("hooks.example".into(), 443)));
        assert_eq!(read("http://[2606:4700::1111]:8080"), Ok(("2606:4700::1111".into(), 8080)));
        assert_eq!(read("hooks.example"), Err(NoAddress::NoUrl));
        for text in ["ftp://hooks.example", "https://me@hooks.example", "data:text/plain,x"] {
            assert_eq!(read(text), Err(NoAddress::NotPlain), "{text}");
        }
    }
}
