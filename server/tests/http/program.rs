//! The real program in a process of its own: what stops its start, and how it ends.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

use crate::browser::{Browser, FORM, PASSWORD};
use crate::proxy::Proxy;
use crate::running::write_site;

const SECRET: &str = "0123456789 abcdefghijklmnopqrstuvwxyz";

/// The program in a folder that holds its site and, below `data`, what it keeps.
fn program(folder: &Path, variables: &[(&str, &str)]) -> Command {
    write_site(&folder.join("site"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_expenso"));
    command.current_dir(folder).env_clear().kill_on_drop(true).stdin(Stdio::null());
    command.env("LEPTOS_SITE_ROOT", folder.join("site")).env("EXPENSO_DATA_DIR", folder.join("data"));
    command.env("LEPTOS_SITE_ADDR", "127.0.0.1:1").envs(variables.iter().copied());
    command
}

async fn output(folder: &Path, variables: &[(&str, &str)]) -> Output {
    tokio::time::timeout(Duration::from_secs(20), program(folder, variables).output()).await.unwrap().unwrap()
}

/// A server in its own process.
pub struct Process {
    pub url: String,
    child: Child,
    pub folder: TempDir,
}

impl Process {
    pub async fn start(variables: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (url, child) = serve(folder.path(), "log", variables).await;
        Self { url, child, folder }
    }

    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap()
    }

    pub fn host(&self) -> &str {
        self.url.strip_prefix("http://").unwrap()
    }

    /// As an operator stops it.
    fn terminate(&self) {
        let id = self.child.id().unwrap().to_string();
        assert!(std::process::Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    }
}

/// Starts a server on any free port in a folder, where it writes its log; answers once it can work.
async fn serve(folder: &Path, log: &str, variables: &[(&str, &str)]) -> (String, Child) {
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let mut command = program(folder, variables);
    let log = std::fs::File::create(folder.join(log)).unwrap();
    command.env("LEPTOS_SITE_ADDR", &address).stdout(std::fs::File::create(folder.join("said")).unwrap()).stderr(log);
    let child = command.spawn().unwrap();
    let url = format!("http://{address}");
    let ready = format!("{url}/health/ready");
    wait_until(async || reqwest::get(&ready).await.is_ok_and(|answer| answer.status() == 200)).await;
    (url, child)
}

pub async fn wait_until(so: impl AsyncFn() -> bool) {
    let all = async {
        while !so().await {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), all).await.unwrap();
}

#[tokio::test]
async fn what_is_wrong_stops_the_start_with_one_line_that_names_it() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    let table = [
        ("EXPENSO_COLOUR", "green", "EXPENSO_COLOUR"),
        ("EXPENSO_BASE_URL", "money.example.org", "EXPENSO_BASE_URL"),
        ("EXPENSO_DATA_DIR", "/dev/null/data", "EXPENSO_DATA_DIR"),
        ("EXPENSO_SECRET_KEY", "changeme", "EXPENSO_SECRET_KEY"),
        ("EXPENSO_TRUSTED_PROXIES", "proxy", "EXPENSO_TRUSTED_PROXIES"),
        ("EXPENSO_REGISTRATION", "maybe", "EXPENSO_REGISTRATION"),
        ("EXPENSO_METRICS", "maybe", "EXPENSO_METRICS"),
        ("EXPENSO_BREACHED_PASSWORDS_URL", "pwned", "EXPENSO_BREACHED_PASSWORDS_URL"),
        ("EXPENSO_LOG", "loud", "EXPENSO_LOG"),
        ("EXPENSO_LOG_FORMAT", "xml", "EXPENSO_LOG_FORMAT"),
        ("EXPENSO_DATABASE_URL", "mysql://localhost/x", "EXPENSO_DATABASE_URL"),
        ("EXPENSO_DATABASE_URL", "sqlite:nowhere/expenso.db", "EXPENSO_DATABASE_URL"),
        ("EXPENSO_MAIL_FROM", "nobody", "EXPENSO_MAIL_FROM"),
        ("EXPENSO_MAIL_WEBHOOK_URL", "mail", "EXPENSO_MAIL_WEBHOOK_URL"),
        ("EXPENSO_MAIL_WEBHOOK_KEY", "key of nobody", "EXPENSO_MAIL_WEBHOOK_KEY"),
        ("EXPENSO_SMTP_URL", "mail.example.org", "EXPENSO_SMTP_URL"),
        ("EXPENSO_SIGN_UPS_PER_MINUTE", "many", "EXPENSO_SIGN_UPS_PER_MINUTE"),
        ("EXPENSO_CONFIG", "nowhere.toml", "EXPENSO_CONFIG"),
        ("LEPTOS_SITE_ADDR", "here", "LEPTOS_SITE_ADDR"),
        ("LEPTOS_SITE_ADDR", &taken, "LEPTOS_SITE_ADDR"),
        ("LEPTOS_SITE_ROOT", "nowhere", "LEPTOS_SITE_ROOT"),
    ];
    for (name, value, named) in table {
        let folder = tempfile::tempdir().unwrap();
        let ended = output(folder.path(), &[("EXPENSO_LOG", "error"), (name, value)]).await;
        let said = String::from_utf8(ended.stderr).unwrap();
        assert_eq!(ended.status.code(), Some(1), "{name}={value}: {said}");
        assert!(said.lines().count() == 1 && said.contains(named), "{name}={value}: {said}");
    }
}

#[tokio::test]
async fn a_file_with_an_unknown_key_stops_the_start() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("Leptos.toml"), "[mail]\nsmtp = \"smtp://localhost\"\n").unwrap();
    let ended = output(folder.path(), &[]).await;
    let said = String::from_utf8(ended.stderr).unwrap();
    assert_eq!((ended.status.code(), said.lines().count()), (Some(1), 1), "{said}");
    assert!(said.contains("mail.smtp: unknown key"), "{said}");
}

