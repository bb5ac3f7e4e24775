//! What a whole journey leaves in the log, at its most talkative: lines of our own making, and nothing that anybody typed.

use std::path::Path;

use ledger::person::Scope;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::browser::{Browser, FORM, PASSWORD};
use crate::program::{Process, wait_until};
use crate::rest_client::Program;

/// Stands in everything that is typed or sent below; a log that holds it holds what somebody typed.
const MARK: &str = "forged";

/// The newest letter of this kind: its text, once it is written.
async fn letter(folder: &Path, kind: &str) -> String {
    let found = || {
        let files = std::fs::read_dir(folder.join("data/mail")).into_iter().flatten().flatten();
        let mut texts = files.filter(|file| file.file_name().to_string_lossy().starts_with(kind));
        texts.find_map(|file| std::fs::read_to_string(file.path()).ok())
    };
    wait_until(async || found().is_some()).await;
    found().unwrap().replace("=\r\n", "").replace("=3D", "=")
}

/// Does what people, programs and attackers do; answers all that must not be read in the log.
async fn journey(server: &Process) -> Vec<String> {
    let mut asha = Browser::signed_up(&server.url, "asha.forged@example.com").await;
    let mut secrets: Vec<String> = asha.cookies.values().cloned().collect();
    let wrong = "forged monsoon over Pune";
    Browser::at(&server.url).log_in("asha.forged@example.com", wrong).await;
    Browser::at(&server.url).log_in("a\r\nforged@example.com", "b\r\nforged word").await;
    asha.spend("forged shop", "4711.13").await;
    let account = "form[account]";
    for (field, typed) in [
        ("form[note]", "first line\r\n2027-01-01T00:00:00Z ERROR forged"),
        ("form[payee]", "\u{1b}[31mforged\u{7}"),
        ("form[amount]", "4711.13 forged"),
        (account, "forged\nforged"),
    ] {
        asha.call("save_record", &[("form[kind]", "expense"), (field, typed), ("form[date]", "2027-01-10")]).await;
    }
    asha.call("save_account", &[("form[name]", "Piggy forged\nERROR forged"), ("form[kind]", "cash")]).await;
    asha.call("add_hook", &[("form[url]", "http://127.0.0.1/forged"), ("form[bill_due]", "on")]).await;
    asha.call("search\r\nforged", &[]).await;

    let program = Program::of(&mut asha, Scope::Write).await;
    program.get("/records?payee=forged%0aforged").await;
    program.with_token("forged").get("/me").await;
    program.post("/records", &serde_json::json!({ "note": "forged\nforged", "forged": 1 })).await;
    secrets.push(program.token.clone());

    let made = asha.post("/bills", &[("do", "reset_feed")]).await;
    let feed = made.location().strip_prefix("/bills?feed=").unwrap().to_owned();
    asha.get(&format!("/calendar/{feed}.ics")).await;
    secrets.push(feed);

    asha.call("forgot", &[("form[email]", "asha.forged@example.com")]).await;
    let reset = letter(server.folder.path(), "reset").await;
    let token: String =
        reset.split("/reset?token=").nth(1).unwrap().chars().take_while(char::is_ascii_alphanumeric).collect();
    asha.get(&format!("/reset?token={token}")).await;
    let form = [("do", "reset"), ("form[token]", token.as_str()), ("form[password]", "forged"), ("form[confirm]", "x")];
    asha.post("/reset", &form).await;
    secrets.push(token);

    for path in [
        "/%0a2027-01-01T00:00:00Z%20ERROR%20forged",
        "/api/%0d%0aforged",
        "/api/forged",
        "/records/forged%0aforged/edit",
        "/records?q=forged%0d%0aforged",
        "/%1b%5b31mforged",
        "/api/v1/forged%0a",
        "/pkg/forged%0a.js",
        "/login/with/forged%0a/callback?state=forged&code=forged",
        "/invitation?token=forged",
    ] {
        asha.get(path).await;
        asha.post(path, &[("forged", "forged\nforged")]).await;
    }
    for (name, value) in [
        ("x-request-id", "forged"),
        ("x-forwarded-for", "forged\tforged"),
        ("user-agent", "forged\tforged"),
        ("referer", "http://forged.example/"),
        ("origin", "http://forged.example"),
        ("accept-language", "forged"),
        ("content-type", "forged/forged"),
    ] {
        let request = asha.client().post(format!("{}/api/load_book", server.url)).header("origin", &server.url);
        let mut request = request.body("forged").build().unwrap();
        request.headers_mut().insert(name, value.parse().unwrap());
        asha.client().execute(request).await.unwrap();
        let request = asha.client().post(format!("{}/login", server.url)).header("content-type", FORM);
        asha.send(request.header(name, value).body("%ff=forged&forged")).await;
    }
    for bytes in [
        "GET /forged HTTP/1.1\r\nX-Forged: a\r\n forged\r\n\r\n",
        "forged\r\n\r\n",
        "POST /api/log_in HTTP/1.1\r\nHost: forged\r\nContent-Length: 99\r\n\r\nforged",
    ] {
        let mut stream = TcpStream::connect(server.host()).await.unwrap();
        stream.write_all(bytes.as_bytes()).await.unwrap();
        stream.shutdown().await.unwrap();
        let _ = stream.read_to_end(&mut Vec::new()).await;
    }
    secrets.extend([PASSWORD, wrong, "4711", "471113", "asha.", "Asha", MARK].map(str::to_owned));
    secrets
}

