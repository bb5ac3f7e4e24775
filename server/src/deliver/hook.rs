//! Messages to the programs of the people here: posted to addresses that strangers chose, so the address is looked at
//! each time and held fast, and no redirect is followed.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use backend::{HookGate, Refusal};
use reqwest::Client;
use reqwest::redirect::Policy;
use tokio::net::lookup_host;

use crate::heard::hook_address::HookAddress;
use crate::heard::proxies::Network;
use crate::heard::public::is_public;

/// How long a program may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);

type Places = Pin<Box<dyn Future<Output = io::Result<Vec<SocketAddr>>> + Send>>;

/// Sends to public addresses, and to those that the operator allows besides.
#[derive(Clone)]
pub struct Hooks {
    allowed: Arc<[Network]>,
    /// Where a host and port are; the system knows.
    places: Arc<dyn Fn(String, u16) -> Places + Send + Sync>,
}

/// One message, ready to go.
pub struct Signed<'m> {
    pub url: &'m str,
    pub id: String,
    /// Seconds since 1970.
    pub unix_time: i64,
    pub signature: String,
    pub body: String,
}

/// Why a message was not taken.
#[derive(Debug, PartialEq, Eq)]
pub struct Refused {
    /// Of HTTP, where there was an answer.
    pub status: Option<u16>,
    pub why: String,
}

impl Refused {
    fn because(why: impl Into<String>) -> Self {
        Self { status: None, why: why.into() }
    }
}

impl Hooks {
    pub fn new(allowed: &[Network]) -> Self {
        let places = |host: String, port| -> Places {
            Box::pin(async move { Ok(lookup_host((host.as_str(), port)).await?.collect()) })
        };
        Self { allowed: allowed.into(), places: Arc::new(places) }
    }

    /// The gate that an address passes before it is kept.
    pub fn gate(&self) -> HookGate {
        let hooks = self.clone();
        HookGate::new(move |url| {
            let hooks = hooks.clone();
            async move { hooks.look_up(&url).await.map(|_| ()).map_err(|refused| Refusal(refused.why)) }
        })
    }

    /// Posts the message; answers the status of a program that took it.
    pub async fn send(&self, message: &Signed<'_>) -> Result<u16, Refused> {
        let sent = self.post(message);
        tokio::time::timeout(PATIENCE, sent).await.unwrap_or_else(|_| Err(Refused::because("no answer in time")))
    }

    async fn post(&self, message: &Signed<'_>) -> Result<u16, Refused> {
        let (address, addresses) = self.look_up(message.url).await?;
        // A client for each message, as it knows this one host by the addresses that were looked at, and no proxy.
        let client = Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .resolve_to_addrs(&address.host, &addresses)
            .build()
            .map_err(|_| Refused::because("no connection could be made"))?;
        let request = client
            .post(address.url)
            .header("content-type", "application/json")
            .header("user-agent", "Expenso-Webhook/1")
            .header("webhook-id", &message.id)
            .header("webhook-timestamp", message.unix_time)
            .header("webhook-signature", &message.signature)
            .body(message.body.clone());
        let answer = request.send().await.map_err(|error| Refused::because(reason(&error)))?;
        let status = answer.status();
        if status.is_success() {
            return Ok(status.as_u16());
        }
        let why = if status.is_redirection() { "a redirect, which is not followed" } else { "not taken" };
        Err(Refused { status: Some(status.as_u16()), why: why.to_owned() })
    }

    /// The address and where it leads; every single place must be allowed.
    async fn look_up(&self, text: &str) -> Result<(HookAddress, Vec<SocketAddr>), Refused> {
        let address = HookAddress::read(text).map_err(|error| Refused::because(error.to_string()))?;
        let found = (self.places)(address.name().to_owned(), address.port).await;
        let addresses = found.map_err(|_| Refused::because("this host is not known"))?;
        if addresses.is_empty() {
            return Err(Refused::because("this host is not known"));
        }
        if addresses.iter().any(|address| !self.is_allowed(address.ip())) {
            return Err(Refused::because("this address leads into a private network, which is not allowed here"));
        }
        Ok((address, addresses))
    }

    fn is_allowed(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        is_public(address) || self.allowed.iter().any(|network| network.contains(address))
    }
}