/// Runs a sub-command with a line of input; answers whether it went well, what it said, and what it logged.
async fn run(folder: &Path, words: &[&str], line: &str) -> (bool, String, String) {
    run_with(folder, &[("EXPENSO_BASE_URL", "https://money.example.org")], words, line).await
}

/// The same with what the environment says.
async fn run_with(folder: &Path, variables: &[(&str, &str)], words: &[&str], line: &str) -> (bool, String, String) {
    let mut command = program(folder, variables);
    command.env("EXPENSO_LOG", "debug").args(words).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(format!("{line}\n").as_bytes()).await.unwrap();
    let ended = tokio::time::timeout(Duration::from_secs(20), child.wait_with_output()).await.unwrap().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (ended.status.success(), text(ended.stdout), text(ended.stderr))
}

#[tokio::test]
async fn administrators_are_made_on_the_command_line_and_no_secret_is_printed_or_logged() {
    let folder = tempfile::tempdir().unwrap();
    let (password, address) = ("monsoon over Pune", "admin@example.com");
    let (good, said, logged) = run(folder.path(), &["admin", "create", address], password).await;
    assert!(good && said.contains("is an administrator"), "{said} {logged}");
    let (good, _, why) = run(folder.path(), &["admin", "create", address], password).await;
    assert!(!good && why.contains("cannot be used"), "{why}");
    let (good, _, why) = run(folder.path(), &["admin", "revoke", address], "").await;
    assert!(!good && why.contains("last administrator"), "{why}");
    let (good, _, why) = run(folder.path(), &["admin", "grant", "nobody@example.com", "care"], "").await;
    assert!(!good && why.contains("nobody here"), "{why}");
    let (good, said, logged) = run(folder.path(), &["admin", "reset-password", address], "quiet rivers in May").await;
    assert!(good && said.contains("changed"), "{said} {logged}");
    assert!(![&said, &logged].iter().any(|text| text.contains("quiet rivers")), "{said} {logged}");
    let (good, link, logged) = run(folder.path(), &["admin", "reset-password", address, "--link"], "").await;
    let token = link.trim().strip_prefix("https://money.example.org/reset?token=").unwrap_or_default();
    assert!(good && token.len() == 64 && !logged.contains(token), "{link} {logged}");
    let (good, _, why) = run(folder.path(), &["admin", "reset-password", address], "short").await;
    assert!(!good && why.contains("at least 10"), "{why}");
}

#[tokio::test]
async fn another_key_is_made_beside_a_running_server_and_nobody_is_signed_out() {
    let kid = |browser: &Browser| jsonwebtoken::decode_header(&browser.cookies["expenso_session"]).unwrap().kid;
    let server = Process::start(&[]).await;
    let mut asha = Browser::signed_up(&server.url, "asha@example.com").await;
    let (good, said, logged) = run(server.folder.path(), &["rotate-keys"], "").await;
    assert!(good && said.contains("A new key signs sessions"), "{said} {logged}");
    let before = kid(&asha);
    asha.cookies.remove("expenso_refresh");
    assert_eq!(asha.call("load_book", &[]).await.status, 200, "the former token is good");
    // A server that starts now, beside the other one, signs with the new key and knows the former.
    let (url, _child) = serve(server.folder.path(), "log of the second", &[]).await;
    let mut phone = Browser::at(&url);
    assert_eq!(phone.log_in("asha@example.com", PASSWORD).await.status, 303);
    assert_ne!(kid(&phone), before);
    asha.url = url;
    assert_eq!(asha.call("load_book", &[]).await.status, 200, "here too");
    // The first one has not heard of the new key yet: it takes the session's own secret.
    phone.url.clone_from(&server.url);
    assert_eq!(phone.call("load_book", &[]).await.status, 200);
}

