//! What a request brings to the use cases, and what they send back with its answer.

use std::net::IpAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ledger::person::Look;

use crate::Error;
use crate::factors::second::{Admission, Waiting};
use crate::sessions::{NewSession, SessionId};

/// Who asks, as far as the network knows.
#[derive(Clone, Debug)]
pub struct ClientInfo {
    pub address: IpAddr,
    /// As the browser says, at most 200 characters.
    pub user_agent: String,
    /// The mark of a browser that an account was used from before.
    pub device: Option<String>,
    /// The secret of a log-in at this browser that waits for its second step.
    pub second: Option<String>,
}

impl ClientInfo {
    pub fn new(address: IpAddr, user_agent: &str) -> Self {
        let user_agent = user_agent.chars().filter(|c| !c.is_control()).take(200).collect();
        Self { address, user_agent, device: None, second: None }
    }

    /// With the mark that [`NewSession::device`] gave to this browser.
    #[must_use]
    pub fn with_device(self, mark: Option<&str>) -> Self {
        Self { device: mark.map(str::to_owned), ..self }
    }

    /// With the secret that [`Waiting::secret`](crate::factors::second::Waiting) gave to this browser.
    #[must_use]
    pub fn with_second(self, secret: Option<&str>) -> Self {
        Self { second: secret.map(str::to_owned), ..self }
    }

    /// One household or host: the address, of IPv6 its first 64 bits.
    pub(crate) fn network(&self) -> String {
        match self.address.to_canonical() {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
        }
    }
}

/// Where people find the server, without a slash at the end: links that leave the page begin with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl(pub String);

/// Why an address of a webhook is refused, in words for whoever typed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(pub String);

type Checked = Pin<Box<dyn Future<Output = Result<(), Refusal>> + Send>>;

/// Looks where an address leads before it is kept; only the server knows the network.
#[derive(Clone)]
pub struct HookGate(Arc<dyn Fn(String) -> Checked + Send + Sync>);

impl HookGate {
    pub fn new<F>(check: impl Fn(String) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<(), Refusal>> + Send + 'static,
    {
        Self(Arc::new(move |url| Box::pin(check(url))))
    }

    /// # Errors
    /// [`Error::Invalid`] beside the address.
    pub async fn check(&self, url: &str) -> Result<(), Error> {
        (self.0)(url.to_owned()).await.map_err(|Refusal(why)| Error::invalid("url", sentence(&why)))
    }
}

fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Whether anybody may sign up here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Registration {
    pub open: bool,
    /// Whether an address is confirmed before there is an account.
    pub confirm_first: bool,
}

/// The secret of a browser that went to a provider to log in, if it has one.
#[derive(Clone)]
pub struct BrowserSecret(pub Option<String>);

/// The look chosen on this device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LookCookie(pub Look);

/// Whether the session of the request put off confirming its address, less than a day ago.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PutOff(pub bool);

/// What becomes of the browser's session with this answer.
pub enum SessionChange {
    Start(NewSession),
    /// None yet: a log-in waits for its second step.
    Wait(Waiting),
    End,
}

/// Where a server function says that a session begins or ends, how pages shall look on this device, and what was put
/// off; the server writes the cookies.
#[derive(Clone, Default)]
pub struct SessionSink(Arc<Mutex<Said>>);

/// What was said last of each.
#[derive(Default)]
pub struct Said {
    pub change: Option<SessionChange>,
    pub look: Option<Look>,
    /// The session that asks no more to confirm its address, for a day. Another person at this browser is asked all the
    /// same.
    pub put_off: Option<SessionId>,
}

impl SessionSink {
    /// A new device begins with the look that the person chose.
    pub fn start(&self, session: NewSession) {
        self.show_in(session.look);
        self.set(SessionChange::Start(session));
    }

    /// What was admitted, whichever it is.
    pub fn admit(&self, admission: Admission) {
        self.set(match admission {
            Admission::Session(session) => return self.start(*session),
            Admission::Second(waiting) => SessionChange::Wait(waiting),
        });
    }

    pub fn show_in(&self, look: Look) {
        self.said().look = Some(look);
    }

    pub fn put_off(&self, session: SessionId) {
        self.said().put_off = Some(session);
    }

    pub fn end(&self) {
        self.set(SessionChange::End);
    }

    pub fn take(&self) -> Said {
        std::mem::take(&mut *self.said())
    }

    fn set(&self, change: SessionChange) {
        self.said().change = Some(change);
    }

    fn said(&self) -> MutexGuard<'_, Said> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::ClientInfo;

    #[test]
    fn a_network_is_an_ipv4_address_or_the_first_half_of_an_ipv6_one() {
        for (address, network) in [
            ("192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ] {
            assert_eq!(ClientInfo::new(address.parse().expect("an address"), "").network(), network);
        }
    }
}
