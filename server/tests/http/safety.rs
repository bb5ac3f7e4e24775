//! What every answer carries, and what is refused before anything is done.

use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::browser::{Browser, FORM, PASSWORD};
use crate::engines::on_each;
use crate::running::Running;

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_carries_the_headers_of_a_careful_site() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut browser = Browser::at(&running.url);
        let file = "/pkg/expenso.0123456789abcdef.js";
        for path in ["/", "/login", "/robots.txt", file, "/health/live", "/nowhere", "/api/nothing", "/metrics"] {
            let answer = browser.get(path).await;
            let policy = answer.header("content-security-policy");
            assert!(
                policy.contains("frame-ancestors 'none'") && policy.contains("object-src 'none'"),
                "{path}: {policy}"
            );
            assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{path}: {policy}");
            assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
            assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
            assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{path}");
            assert!(
                !answer.header("permissions-policy").is_empty() && !answer.header("x-request-id").is_empty(),
                "{path}"
            );
        }
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_page_has_a_nonce_of_its_own_on_its_scripts() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut browser = Browser::at(&running.url);
        let mut seen = Vec::new();
        for _ in 0..2 {
            let page = browser.get("/login").await;
            let policy = page.header("content-security-policy").to_owned();
            let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).unwrap().to_owned();
            let inline = page.text.matches("<script").count();
            let marked = page.text.matches(&format!("nonce=\"{nonce}\"")).count();
            assert!(inline > 0 && marked >= inline, "{inline} scripts, {marked} nonces: {}", page.text);
            assert_eq!(page.header("cache-control"), "no-store");
            seen.push(nonce);
        }
        assert_ne!(seen[0], seen[1]);
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_text_ends_the_text_area_that_it_stands_in() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        let note = "</textarea><form action=//evil.example><script>alert(1)</script> & &lt;";
        asha.spend("Corner shop", "12.50").await;
        let book: serde_json::Value = serde_json::from_str(&asha.call("load_book", &[]).await.text).unwrap();
        let account = book["rows"]["accounts"][0]["id"].as_str().unwrap();
        let id = uuid::Uuid::now_v7().to_string();
        let form = |amount| {
            [
                ("do", "save_record"),
                ("form[id]", id.as_str()),
                ("form[kind]", "expense"),
                ("form[amount]", amount),
                ("form[account]", account),
                ("form[date]", "2027-01-10"),
                ("form[note]", note),
            ]
        };
        let refused = asha.post("/records/new", &form("nonsense")).await;
        assert_eq!(refused.status, 422);
        assert_eq!(asha.post("/records/new", &form("5")).await.status, 303);
        let edited = asha.get(&format!("/records/{id}/edit")).await;
        for page in [refused.text, edited.text] {
            assert!(!page.contains("</textarea><form") && !page.contains("<script>alert"), "{page}");
            let (_, area) = page.split_once("<textarea").unwrap();
            assert!(area.contains("&lt;/textarea>&lt;form action=//evil.example>"), "{area}");
            assert!(area.split("</textarea>").next().unwrap().ends_with("&lt;/script> &amp; &amp;lt;"), "{area}");
        }
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_site_changes_nothing() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        for path in ["/api/log_out", "/dashboard"] {
            for origin in [Some("http://evil.example"), Some("null"), Some("http://sub.127.0.0.1"), None] {
                for kind in [FORM, "text/plain", "multipart/form-data; boundary=x"] {
                    let request = asha.client().post(format!("{}{path}", running.url)).header("content-type", kind);
                    let request = match origin {
                        Some(origin) => request.header("origin", origin),
                        None => request,
                    };
                    let answer = asha.send(request.body("do=log_out")).await;
                    assert_eq!(answer.status, 403, "{path} {origin:?} {kind}");
                    assert!(answer.text.contains("came from another site. Open Expenso itself"), "{}", answer.text);
                }
            }
        }
        let read = asha.get("/api/log_out").await;
        assert!([404, 405].contains(&read.status.as_u16()), "{}", read.status);
        assert_eq!(asha.call("load_book", &[]).await.status, 200);
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_secret_of_a_link_is_told_to_no_other_page() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut browser = Browser::at(&running.url);
        for page in ["/reset?token=secret", "/confirm?token=secret", "/confirm", "/settings/email?token=secret"] {
            assert_eq!(browser.get(page).await.header("referrer-policy"), "no-referrer", "{page}");
            // Browsers then say `null` of the page's own form.
            for (site, refused) in [("same-origin", false), ("cross-site", true)] {
                let request = browser.client().post(format!("{}{page}", running.url)).header("origin", "null");
                let request = request.header("sec-fetch-site", site).header("content-type", FORM);
                let answer = browser.send(request.body("do=confirm&form[token]=guess&form[code]=")).await;
                assert_eq!(answer.status == 403, refused, "{page} {site}: {}", answer.status);
                assert_eq!(answer.header("referrer-policy"), "no-referrer", "{page}");
            }
        }
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_is_too_large_is_refused_declared_or_not() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut browser = Browser::at(&running.url);
        let large = format!("do=log_in&form[email]={}", "x".repeat(70_000));
        let host = running.url.strip_prefix("http://").unwrap();
        for path in ["/api/log_in", "/login", "/api/nothing"] {
            let request = browser.client().post(format!("{}{path}", running.url)).header("origin", &running.url);
            let answer = browser.send(request.header("content-type", FORM).body(large.clone())).await;
            assert_eq!(answer.status, 413, "{path}");
            // The same in pieces, without its length.
            let mut stream = TcpStream::connect(host).await.unwrap();
            let head = format!(
                "POST {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: {}\r\nContent-Type: {FORM}\r\n\
                 Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n{:x}\r\n{large}\r\n0\r\n\r\n",
                running.url,
                large.len()
            );
            stream.write_all(head.as_bytes()).await.unwrap();
            let mut answer = [0; 12];
            stream.read_exact(&mut answer).await.unwrap();
            assert_eq!(&answer, b"HTTP/1.1 413", "{path}");
            // Much more of it, all of which is sent before the answer is read.
            let mut stream = TcpStream::connect(host).await.unwrap();
            stream.write_all(head.strip_suffix("0\r\n\r\n").unwrap().as_bytes()).await.unwrap();
            let piece = format!("{:x}\r\n{large}\r\n", large.len());
            for _ in 0..60 {
                stream.write_all(piece.as_bytes()).await.unwrap();
            }
            stream.write_all(b"0\r\n\r\n").await.unwrap();
            stream.read_exact(&mut answer).await.unwrap();
            assert_eq!(&answer, b"HTTP/1.1 413", "{path}");
        }
        let start = Instant::now();
        let answer = browser.log_in("asha@example.com", &"x".repeat(60_000)).await;
        assert_eq!(answer.status, 422);
        assert!(start.elapsed() < Duration::from_millis(500), "it is not hashed");
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_a_friendly_404_and_no_file_leaks() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut browser = Browser::at(&running.url);
        let hidden = ["/.env", "/.git/config", "/expenso.db", "/%2e%2e/secret.key", "/secret.key", "/%2eenv"];
        for path in ["/nowhere", "/records/../../etc/passwd", "/pkg/nothing.js", "/pkg/"].into_iter().chain(hidden) {
            let answer = browser.get(path).await;
            assert_eq!(answer.status, 404, "{path}");
            assert!(
                !answer.text.contains("told to nobody") && !answer.text.contains("root:"),
                "{path}: {}",
                answer.text
            );
        }
        assert!(browser.get("/nowhere").await.text.contains("<html"));
        assert_eq!(browser.call("nothing", &[]).await.status, 404);
        assert_eq!(browser.get("/metrics").await.status, 404);
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_with_a_hash_in_their_name_are_kept_for_ever_and_come_compressed() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut browser = Browser::at(&running.url);
        let file = format!("{}/pkg/expenso.0123456789abcdef.js", running.url);
        let answer = browser.send(browser.client().get(file).header("accept-encoding", "br, gzip")).await;
        assert_eq!((answer.header("content-encoding"), answer.text.as_str()), ("br", "compressed"));
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
        assert!(answer.header("content-type").contains("javascript"));
        assert_eq!(answer.header("vary"), "accept-encoding");
        let plain = browser.get("/pkg/expenso.0123456789abcdef.js").await;
        assert_eq!((plain.header("content-encoding"), plain.header("vary")), ("", "accept-encoding"));
        let robots = browser.get("/robots.txt").await;
        assert_eq!((robots.status.as_u16(), robots.header("cache-control")), (200, "public, max-age=3600"));
        assert!(browser.get("/login").await.text.contains("/pkg/expenso.0123456789abcdef.js"));
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_gone_is_said_with_words_and_a_time() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        assert_eq!(asha.get("/health/ready").await.status, 200);
        backend.db.close().await;
        assert_eq!(asha.get("/health/live").await.status, 200);
        assert_eq!(asha.get("/health/ready").await.status, 503);
        for answer in [asha.get("/dashboard").await, asha.call("load_book", &[]).await] {
            assert_eq!(answer.status, 503);
            assert!(!answer.header("retry-after").is_empty());
            assert!(answer.text.contains("busy") || answer.text.contains("Unavailable"), "{}", answer.text);
        }
        assert_eq!(asha.get("/robots.txt").await.status, 200, "files need no database");
        let login = Browser::at(&running.url).log_in("asha@example.com", PASSWORD).await;
        assert_eq!(login.status, 503);
        drop(running);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_under_way_is_finished_when_the_server_stops() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut browser = Browser::at(&running.url);
        browser.get("/health/live").await;
        let under_way = tokio::spawn(async move { browser.sign_up("asha@example.com", PASSWORD).await.status });
        tokio::time::sleep(Duration::from_millis(15)).await;
        let start = Instant::now();
        running.stop().await;
        assert!(start.elapsed() < Duration::from_secs(10));
        assert_eq!(under_way.await.unwrap(), 303);
    })
    .await;
}
