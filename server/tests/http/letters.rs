//! Letters leave after the commit, once, whatever the provider does.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use backend::{Backend, outbox, reports};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{Datelike, TimeDelta};
use mail_parser::{ContentType, MessageParser, MimeHeaders as _};
use serde_json::json;
use tiny_skia::Pixmap;

use crate::alerts::member;
use crate::browser::{Browser, FORM, PASSWORD};
use crate::engines::on_each;
use crate::provider::{Mood, Provider, eventually, tries_are_noted, wait_until};
use crate::running::Running;
use crate::smtp_peer::SmtpPeer;

/// A server that sends its letters to this provider.
pub async fn with_provider(backend: &Backend, provider: &Provider) -> Running {
    let env =
        [("EXPENSO_MAIL_WEBHOOK_URL", provider.url.as_str()), ("EXPENSO_MAIL_WEBHOOK_KEY", "key of the provider")];
    Running::start(backend, &env).await
}

/// A provider of a mood, and a server that sends it the first letters of Asha.
pub async fn with_letters(backend: &Backend, mood: Mood) -> (Provider, Running) {
    let provider = Provider::start(mood).await;
    let running = with_provider(backend, &provider).await;
    Browser::signed_up(&running.url, "asha@example.com").await;
    (provider, running)
}

/// Gives a table another name, so that statements on it fail, or its name back.
pub async fn rename(backend: &Backend, statement: &'static str) {
    let mut tx = backend.db.write().await.unwrap();
    tx.query(statement).execute().await.unwrap();
    tx.commit().await.unwrap();
}

