//! Requests as bytes: what two readers could understand differently is refused, or is the last of its connection.

use std::fmt::Write as _;
use std::time::Duration;

use ledger::person::Scope;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::browser::{Browser, FORM};
use crate::engines::on_each;
use crate::rest_client::Program;
use crate::running::Running;

/// Sends the bytes, and reads until the server ends the connection. What it no longer reads is no failure here.
async fn whole(url: &str, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(url.strip_prefix("http://").unwrap()).await.unwrap();
    let _ = stream.write_all(bytes).await;
    let mut answer = Vec::new();
    let read = stream.read_to_end(&mut answer);
    let _ = tokio::time::timeout(Duration::from_secs(20), read).await.expect("an end");
    String::from_utf8_lossy(&answer).into_owned()
}

fn statuses(answer: &str) -> Vec<&str> {
    answer.match_indices("HTTP/1.1 ").map(|(at, name)| answer[at + name.len()..].split(' ').next().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_whose_end_is_unclear_is_refused() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let head = format!("POST /api/log_in HTTP/1.1\r\nHost: here\r\nOrigin: {}\r\nX-Mark: 1\r\n", running.url);
        for (what, rest) in [
            ("two lengths", "Content-Length: 3\r\nContent-Length: 4\r\n\r\na=bc"),
            ("two lengths in a line", "Content-Length: 3, 4\r\n\r\na=bc"),
            ("a length with a sign", "Content-Length: +3\r\n\r\na=b"),
            ("a negative length", "Content-Length: -3\r\n\r\na=b"),
            ("a length in hex", "Content-Length: 0x3\r\n\r\na=b"),
            ("an endless length", "Content-Length: 99999999999999999999\r\n\r\na=b"),
            ("a blank before the colon", "Content-Length : 3\r\n\r\na=b"),
            ("a blank before the colon of a coding", "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n"),
            ("a folded line", "X-Fold: a\r\n b\r\nContent-Length: 3\r\n\r\na=b"),
            ("a folded coding", "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n"),
            ("a coding that is none", "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
            ("a coding that does not end", "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"),
            ("a name with a blank", "X Y: 1\r\nContent-Length: 3\r\n\r\na=b"),
            ("a line without a name", ": 1\r\nContent-Length: 3\r\n\r\na=b"),
            ("a line without a colon", "Nothing\r\nContent-Length: 3\r\n\r\na=b"),
            ("a nought in a value", "X-Zero: a\0b\r\nContent-Length: 3\r\n\r\na=b"),
            ("a bare return in a value", "X-Bare: a\rb\r\nContent-Length: 3\r\n\r\na=b"),
        ] {
            let answer = whole(&running.url, format!("{head}{rest}").as_bytes()).await;
            assert_eq!(statuses(&answer), ["400"], "{what}: {answer}");
        }
        for (what, line) in [
            ("an older version", "GET /login\r\n\r\n"),
            ("a newer version", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
            ("a version that is none", "GET /login HTTP/1.x\r\nHost: here\r\n\r\n"),
            ("a method that is none", "G@T /login HTTP/1.1\r\nHost: here\r\n\r\n"),
            ("two addresses", "GET /login /records HTTP/1.1\r\nHost: here\r\n\r\n"),
        ] {
            let answer = whole(&running.url, line.as_bytes()).await;
            assert!(!answer.contains(" 200 ") && statuses(&answer).len() <= 1, "{what}: {answer}");
        }
        assert_eq!(Browser::at(&running.url).get("/login").await.status, 200);
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_in_pieces_is_the_last_of_its_connection() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let smuggled = "GET /health/live HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n";
        let kind = format!("Content-Type: {FORM}\r\n");
        let head = format!("POST /api/log_in HTTP/1.1\r\nHost: here\r\nOrigin: {}\r\n{kind}", running.url);
        // By its length the second request is a part of the first; by its coding it stands behind it.
        let length = format!("Content-Length: {}\r\n", smuggled.len() + 5);
        for lines in [
            format!("{length}Transfer-Encoding: chunked\r\n"),
            format!("Transfer-Encoding: chunked\r\n{length}"),
            "Transfer-Encoding: chunked\r\n".to_owned(),
            "transfer-encoding: CHUNKED\r\n".to_owned(),
        ] {
            let answer = whole(&running.url, format!("{head}{lines}\r\n0\r\n\r\n{smuggled}").as_bytes()).await;
            assert!(statuses(&answer).len() == 1 && !answer.contains(" 200 "), "{lines}: {answer}");
        }
        for pieces in
            ["zz\r\na=b\r\n0\r\n\r\n", "-1\r\na\r\n0\r\n\r\n", "3\r\na=bcd\r\n0\r\n\r\n", "fffffffffffffffff\r\na"]
        {
            let request = format!("{head}Transfer-Encoding: chunked\r\n\r\n{pieces}{smuggled}");
            let answer = whole(&running.url, request.as_bytes()).await;
            assert!(statuses(&answer).len() <= 1 && !answer.contains(" 200 "), "{pieces:?}: {answer}");
        }
        // One with a length may have others behind it.
        let plain = format!("{head}Content-Length: 3\r\n\r\na=b{smuggled}");
        assert_eq!(statuses(&whole(&running.url, plain.as_bytes()).await).len(), 2);
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_that_is_too_large_is_refused_and_the_server_goes_on() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let long = "x".repeat(1_000_000);
        let many = (0..200).fold(String::new(), |mut lines, at| {
            let _ = write!(lines, "X-{at}: 1\r\n");
            lines
        });
        for (what, request) in [
            ("a value", format!("GET /login HTTP/1.1\r\nHost: here\r\nX-Long: {long}\r\n\r\n")),
            ("a name", format!("GET /login HTTP/1.1\r\nHost: here\r\n{long}: 1\r\n\r\n")),
            ("cookies", format!("GET /login HTTP/1.1\r\nHost: here\r\nCookie: a={long}\r\n\r\n")),
            ("an address", format!("GET /login?{long} HTTP/1.1\r\nHost: here\r\n\r\n")),
            ("many lines", format!("GET /login HTTP/1.1\r\nHost: here\r\n{many}\r\n")),
            ("some times the limit", format!("GET /login HTTP/1.1\r\nX: {}\r\n\r\n", &long[..300_000])),
        ] {
            // The answer may be lost where the server ends the connection before all was sent.
            let answer = whole(&running.url, request.as_bytes()).await;
            let refused = ["400", "414", "431"];
            assert!(statuses(&answer).iter().all(|status| refused.contains(status)), "{what}: {answer}");
        }
        let fits =
            format!("GET /health/live HTTP/1.1\r\nHost: here\r\nX: {}\r\nConnection: close\r\n\r\n", &long[..30_000]);
        assert_eq!(statuses(&whole(&running.url, fits.as_bytes()).await), ["200"]);
        assert_eq!(Browser::at(&running.url).get("/login").await.status, 200);
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_sent_back_by_trace() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        let token = Program::of(&mut asha, Scope::Read).await.token;
        for path in
            ["/", "/login", "/records", "/api/load_book", "/robots.txt", "/health/live", "/api/v1/me", "/nowhere"]
        {
            for method in ["TRACE", "TRACK", "CONNECT", "DEBUG"] {
                let cookies: Vec<String> = asha.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
                let request = format!(
                    "{method} {path} HTTP/1.1\r\nHost: here\r\nOrigin: {}\r\nAuthorization: Bearer {token}\r\n\
                     Cookie: {}\r\nX-Mark: told-to-nobody\r\nConnection: close\r\n\r\n",
                    running.url,
                    cookies.join("; ")
                );
                let answer = whole(&running.url, request.as_bytes()).await;
                let is_refused = statuses(&answer).iter().all(|status| ["400", "403", "404", "405"].contains(status));
                assert!(is_refused && !answer.contains("told-to-nobody"), "{method} {path}: {answer}");
            }
        }
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_programs_and_calls_are_answered_is_kept_by_no_cache() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        let program = Program::of(&mut asha, Scope::Read).await;
        let stranger = program.with_token("nobody");
        for path in ["/me", "/records", "/accounts", "/nowhere", "/records?limit=nonsense"] {
            for answer in [program.get(path).await, stranger.get(path).await] {
                assert_eq!(answer.header("cache-control"), "no-store", "{path} {}", answer.status);
            }
        }
        for answer in [asha.call("load_book", &[]).await, asha.call("nothing", &[]).await, asha.get("/export").await] {
            assert_eq!(answer.header("cache-control"), "no-store", "{}", answer.status);
        }
        running.stop().await;
    })
    .await;
}
