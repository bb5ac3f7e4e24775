//! Letters leave after the commit, once, whatever the provider does.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use backend::outbox::{self, Push};
use backend::{Backend, ClientInfo, sessions, tokens, users};
use chrono::TimeDelta;
use ledger::id::UserId;
use ledger::person::LogInForm;
use serde_json::json;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;

use crate::browser::{Browser, PASSWORD};
use crate::engines::on_each;
use crate::provider::{Mood, Provider, wait_until};
use crate::running::Running;

async fn with_provider(backend: &Backend, provider: &Provider) -> Running {
    let env =
        [("EXPENSO_MAIL_WEBHOOK_URL", provider.url.as_str()), ("EXPENSO_MAIL_WEBHOOK_KEY", "key of the provider")];
    Running::start(backend, &env).await
}

/// What the domain writes when a budget is passed.
async fn push_alert(backend: &Backend, user: UserId, key: &str) {
    let payload = json!({
        "user": user, "budget": "Everything", "percent": 100, "whole_month": true,
        "limit": "₹10,000.00", "spent": "₹12,340.00", "period": "January 2027", "path": "/budgets",
    });
    let mut tx = backend.db.write().await.unwrap();
    let due = backend.clock.now();
    let push = Push { key: key.into(), kind: "budget_alert", book: None, payload, due };
    outbox::push(&mut tx, &backend.clock, push).await.unwrap();
    tx.commit().await.unwrap();
    backend.wake_outbox();
}

fn elsewhere() -> ClientInfo {
    ClientInfo::new("192.0.2.9".parse().unwrap(), "story")
}

