//! A mail provider that answers a byte a second.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use server::config::Config;
use server::deliver::{EmailMessage, Mailer, PATIENCE};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, sleep};

use crate::browser::{Browser, PASSWORD};
use crate::engines::on_each;
use crate::letters::nothing_waits;
use crate::provider::wait_until;
use crate::running::Running;

const SECOND: Duration = Duration::from_secs(1);

/// It hears all that is said at once. Who came is counted.
struct Trickle {
    address: String,
    came: Arc<AtomicUsize>,
}

impl Trickle {
    /// Answers everybody with this and then, unless it is `to_the_end`, with its last byte over and over.
    async fn start(answer: &'static [u8], to_the_end: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, came) = (listener.local_addr().unwrap().to_string(), Arc::<AtomicUsize>::default());
        let counted = Arc::clone(&came);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                counted.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(trickle(stream, answer, to_the_end));
            }
        });
        Self { address, came }
    }
}

async fn trickle(stream: TcpStream, answer: &'static [u8], to_the_end: bool) {
    let (mut read, mut write) = stream.into_split();
    tokio::spawn(async move {
        let mut said = [0; 4096];
        while let Ok(1..) = read.read(&mut said).await {}
    });
    let more = if to_the_end { &[] } else { &answer[answer.len() - 1..] };
    for byte in answer.iter().chain(more.iter().cycle()) {
        sleep(SECOND).await;
        if write.write_all(&[*byte]).await.is_err() {
            return;
        }
    }
    // The connection stays open.
    std::future::pending::<()>().await;
}

/// Each way to send letters: the variable, how its address begins, and an answer of that kind which never ends.
const WAYS: [(&str, &str, &[u8]); 2] =
    [("EXPENSO_MAIL_WEBHOOK_URL", "http", b"HTTP/1.1 202 A"), ("EXPENSO_SMTP_URL", "smtp", b"220 welcome")];

fn letter() -> EmailMessage {
    EmailMessage {
        to: "asha@example.com".parse().unwrap(),
        subject: "Hello".into(),
        text: "text".into(),
        html: "<p>text</p>".into(),
        pictures: Vec::new(),
        key: "confirm:1".into(),
    }
}

fn mailer(name: &str, url: &str) -> Mailer {
    let variables = BTreeMap::from([(name.to_owned(), url.to_owned())]);
    Mailer::new(&Config::from_parts(None, &variables).unwrap()).unwrap()
}

#[tokio::test(start_paused = true)]
async fn an_answer_of_a_byte_a_second_is_waited_for_as_long_as_any_other() {
    for (name, scheme, answer) in WAYS {
        let provider = Trickle::start(answer, false).await;
        let begun = Instant::now();
        let sent = mailer(name, &format!("{scheme}://{}", provider.address)).send(&letter()).await;
        assert_eq!(sent.unwrap_err().why, "no answer in time", "{scheme}");
        let took = begun.elapsed();
        assert!((PATIENCE..PATIENCE + 2 * SECOND).contains(&took), "{scheme}: {took:?}");
        assert_eq!(provider.came.load(Ordering::SeqCst), 1, "{scheme}");
    }
    // One that comes to its end in time is heard, so that the letter is not sent again.
    let provider = Trickle::start(b"HTTP/1.1 202 OK\r\n\r\n", true).await;
    let begun = Instant::now();
    let sent = mailer("EXPENSO_MAIL_WEBHOOK_URL", &format!("http://{}", provider.address)).send(&letter()).await;
    assert_eq!(sent, Ok(()));
    assert!(begun.elapsed() >= 18 * SECOND, "{:?}", begun.elapsed());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_answers_a_byte_a_second_slows_nobody() {
    for (name, scheme, answer) in WAYS {
        on_each(async |backend| {
            let provider = Trickle::start(answer, false).await;
            let url = format!("{scheme}://{}", provider.address);
            let running = Running::start(&backend, &[(name, &url)]).await;
            Browser::signed_up(&running.url, "asha@example.com").await;
            wait_until(|| provider.came.load(Ordering::SeqCst) > 0).await;
            let begun = std::time::Instant::now();
            let mut ravi = Browser::signed_up(&running.url, "ravi@example.com").await;
            assert_eq!(ravi.get("/dashboard").await.status, 200);
            assert_eq!(ravi.log_in("ravi@example.com", PASSWORD).await.status, 303);
            assert!(begun.elapsed() < Duration::from_secs(5), "{scheme}: {:?}", begun.elapsed());
            running.stop().await;
            assert!(!nothing_waits(&backend).await, "{scheme}: it is sent after the next start");
        })
        .await;
    }
}
