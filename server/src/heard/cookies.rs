//! The cookies of a browser, and how they are read.

use chrono::TimeDelta;
use http::{HeaderMap, HeaderValue, header};
use ledger::person::Look;

/// How the cookies of this server are named and marked.
#[derive(Clone, Copy, Debug)]
pub struct Cookies {
    /// People come by TLS: the cookies are bound to this host and never leave by plain HTTP.
    pub secure: bool,
}

/// Which one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The signed token.
    Session,
    /// The secret that renews it.
    Refresh,
    /// The mark of a browser that an account was used from before; it outlives the session.
    Device,
    /// The secret of a browser that went to a provider to log in.
    Provider,
    /// The secret of a log-in that waits for its second step.
    Second,
    /// The look that was chosen on this device.
    Theme,
    /// The session that put off confirming its address.
    Later,
}

impl Cookies {
    fn name(self, kind: Kind) -> &'static str {
        match (kind, self.secure) {
            (Kind::Session, true) => "__Host-expenso_session",
            (Kind::Session, false) => "expenso_session",
            (Kind::Refresh, true) => "__Host-expenso_refresh",
            (Kind::Refresh, false) => "expenso_refresh",
            (Kind::Device, true) => "__Host-expenso_device",
            (Kind::Device, false) => "expenso_device",
            (Kind::Provider, true) => "__Host-expenso_provider",
            (Kind::Provider, false) => "expenso_provider",
            (Kind::Second, true) => "__Host-expenso_second",
            (Kind::Second, false) => "expenso_second",
            (Kind::Theme, true) => "__Host-expenso_theme",
            (Kind::Theme, false) => "expenso_theme",
            (Kind::Later, true) => "__Host-expenso_later",
            (Kind::Later, false) => "expenso_later",
        }
    }

    /// The value that the request carries.
    pub fn read(self, headers: &HeaderMap, kind: Kind) -> Option<&str> {
        read(headers, self.name(kind))
    }

    /// The look of this device; that of the device itself where nobody chose.
    pub fn look(self, headers: &HeaderMap) -> Look {
        self.read(headers, Kind::Theme).and_then(|kept| kept.parse().ok()).unwrap_or_default()
    }

    /// The header that keeps a value for this long.
    pub fn set(self, kind: Kind, value: &str, lifetime: TimeDelta) -> Option<HeaderValue> {
        let secure = if self.secure { "; Secure" } else { "" };
        let age = lifetime.num_seconds();
        let text = format!("{}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}{secure}", self.name(kind));
        HeaderValue::from_str(&text).ok()
    }

    /// The headers that remove the session.
    pub fn clear(self) -> impl Iterator<Item = HeaderValue> {
        [Kind::Session, Kind::Refresh].into_iter().filter_map(move |kind| self.set(kind, "", TimeDelta::zero()))
    }
}

/// The cookie of this name.
fn read<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name && !value.is_empty()).then_some(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_are_out_of_reach_of_scripts_and_other_sites() {
        let plain = Cookies { secure: false }.set(Kind::Session, "abc", TimeDelta::minutes(15)).expect("a header");
        assert_eq!(plain, "expenso_session=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=900");
        let secure = Cookies { secure: true }.set(Kind::Refresh, "abc", TimeDelta::zero()).expect("a header");
        assert_eq!(secure, "__Host-expenso_refresh=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=0; Secure");
    }

    #[test]
    fn a_cookie_is_found_among_others_by_its_whole_name() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("xexpenso_session=no; expenso_refresh=a=b"));
        headers.append(header::COOKIE, HeaderValue::from_static("expenso_session=yes"));
        let cookies = Cookies { secure: false };
        assert_eq!(cookies.read(&headers, Kind::Session), Some("yes"));
        assert_eq!(cookies.read(&headers, Kind::Refresh), Some("a=b"));
        assert_eq!(Cookies { secure: true }.read(&headers, Kind::Session), None);
    }
}