/// The kind of failure; the whole error would name the address.
fn reason(error: &reqwest::Error) -> &'static str {
    if error.is_connect() { "it cannot be reached" } else { "the connection broke" }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;

    use super::*;

    /// Spellings of places that are ours, and addresses that are more than an address.
    const OURS: &[&str] = &[
        "http://127.0.0.1/",
        "http://127.1/",
        "http://127.0.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.0.0.1/",
        "http://0x7f.1/",
        "http://017700000001/",
        "http://0177.0.0.1/",
        "http://0177.1/",
        "http://0/",
        "http://0.0.0.0/",
        "http://127.0.0.1./",
        "http://localhost/",
        "http://LOCALHOST/",
        "http://localhost./",
        "http://127.127.127.127/",
        "http://10.0.0.1/",
        "http://10.1/",
        "http://172.16.0.1/",
        "http://172.31.255.255/",
        "http://192.168.0.1/",
        "http://192.168.257/",
        "http://169.254.169.254/latest/meta-data/",
        "http://0xa9fea9fe/",
        "http://2852039166/",
        "http://0251.0376.0251.0376/",
        "http://100.64.0.1/",
        "http://198.18.0.1/",
        "http://224.0.0.1/",
        "http://240.0.0.1/",
        "http://255.255.255.255/",
        "http://[::1]/",
        "http://[::]/",
        "http://[0:0:0:0:0:0:0:1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://[::127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[fe80::1]/",
        "http://[fc00::1]/",
        "http://[fd00::1]/",
        "http://[fec0::1]/",
        "http://[ff02::1]/",
        "http://[2001::1]/",
        "http://[2001:db8::1]/",
        "http://[::ffff:169.254.169.254]/",
        "https://user@1.1.1.1/",
        "https://user:word@1.1.1.1/",
        "https://1.1.1.1@127.0.0.1/",
        "http://127.0.0.1:22/",
        "http://127.0.0.1:6379/",
        "http://①②⑦.⓪.⓪.①/",
        "http://127。0。0。1/",
        "http://%31%32%37.0.0.1/",
        "ftp://1.1.1.1/",
        "file:///etc/passwd",
        "gopher://1.1.1.1/",
        "javascript:alert(1)",
        "data:text/plain,x",
        "http://",
        "1.1.1.1",
    ];

    #[tokio::test]
    async fn no_spelling_leads_into_our_own_networks() {
        let hooks = Hooks::new(&[]);
        for url in OURS {
            assert!(hooks.look_up(url).await.is_err(), "{url}");
        }
        assert!(hooks.look_up("https://1.1.1.1/hook").await.is_ok());
        assert!(hooks.look_up("https://[2606:4700::1111]/hook").await.is_ok());
    }

    #[tokio::test]
    async fn the_operator_allows_networks_of_their_own() {
        let hooks = Hooks::new(&["127.0.0.0/8".parse().expect("a network")]);
        assert!(hooks.look_up("http://127.0.0.1:8080/").await.is_ok());
        assert!(hooks.look_up("http://10.0.0.1/").await.is_err());
    }

    fn message(url: &str) -> Signed<'_> {
        Signed { url, id: "1".into(), unix_time: 1, signature: "v1,x".into(), body: "{}".into() }
    }

    /// Knows each host by the next of these answers, whatever it is called.
    fn told(answers: &[&[SocketAddr]]) -> (Hooks, Arc<Mutex<Vec<Vec<SocketAddr>>>>) {
        let left: Vec<Vec<SocketAddr>> = answers.iter().rev().map(|answer| answer.to_vec()).collect();
        let left = Arc::new(Mutex::new(left));
        let answers = Arc::clone(&left);
        let hooks = Hooks {
            places: Arc::new(move |_, _| {
                let next =
                    answers.lock().expect("answers").pop().ok_or_else(|| io::Error::other("asked once too often"));
                Box::pin(async move { next })
            }),
            ..Hooks::new(&["127.0.0.0/8".parse().expect("a network")])
        };
        (hooks, left)
    }

    #[tokio::test]
    async fn a_name_is_looked_up_once_for_each_message_and_held_fast() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let here = listener.local_addr().expect("an address");
        let private: SocketAddr = "10.0.0.1:80".parse().expect("an address");
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let _ = stream.read(&mut [0; 2048]).await;
                let _ = stream.write_all(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n").await;
            }
        });
        // Nobody else knows this name: it is reached at the address that was looked at, or not at all.
        let url = format!("http://rebinding.invalid:{}/hook", here.port());
        let (hooks, left) = told(&[&[here], &[private], &[here, private], &[here]]);
        assert_eq!(hooks.send(&message(&url)).await, Ok(204));
        assert_eq!(left.lock().expect("answers").len(), 3, "it is asked for once");
        for _ in 0..2 {
            let refused = hooks.send(&message(&url)).await.expect_err("a name that leads inside now");
            assert!(refused.why.contains("private network"), "{}", refused.why);
        }
        assert_eq!(hooks.send(&message(&url)).await, Ok(204));
    }

    #[tokio::test(start_paused = true)]
    async fn a_program_that_never_answers_is_given_up() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}/", listener.local_addr().expect("an address"));
        let hooks = Hooks::new(&["127.0.0.0/8".parse().expect("a network")]);
        let start = tokio::time::Instant::now();
        let refused = hooks.send(&message(&url)).await.expect_err("nobody answers");
        assert_eq!((refused.status, refused.why.as_str()), (None, "no answer in time"));
        assert_eq!(start.elapsed().as_secs(), PATIENCE.as_secs());
    }
}