async fn user(backend: &Backend, email: &str) -> UserId {
    let form = LogInForm { email: email.into(), password: PASSWORD.into(), ..LogInForm::default() };
    let session = sessions::log_in(backend, form.parse().unwrap(), &elsewhere()).await.unwrap();
    sessions::find(backend, session.session).await.unwrap().unwrap().member.user()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_leaves_in_the_form_that_the_provider_takes() {
    on_each(async |backend| {
        let provider = Provider::start(Mood::Takes).await;
        let running = with_provider(&backend, &provider).await;
        Browser::signed_up(&running.url, "asha@example.com").await;
        let (key, letter) = provider.wait_for(1).await.remove(0);
        assert_eq!(key, "Bearer key of the provider");
        assert_eq!(letter["personalizations"][0]["to"], json!([{ "email": "asha@example.com", "name": "Asha" }]));
        assert_eq!(letter["subject"], "Confirm your email address");
        assert_eq!(letter["content"][0]["type"], "text/plain");
        let text = letter["content"][0]["value"].as_str().unwrap();
        assert!(text.contains("http://127.0.0.1:3000/confirm?token="), "the host is the configured one: {text}");
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_was_down_gets_each_letter_once() {
    on_each(async |backend| {
        let provider = Provider::start(Mood::Fails).await;
        let running = with_provider(&backend, &provider).await;
        Browser::signed_up(&running.url, "asha@example.com").await;
        for refusals in 1..=3 {
            provider.wait_for_refusals(refusals).await;
            if refusals == 3 {
                provider.set(Mood::Takes);
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
            backend.clock.advance(TimeDelta::minutes(2));
            running.backend.wake_outbox();
        }
        provider.wait_for(1).await;
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_is_busy_is_left_alone_as_long_as_it_asks() {
    on_each(async |backend| {
        let provider = Provider::start(Mood::Busy).await;
        let running = with_provider(&backend, &provider).await;
        Browser::signed_up(&running.url, "asha@example.com").await;
        provider.wait_for_refusals(1).await;
        tokio::time::sleep(Duration::from_millis(200)).await;
        let wait = outbox::next_due(&backend).await.unwrap().unwrap() - backend.clock.now();
        assert_eq!(wait, TimeDelta::seconds(600));
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_hangs_slows_nobody() {
    on_each(async |backend| {
        let provider = Provider::start(Mood::Hangs).await;
        let running = with_provider(&backend, &provider).await;
        Browser::signed_up(&running.url, "asha@example.com").await;
        provider.wait_for_refusals(1).await;
        let start = Instant::now();
        Browser::signed_up(&running.url, "ravi@example.com").await;
        assert!(start.elapsed() < Duration::from_secs(3), "{:?}", start.elapsed());
        drop(running);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_workers_send_each_letter_once() {
    on_each(async |backend| {
        let provider = Provider::start(Mood::Takes).await;
        let (one, two) = (with_provider(&backend, &provider).await, with_provider(&backend, &provider).await);
        Browser::signed_up(&one.url, "asha@example.com").await;
        Browser::signed_up(&two.url, "ravi@example.com").await;
        provider.wait_for(2).await;
        one.stop().await;
        two.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alert_goes_to_a_confirmed_address_only_and_once_per_key() {
    on_each(async |backend| {
        let provider = Provider::start(Mood::Takes).await;
        let running = with_provider(&backend, &provider).await;
        Browser::signed_up(&running.url, "asha@example.com").await;
        let letters = provider.wait_for(1).await;
        let asha = user(&backend, "asha@example.com").await;
        push_alert(&backend, asha, "alert 1").await;
        provider.wait_for(1).await;

        let text = letters[0].1["content"][0]["value"].as_str().unwrap();
        let secret: String =
            text.split("token=").nth(1).unwrap().chars().take_while(char::is_ascii_alphanumeric).collect();
        tokens::confirm_link(&backend, &secret, &elsewhere()).await.unwrap();
        assert!(users::recipient(&backend, asha).await.unwrap().unwrap().confirmed);
        for _ in 0..100 {
            push_alert(&backend, asha, "alert 2").await;
        }
        let letters = provider.wait_for(2).await;
        assert_eq!(letters[1].1["subject"], "Your monthly expenses have exceeded your target budget");
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_provider_letters_are_files_for_the_operator_only() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        Browser::signed_up(&running.url, "asha@example.com").await;
        let folder = running.folder.path().join("mail");
        let letter = || -> Option<PathBuf> {
            let mut files = std::fs::read_dir(&folder).ok()?.map(|file| file.unwrap().path());
            files.find(|path| path.extension().is_some_and(|end| end == "eml"))
        };
        wait_until(|| letter().is_some()).await;
        let mail = std::fs::read_to_string(letter().unwrap()).unwrap();
        assert!(
            mail.contains("To: Asha <asha@example.com>") && mail.contains("Subject: Confirm your email address"),
            "{mail}"
        );
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(std::fs::metadata(letter().unwrap()).unwrap().permissions().mode() & 0o077, 0);
        }
        running.stop().await;
    })
    .await;
}

/// Takes one letter and tells what was said.
async fn smtp_server() -> (String, tokio::task::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let session = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read).lines();
        let mut said = String::new();
        write.write_all(b"220 story\r\n").await.unwrap();
        let mut in_letter = false;
        while let Some(line) = lines.next_line().await.unwrap() {
            said.push_str(&line);
            said.push('\n');
            let reply = match line.as_str() {
                "." if in_letter => {
                    write.write_all(b"250 taken\r\n").await.unwrap();
                    break;
                }
                _ if in_letter => continue,
                "DATA" => {
                    in_letter = true;
                    "354 go on\r\n"
                }
                _ => "250 fine\r\n",
            };
            write.write_all(reply.as_bytes()).await.unwrap();
        }
        said
    });
    (url, session)
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_are_handed_to_a_mail_server() {
    on_each(async |backend| {
        let (url, session) = smtp_server().await;
        let running = Running::start(&backend, &[("EXPENSO_SMTP_URL", &url)]).await;
        Browser::signed_up(&running.url, "asha@example.com").await;
        let said = tokio::time::timeout(Duration::from_secs(10), session).await.unwrap().unwrap();
        assert_eq!(said.matches("RCPT TO:<asha@example.com>").count(), 1, "{said}");
        assert!(said.contains("Subject: Confirm your email address"));
        running.stop().await;
    })
    .await;
}
