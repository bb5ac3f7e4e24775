//! Asks a service of the Pwned Passwords range form whether a password was stolen elsewhere. Only the first five of the
//! forty digits of its SHA-1 leave the server: each stands for about a thousand stolen passwords.

use std::time::Duration;

use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use backend::Breaches;
use reqwest::Client;
use reqwest::redirect::Policy;

use crate::answers::at_most;
use crate::config::ConfigError;
use crate::heard::breaches::seen;
use crate::hex::hex;

/// How long a person waits for the answer.
const PATIENCE: Duration = Duration::from_secs(2);
/// The longest answer that is read, in bytes; real ones have forty thousand.
const LONGEST: usize = 256 * 1024;
/// Digits that are told.
const PREFIX: usize = 5;

#[derive(Clone)]
struct Source {
    client: Client,
    /// Without a slash at its end.
    url: String,
}

/// Why nothing is known. Never what was asked.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
enum Unknown {
    #[error("it cannot be reached in time")]
    Unreachable,
    #[error("it answered {0}")]
    Status(u16),
    #[error("its answer is too long")]
    TooLong,
    #[error("its answer is not in the range form")]
    NotARange,
}

/// What knows the passwords that the service at this address knows.
pub fn ask_at(url: &str) -> Result<Breaches, ConfigError> {
    let source = Source::new(url, PATIENCE)?;
    Ok(Breaches::new(move |password| {
        let (source, hash) = (source.clone(), sha1(password));
        async move { source.holds(&hash).await }
    }))
}

impl Source {
    fn new(url: &str, patience: Duration) -> Result<Self, ConfigError> {
        let client = Client::builder()
            .timeout(patience)
            // The operator named this address and no other.
            .redirect(Policy::none())
            .user_agent("Expenso")
            .build()
            .map_err(|error| ConfigError(format!("server.breached_passwords_url: {error}")))?;
        Ok(Self { client, url: url.trim_end_matches('/').to_owned() })
    }

    /// Whether it knows this hash. A service that is down keeps nobody out.
    async fn holds(&self, hash: &str) -> bool {
        match self.times(hash).await {
            Ok(times) => times > 0,
            Err(why) => {
                tracing::warn!(%why, "the service of stolen passwords was of no use, and a password was taken unasked");
                false
            }
        }
    }

    async fn times(&self, hash: &str) -> Result<u64, Unknown> {
        // The error of a request names its address, and with it what was asked.
        let unreachable = |_| Unknown::Unreachable;
        let (prefix, suffix) = hash.split_at(PREFIX);
        // Padded, so that the length of the answer tells nobody on the way which one it is.
        let request = self.client.get(format!("{}/{prefix}", self.url)).header("add-padding", "true");
        let answer = request.send().await.map_err(unreachable)?;
        if answer.status() != 200 {
            return Err(Unknown::Status(answer.status().as_u16()));
        }
        let body = at_most(LONGEST, answer).await.map_err(unreachable)?.ok_or(Unknown::TooLong)?;
        let text = String::from_utf8(body).map_err(|_| Unknown::NotARange)?;
        seen(&text, suffix).ok_or(Unknown::NotARange)
    }
}

/// In forty digits. The service is asked by this hash; nothing is kept or guarded by it.
fn sha1(password: &str) -> String {
    hex(digest(&SHA1_FOR_LEGACY_USE_ONLY, password.as_bytes()).as_ref()).to_uppercase()
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::handler::Handler;
    use axum::http::StatusCode;
    use axum::response::Redirect;
    use axum::routing::get;
    use tokio::io::AsyncWriteExt as _;
    use tokio::net::TcpListener;

    use super::*;

    /// A service that answers each path like this.
    async fn asked(service: Router) -> Result<u64, Unknown> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/range/", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, service).await });
        let source = Source::new(&url, Duration::from_millis(500)).unwrap();
        let times = source.times(&sha1("password")).await;
        assert_eq!(source.holds(&sha1("password")).await, times.as_ref().is_ok_and(|times| *times > 0));
        times
    }

    /// The line of `password`.
    const KNOWN: &str = "1E4C9B93F3F0682250B6CF8331B7EE68FD8:52256179";

    fn at_range<H: Handler<T, ()>, T: 'static>(handler: H) -> Router {
        Router::new().route("/range/5BAA6", get(handler))
    }

    #[tokio::test]
    async fn a_service_that_is_of_no_use_keeps_nobody_out() {
        let found = |text: String| at_range(move || std::future::ready(text.clone()));
        assert_eq!(asked(found(format!("{KNOWN}\r\n"))).await, Ok(52_256_179));
        assert_eq!(asked(found("<html>It works!</html>".into())).await, Err(Unknown::NotARange));
        assert_eq!(asked(found(format!("{KNOWN}\r\n").repeat(6000))).await, Err(Unknown::TooLong));
        let moved = at_range(async || Redirect::temporary("/else")).route("/else", get(async || KNOWN));
        assert_eq!(asked(moved).await, Err(Unknown::Status(307)));
        let down = at_range(async || StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(asked(down).await, Err(Unknown::Status(500)));
        assert_eq!(asked(at_range(async || std::future::pending::<()>().await)).await, Err(Unknown::Unreachable));
    }

    #[tokio::test]
    async fn an_answer_that_never_ends_is_not_waited_for() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let source =
            Source::new(&format!("http://{}", listener.local_addr().unwrap()), Duration::from_millis(200)).unwrap();
        let peer = tokio::spawn(async move {
            let (mut socket, _) = listener.accept().await.unwrap();
            socket.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n1E4C9").await.unwrap();
            // Held open until whoever asked has gone.
            let _ = tokio::io::copy(&mut socket, &mut tokio::io::sink()).await;
        });
        assert_eq!(source.times(&sha1("password")).await, Err(Unknown::Unreachable));
        peer.await.unwrap();
    }
}