#[tokio::test]
async fn who_comes_in_and_who_is_refused_is_logged_by_account_and_request_and_by_nothing_else() {
    let server = Process::start(&[("EXPENSO_LOG_FORMAT", "json")]).await;
    let (email, wrong) = ("asha@example.com", "monsoon over Mumbai");
    Browser::signed_up(&server.url, email).await;
    let mut browser = Browser::at(&server.url);
    let form = [("form[email]", email), ("form[password]", wrong)];
    while browser.call("log_in", &form).await.status != 429 {}
    let mut ravi = Browser::signed_up(&server.url, "ravi@example.com").await;
    assert_eq!(ravi.call("find_persons", &[]).await.status, 404, "only the first account is of the staff");
    let foreign = reqwest::Client::new().post(format!("{}/login", server.url)).header("origin", "https://evil.example");
    assert_eq!(foreign.send().await.unwrap().status(), 403);

    let log = server.log();
    let lines = log.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let ours: Vec<_> = lines.filter(|line| line["target"] == "expenso::security").collect();
    let found = |message: &str| ours.iter().find(|line| line["fields"]["message"] == message).expect(message);
    let user = &found("logged in")["fields"]["user"];
    assert!(user.as_str().is_some_and(|user| user.len() == 36), "{user}");
    assert_eq!(&found("log-in refused")["fields"]["user"], user);
    assert!(found("held back")["fields"]["limit"].as_str().is_some_and(|limit| limit.starts_with("log_in")));
    assert_eq!(found("not allowed")["fields"]["call"], "/api/find_persons");
    found("a change from another site refused");
    assert!(ours.iter().all(|line| line["span"]["id"].as_str().is_some_and(|id| id.len() == 16)), "{ours:?}");
    assert!(!log.contains(email) && !log.contains(wrong), "{log}");
}

#[tokio::test]
async fn figures_are_labelled_with_what_there_is_and_not_with_what_a_client_made_up() {
    let server = Process::start(&[("EXPENSO_METRICS", "on")]).await;
    let mut browser = Browser::at(&server.url);
    for path in ["/api/made-up", "/made-up", "/api/load_book"] {
        browser.get(path).await;
        browser.post(path, &[]).await;
    }
    let figures = browser.get("/metrics").await.text;
    assert!(figures.contains("route=\"/api/load_book\"") && !figures.contains("made-up"), "{figures}");
}

#[cfg(unix)]
#[tokio::test]
async fn what_it_keeps_is_for_the_server_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let mut server = Process::start(&[]).await;
    Browser::signed_up(&server.url, "asha@example.com").await;
    let data = server.folder.path().join("data");
    let mode = |name: &str| std::fs::metadata(data.join(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(""), 0o700);
    for file in ["secret.key", "expenso.db", "expenso.db-wal", "expenso.db-shm"] {
        assert_eq!(mode(file), 0o600, "{file}");
    }
    server.terminate();
    assert_eq!(server.child.wait().await.unwrap().code(), Some(0));
}