#[tokio::test]
async fn a_journey_leaves_nothing_private_in_the_log_and_no_line_that_is_not_ours() {
    let server = Process::start(&[("EXPENSO_LOG", "debug")]).await;
    let secrets = journey(&server).await;
    let log = server.log();
    assert!(log.lines().count() > 50, "{log}");
    for secret in secrets {
        assert!(!log.contains(&secret), "{secret} stands in the log: {log}");
    }
    assert!(!log.contains('\u{1b}') && !log.contains('\r'), "a log that is a file has no colours: {log}");
    for line in log.lines() {
        // Such as `2027-01-15T10:00:00.123456Z  INFO `, in UTC.
        let (time, rest) = line.split_once(' ').unwrap();
        let is_time = time.ends_with('Z') && time.parse::<chrono::DateTime<chrono::Utc>>().is_ok();
        let level = rest.trim_start().split(' ').next().unwrap();
        assert!(is_time && ["ERROR", "WARN", "INFO", "DEBUG"].contains(&level), "{line}");
    }
}

#[tokio::test]
async fn each_line_of_a_journey_is_json_with_its_time_level_and_message() {
    let server = Process::start(&[("EXPENSO_LOG", "debug"), ("EXPENSO_LOG_FORMAT", "json")]).await;
    let secrets = journey(&server).await;
    let log = server.log();
    for secret in secrets {
        assert!(!log.contains(&secret), "{secret} stands in the log: {log}");
    }
    for line in log.lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let time = line["timestamp"].as_str().unwrap();
        assert!(time.ends_with('Z') && time.parse::<chrono::DateTime<chrono::Utc>>().is_ok(), "{line}");
        assert!(line["level"].is_string() && line["fields"]["message"].is_string(), "{line}");
    }
}

/// All files below a folder, by their paths in it.
fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(next).unwrap().flatten() {
            if entry.file_type().unwrap().is_dir() {
                open.push(entry.path());
            } else {
                found.push(entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned());
            }
        }
    }
    found.sort();
    found
}

#[tokio::test]
async fn what_is_logged_goes_to_standard_error_and_nowhere_else() {
    let server = Process::start(&[("EXPENSO_LOG", "debug")]).await;
    journey(&server).await;
    let folder = server.folder.path();
    // Where it is, once, for whoever started it.
    let said = std::fs::read_to_string(folder.join("said")).unwrap();
    assert!(said.lines().count() == 1 && said.starts_with("Expenso is at http"), "{said}");
    let kept = |file: &String| {
        let data = ["data/secret.key", "data/expenso.db", "data/expenso.db-wal", "data/expenso.db-shm", "data/mail/"];
        ["said", "log"].contains(&file.as_str())
            || file.starts_with("site/")
            || data.iter().any(|one| file.starts_with(one))
    };
    let others: Vec<String> = files(folder).into_iter().filter(|file| !kept(file)).collect();
    assert!(others.is_empty(), "{others:?}");
}

#[tokio::test]
async fn the_reference_that_a_person_sees_stands_in_the_log_beside_the_cause() {
    let server = Process::start(&[]).await;
    let mut asha = Browser::signed_up(&server.url, "asha@example.com").await;
    let url = format!("sqlite:{}", server.folder.path().join("data/expenso.db").display());
    let mut other = <sqlx::SqliteConnection as sqlx::Connection>::connect(&url).await.unwrap();
    sqlx::raw_sql("drop table access_tokens").execute(&mut other).await.unwrap();
    let answer = asha.call("load_tokens", &[]).await;
    assert_eq!(answer.status, 500, "{}", answer.text);
    let told: serde_json::Value = serde_json::from_str(&answer.text).unwrap();
    let reference = told["Internal"]["reference"].as_str().unwrap();
    let log = server.log();
    let line = log.lines().find(|line| line.contains(reference)).unwrap_or_else(|| panic!("{reference}: {log}"));
    assert!(line.contains("ERROR") && line.contains("no such table: access_tokens"), "{line}");
    assert!(!answer.text.contains("table"), "the person is told no insides: {}", answer.text);
}