/// Whether every letter is sent or parked.
pub async fn nothing_waits(backend: &Backend) -> bool {
    outbox::next_due(backend).await.unwrap().is_none()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_leaves_in_the_form_that_the_provider_takes() {
    on_each(async |backend| {
        let (provider, running) = with_letters(&backend, Mood::Takes).await;
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
        let (provider, running) = with_letters(&backend, Mood::Fails).await;
        for refusals in 1..=3 {
            tries_are_noted(&backend, refusals).await;
            if refusals == 3 {
                provider.set(Mood::Takes);
            }
            backend.clock.advance(TimeDelta::minutes(2));
            running.backend.wake_outbox();
        }
        provider.wait_for(1).await;
        let keys = provider.keys();
        assert_eq!(keys.len(), 4);
        assert!(keys[0].starts_with("confirm-") && keys.iter().all(|key| *key == keys[0]), "{keys:?}");
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_takes_the_letter_and_answers_late_gets_it_once() {
    on_each(async |backend| {
        let (provider, running) = with_letters(&backend, Mood::Holds).await;
        provider.wait_for(1).await;
        let claim = outbox::next_due(&backend).await.unwrap();
        backend.clock.advance(TimeDelta::seconds(20));
        eventually(async || outbox::next_due(&backend).await.unwrap() > claim).await;
        // The first claim would be over by now.
        backend.clock.advance(TimeDelta::seconds(20));
        assert!(outbox::claim(&backend, 9).await.unwrap().is_empty());
        provider.answer();
        eventually(async || nothing_waits(&backend).await).await;
        provider.wait_for(1).await;
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_the_database_was_not_told_of_is_not_sent_again() {
    on_each(async |backend| {
        let (provider, running) = with_letters(&backend, Mood::Holds).await;
        provider.wait_for(1).await;
        rename(&backend, "alter table outbox rename to outbox_away").await;
        provider.answer();
        provider.set(Mood::Takes);
        provider.wait_for(1).await;
        rename(&backend, "alter table outbox_away rename to outbox").await;
        backend.clock.advance(TimeDelta::seconds(31));
        running.backend.wake_outbox();
        eventually(async || nothing_waits(&backend).await).await;
        provider.wait_for(1).await;
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_told_to_stop_does_not_wait_for_a_provider_that_hangs() {
    on_each(async |backend| {
        let (provider, running) = with_letters(&backend, Mood::Hangs).await;
        provider.wait_for_refusals(1).await;
        let start = Instant::now();
        running.stop().await;
        assert!(start.elapsed() < Duration::from_secs(8), "{:?}", start.elapsed());
        assert!(!nothing_waits(&backend).await, "it is sent after the next start");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_is_busy_is_left_alone_as_long_as_it_asks() {
    on_each(async |backend| {
        let (_provider, running) = with_letters(&backend, Mood::Busy).await;
        tries_are_noted(&backend, 1).await;
        let wait = outbox::next_due(&backend).await.unwrap().unwrap() - backend.clock.now();
        assert_eq!(wait, TimeDelta::seconds(600));
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_hangs_slows_nobody() {
    on_each(async |backend| {
        let (provider, running) = with_letters(&backend, Mood::Hangs).await;
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

#[tokio::test(flavor = "multi_thread")]
async fn a_monthly_report_leaves_on_the_first_morning_to_whoever_wants_it() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        for email in ["asha@example.com", "ravi@example.com"] {
            Browser::signed_up(&running.url, email).await;
        }
        running.stop().await;
        let asha = member(&backend).await;
        reports::set_monthly(&backend, &asha, true).await.unwrap();
        let zone = asha.zone();
        let first = (0..40).map(|days| backend.clock.today(&zone) + TimeDelta::days(days)).find(|day| day.day() == 1);
        let morning = first.unwrap().and_hms_opt(8, 0, 0).unwrap().and_local_timezone(zone).unwrap();
        backend.clock.set(morning.to_utc());

        // Two servers look at once.
        let (one, two) = (Running::start(&backend, &[]).await, Running::start(&backend, &[]).await);
        let letters = || -> Vec<String> {
            let folders = [&one, &two].map(|running| running.folder.path().join("mail"));
            let files = folders.iter().filter_map(|folder| std::fs::read_dir(folder).ok()).flatten();
            let letters = files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
            letters.filter(|letter| letter.contains(" in Expenso")).collect()
        };
        wait_until(|| !letters().is_empty()).await;
        let letters = letters();
        assert_eq!(letters.len(), 1);
        assert!(letters[0].contains("To: Asha <asha@example.com>"), "{}", letters[0]);
        one.stop().await;
        two.stop().await;
    })
    .await;
}

/// The pictures of a letter by their ids, as a reader of mail that is not ours finds them.
fn pictures(mail: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let letter = MessageParser::default().parse(mail).unwrap();
    let (html, text) = (letter.body_html(0).unwrap(), letter.body_text(0).unwrap());
    assert!(text.contains("The last twelve months:") && !text.contains('<'), "{text}");
    let pictures = letter.attachments().filter(|part| part.is_content_type("image", "png"));
    let pictures: BTreeMap<String, Vec<u8>> = pictures
        .map(|part| {
            assert!(part.content_disposition().is_some_and(ContentType::is_inline), "{part:?}");
            (part.content_id().unwrap().to_owned(), part.contents().to_vec())
        })
        .collect();
    for id in pictures.keys() {
        assert!(html.contains(&format!("src=\"cid:{id}\"")), "{id} in {html}");
    }
    assert_eq!(html.matches("<img ").count(), pictures.len());
    assert_eq!(html.matches("alt=\"").count(), pictures.len());
    pictures
}

/// Both pictures are there, and are what they say: so large, and drawn with the colours of their bars and parts.
fn assert_drawn(pictures: &BTreeMap<String, Vec<u8>>) {
    for (id, size, colour) in
        [("income-and-expenses", (912, 280), [0x1d, 0x5c, 0x45]), ("categories", (320, 320), [0x1d, 0x5c, 0x45])]
    {
        let picture = Pixmap::decode_png(&pictures[id]).unwrap();
        assert_eq!((picture.width(), picture.height()), size, "{id}");
        let drawn =
            picture.pixels().iter().filter(|pixel| [pixel.red(), pixel.green(), pixel.blue()] == colour).count();
        assert!(drawn > 1000, "{id}: {drawn} points");
    }
    assert_eq!(pictures.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pictures_of_a_monthly_report_arrive_by_every_way() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut browser = Browser::signed_up(&running.url, "asha@example.com").await;
        // In the month of the report the clock has moved on by then.
        browser.spend("Corner shop", "120").await;
        running.stop().await;
        let mut tx = backend.db.write().await.unwrap();
        tx.query("update users set confirmed_at = created_at").execute().await.unwrap();
        tx.commit().await.unwrap();
        let asha = member(&backend).await;
        reports::set_monthly(&backend, &asha, true).await.unwrap();
        let (provider, peer) = (Provider::start(Mood::Takes).await, SmtpPeer::start().await);
        let hook = [("EXPENSO_MAIL_WEBHOOK_URL", provider.url.as_str()), ("EXPENSO_MAIL_WEBHOOK_KEY", "key")];
        let smtp = [("EXPENSO_SMTP_URL", peer.url.as_str())];
        for (month, env) in [&[][..], &smtp[..], &hook[..]].into_iter().enumerate() {
            // Each month has its letter, and its expense.
            let first = (0..40).map(|days| backend.clock.today(&asha.zone()) + TimeDelta::days(days));
            let first = first.skip(1).find(|day| day.day() == 1).unwrap();
            let morning = first.and_hms_opt(8, 0, 0).unwrap().and_local_timezone(asha.zone()).unwrap();
            backend.clock.set(morning.to_utc());
            let running = Running::start(&backend, env).await;
            match month {
                0 => {
                    let folder = running.folder.path().join("mail");
                    let letter = || {
                        let files = std::fs::read_dir(&folder).into_iter().flatten().flatten();
                        let letters = files.filter_map(|file| std::fs::read(file.path()).ok());
                        letters.into_iter().find(|mail| String::from_utf8_lossy(mail).contains(" in Expenso"))
                    };
                    wait_until(|| letter().is_some()).await;
                    assert_drawn(&pictures(&letter().unwrap()));
                }
                1 => {
                    let said = peer.wait_for(1).await.remove(0);
                    let mail = said.split_once("DATA\n").unwrap().1.split("\n.\n").next().unwrap();
                    assert!(pictures(mail.replace('\n', "\r\n").as_bytes()).contains_key("income-and-expenses"));
                }
                _ => {
                    let (_, letter) = provider.wait_for(1).await.remove(0);
                    let shown = letter["attachments"].as_array().unwrap();
                    let shown = shown.iter().map(|one| {
                        assert_eq!(
                            (one["type"].as_str(), one["disposition"].as_str()),
                            (Some("image/png"), Some("inline"))
                        );
                        let id = one["content_id"].as_str().unwrap();
                        let html = letter["content"][1]["value"].as_str().unwrap();
                        assert!(html.contains(&format!("src=\"cid:{id}\"")), "{html}");
                        let png = STANDARD.decode(one["content"].as_str().unwrap()).unwrap();
                        assert!(Pixmap::decode_png(&png).is_ok());
                        id.to_owned()
                    });
                    assert_eq!(shown.collect::<Vec<_>>(), ["income-and-expenses"]);
                }
            }
            running.stop().await;
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_are_handed_to_a_mail_server() {
    on_each(async |backend| {
        let peer = SmtpPeer::start().await;
        let running = Running::start(&backend, &[("EXPENSO_SMTP_URL", &peer.url)]).await;
        Browser::signed_up(&running.url, "asha@example.com").await;
        let said = peer.wait_for(1).await.remove(0);
        assert_eq!(said.matches("RCPT TO:<asha@example.com>").count(), 1, "{said}");
        assert!(said.contains("Subject: Confirm your email address"));
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn links_in_letters_begin_with_the_configured_address_whatever_the_request_says() {
    on_each(async |backend| {
        let (provider, running) = with_letters(&backend, Mood::Takes).await;
        let mut asha = Browser::at(&running.url);
        assert_eq!(asha.log_in("asha@example.com", PASSWORD).await.status, 303);
        // Who has not confirmed their own address writes to nobody else's.
        let mut tx = backend.db.write().await.unwrap();
        tx.query("update users set confirmed_at = created_at").execute().await.unwrap();
        tx.commit().await.unwrap();
        let names = ["host", "x-forwarded-host", "forwarded", "x-host", "x-forwarded-server", "x-original-host"];
        let calls = [
            ("/api/forgot", "form[email]=asha@example.com".to_owned()),
            ("/api/invite", "form[email]=ravi@example.com&form[role]=viewer".to_owned()),
        ];
        for name in names {
            for (path, body) in &calls {
                let value = if name == "forwarded" { "host=evil.example" } else { "evil.example" };
                let origin = if name == "host" { "http://evil.example" } else { running.url.as_str() };
                let request = asha.client().post(format!("{}{path}", running.url)).header(name, value);
                let request = request.header("origin", origin).header("x-forwarded-proto", "gopher");
                let answer = asha.send(request.header("content-type", FORM).body(body.clone())).await;
                // One account has five letters an hour; a newer invitation takes the place of the former.
                assert!(answer.status.is_success() || answer.status == 429, "{name} {path}: {}", answer.text);
                assert!(!format!("{answer:?}").contains("evil"), "{name} {path}: {answer:?}");
                // A letter that waits is not written where a newer one takes its place.
                eventually(async || nothing_waits(&backend).await).await;
            }
        }
        let letters: Vec<String> = provider.taken().iter().map(|(_, letter)| letter["content"].to_string()).collect();
        let with = |what: &str| letters.iter().filter(|letter| letter.contains(what)).count();
        assert!(with("http://127.0.0.1:3000/reset?token=") >= 4, "{letters:?}");
        assert!(with("http://127.0.0.1:3000/invitation?token=") >= 4, "{letters:?}");
        assert_eq!(with("evil") + with("gopher"), 0, "{letters:?}");
        let mut page = String::new();
        for name in names {
            let request = asha.client().get(format!("{}/settings", running.url)).header(name, "evil.example");
            page = asha.send(request).await.text;
            assert!(!page.contains("evil.example"), "{name}: {page}");
        }
        assert!(page.contains("http://127.0.0.1:3000/invitation?token="), "the link to hand over: {page}");
        running.stop().await;
    })
    .await;
}