#[cfg(unix)]
#[tokio::test]
async fn a_request_under_way_is_finished_before_the_process_ends() {
    let mut server = Process::start(&[]).await;
    let form = "do=forgot&form%5Bemail%5D=nobody%40example.com";
    let head = format!(
        "POST /forgot HTTP/1.1\r\nHost: {}\r\nOrigin: {}\r\nContent-Type: {FORM}\r\nContent-Length: {}\r\n\
         Expect: 100-continue\r\nConnection: close\r\n\r\n",
        server.host(),
        server.url,
        form.len()
    );
    let mut stream = TcpStream::connect(server.host()).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut go_on = [0; 25];
    stream.read_exact(&mut go_on).await.unwrap();
    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");

    server.terminate();
    wait_until(async || TcpStream::connect(server.host()).await.is_err()).await;
    stream.write_all(form.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 303") && answer.contains("/forgot?sent=1"), "{answer}");
    assert_eq!(server.child.wait().await.unwrap().code(), Some(0));
}

#[cfg(unix)]
#[tokio::test]
async fn a_database_that_hangs_does_not_hold_up_the_end() {
    crate::engines::on_each(async |backend| {
        let Some(proxy) = Proxy::before(&backend.db).await else { return };
        let mut server = Process::start(&[("EXPENSO_DATABASE_URL", &proxy.url), ("EXPENSO_SECRET_KEY", SECRET)]).await;
        proxy.freeze();
        let asked = reqwest::get(format!("{}/health/ready", server.url)).await.unwrap();
        assert_eq!(asked.status(), 503);
        let start = Instant::now();
        server.terminate();
        assert_eq!(server.child.wait().await.unwrap().code(), Some(0));
        assert!(start.elapsed() < Duration::from_secs(10));
    })
    .await;
}

#[tokio::test]
async fn the_secret_is_replaced_and_codes_webhooks_and_sessions_stay_good() {
    let mut server = Process::start(&[("EXPENSO_WEBHOOK_NETWORKS", "127.0.0.0/8")]).await;
    let folder = server.folder.path().to_path_buf();
    let mut asha = Browser::signed_up(&server.url, "asha@example.com").await;
    let hook = [("do", "add_hook"), ("form[url]", "http://127.0.0.1:9/"), ("form[bill_due]", "on")];
    let page = asha.post("/settings/webhooks/new", &hook).await.location().to_owned();
    let before = secret_of(&asha.get(&page).await.text).expect("a secret");
    let code = code_of(&folder).await;
    server.terminate();
    server.child.wait().await.unwrap();

    let file = folder.join("data/secret.key");
    let former = std::fs::read_to_string(&file).unwrap();
    for _ in 0..2 {
        let (good, said, logged) = run(&folder, &["replace-secret"], "").await;
        assert!(good && said.contains("another one"), "{said} {logged}");
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text != former && text.len() == 64 && !said.contains(&text) && !logged.contains(&text));
    }
    assert!(!folder.join("data/secret.key.next").exists());
    let (url, _child) = serve(&folder, "log of the next", &[]).await;
    asha.url = url;
    assert_eq!(secret_of(&asha.get(&page).await.text), Some(before), "and the session goes on");
    assert!(asha.call("confirm", &[("form[code]", &code)]).await.status.is_success());
    assert_eq!(kept_keys(&folder).await, 0, "the former key is forgotten");
}

#[tokio::test]
async fn a_secret_of_the_environment_is_replaced_when_a_server_comes_with_the_next() {
    let next = "zyxwvutsrqponmlkjihgfedcba 9876543210";
    let with = |secret| [("EXPENSO_SECRET_KEY", secret), ("EXPENSO_WEBHOOK_NETWORKS", "127.0.0.0/8")];
    let mut server = Process::start(&with(SECRET)).await;
    let folder = server.folder.path().to_path_buf();
    let mut asha = Browser::signed_up(&server.url, "asha@example.com").await;
    let hook = [("do", "add_hook"), ("form[url]", "http://127.0.0.1:9/"), ("form[bill_due]", "on")];
    let page = asha.post("/settings/webhooks/new", &hook).await.location().to_owned();
    let before = secret_of(&asha.get(&page).await.text).expect("a secret");
    server.terminate();
    server.child.wait().await.unwrap();
    let (good, said, logged) = run_with(&folder, &with(SECRET), &["replace-secret"], next).await;
    assert!(good && said.contains("EXPENSO_SECRET_KEY") && !said.contains(next) && !logged.contains(next), "{said}");
    for (secret, kept) in [(SECRET, 1), (next, 0)] {
        let (url, mut child) = serve(&folder, "log of the next", &with(secret)).await;
        asha.url = url;
        assert_eq!(secret_of(&asha.get(&page).await.text).as_ref(), Some(&before));
        assert_eq!(kept_keys(&folder).await, kept);
        child.kill().await.unwrap();
    }
}

/// The secret that a page of a webhook shows.
fn secret_of(page: &str) -> Option<String> {
    page.split("value=\"whsec_").nth(1).and_then(|rest| rest.split('"').next()).map(str::to_owned)
}

/// How many keys wait for another secret.
async fn kept_keys(folder: &Path) -> i64 {
    let url = format!("sqlite:{}", folder.join("data/expenso.db").display());
    let backend = backend::Backend::open(&url, backend::Clock::system()).await.unwrap();
    let mut tx = backend.db.read().await.unwrap();
    tx.query("select count(*) from kept_keys").one::<(i64,)>().await.unwrap().0
}

/// The six digits of the letter that confirms an address.
async fn code_of(folder: &Path) -> String {
    let found = || {
        let files = std::fs::read_dir(folder.join("data/mail")).into_iter().flatten().flatten();
        let mut texts = files.filter_map(|file| std::fs::read_to_string(file.path()).ok());
        texts.find_map(|text| {
            let (_, rest) = text.split_once("asks for it:")?;
            rest.trim_start().lines().next().map(|line| line.chars().filter(char::is_ascii_digit).collect::<String>())
        })
    };
    wait_until(async || found().is_some()).await;
    found().unwrap()
}
