//! Passwords that were stolen elsewhere, asked of a peer in the range form of Pwned Passwords.

use std::sync::{Arc, Mutex};

use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::get;
use tokio::net::TcpListener;

use crate::browser::{Browser, PASSWORD};
use crate::engines::{on_each, start};
use crate::passwords::reset_link;
use crate::program::Process;
use crate::running::Running;

const STOLEN: &str = "violet harbour of 1987";
const REFUSED: &str = "This password was stolen from another service";

fn sha1(password: &str) -> String {
    let bytes = digest(&SHA1_FOR_LEGACY_USE_ONLY, password.as_bytes());
    bytes.as_ref().iter().fold(String::new(), |text, byte| format!("{text}{byte:02X}"))
}

/// What the peer was asked: the path, and whether the answer was to be padded.
type Asked = Arc<Mutex<Vec<(String, bool)>>>;

/// A peer that knows one stolen password, and pads each answer with hashes that were never seen: also with those of
/// passwords that are used here.
async fn service() -> (String, Asked) {
    let asked = Asked::default();
    let noted = Arc::clone(&asked);
    let range = move |Path(prefix): Path<String>, headers: HeaderMap| {
        let is_padded = headers.get("add-padding").is_some_and(|value| value == "true");
        noted.lock().unwrap().push((prefix.clone(), is_padded));
        let known = [(STOLEN, 3), (PASSWORD, 0), ("quiet rivers in May", 0)].map(|(text, count)| (sha1(text), count));
        let mut lines: Vec<String> = (1..900).map(|n| format!("{n:035X}:0")).collect();
        let mine = known.iter().filter_map(|(hash, count)| Some(format!("{}:{count}", hash.strip_prefix(&*prefix)?)));
        lines.splice(400..400, mine);
        std::future::ready(lines.join("\r\n"))
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/range/", listener.local_addr().unwrap());
    let app = Router::new()
        .route("/range/{prefix}", get(range))
        .route("/down/{prefix}", get(async || (StatusCode::INTERNAL_SERVER_ERROR, "down for today")));
    tokio::spawn(async move { axum::serve(listener, app).await });
    (url, asked)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_that_was_stolen_elsewhere_is_refused_and_hardly_told() {
    on_each(async |backend| {
        let (url, asked) = service().await;
        let running = Running::start(&backend, &[("EXPENSO_BREACHED_PASSWORDS_URL", &url)]).await;
        let refused = Browser::at(&running.url).sign_up("asha@example.com", STOLEN).await;
        assert!(refused.status == 422 && refused.text.contains(REFUSED), "{}", refused.text);
        // Known to the service by padding alone.
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        for (password, status) in [(STOLEN, 422), ("quiet rivers in May", 200)] {
            let change = [("form[current]", PASSWORD), ("form[password]", password), ("form[confirm]", password)];
            let answer = asha.call("change_password", &change).await;
            assert!(answer.status == status && answer.text.contains(REFUSED) == (status == 422), "{}", answer.text);
        }
        let forgot = [("do", "forgot"), ("form[email]", "asha@example.com")];
        let mut stranger = Browser::at(&running.url);
        assert_eq!(stranger.post("/forgot", &forgot).await.status, 303);
        let link = reset_link(&running).await;
        let (_, token) = link.split_once('=').unwrap();
        for (password, status) in [(STOLEN, 422), (PASSWORD, 303)] {
            let form =
                [("do", "reset"), ("form[token]", token), ("form[password]", password), ("form[confirm]", password)];
            let answer = stranger.post(&link, &form).await;
            assert!(answer.status == status && answer.text.contains(REFUSED) == (status == 422), "{}", answer.text);
        }
        let five = |password: &str| (sha1(password)[..5].to_owned(), true);
        let told = [STOLEN, PASSWORD, STOLEN, "quiet rivers in May", STOLEN, PASSWORD].map(five);
        assert_eq!(*asked.lock().unwrap(), told);
        running.stop().await;

        // Nobody is asked unless the operator says whom.
        let running = Running::start(&backend, &[]).await;
        let signed_up = Browser::at(&running.url).sign_up("ravi@example.com", STOLEN).await;
        assert_eq!((signed_up.status.as_u16(), asked.lock().unwrap().len()), (303, 6));
        backend.clock.set(start());
        running.stop().await;
    })
    .await;
}

#[tokio::test]
async fn a_service_that_is_down_keeps_nobody_out_and_the_log_tells_no_password() {
    let (url, _) = service().await;
    let down = url.replace("/range/", "/down");
    let server = Process::start(&[("EXPENSO_BREACHED_PASSWORDS_URL", &down), ("EXPENSO_LOG", "debug")]).await;
    assert_eq!(Browser::at(&server.url).sign_up("asha@example.com", STOLEN).await.status, 303);
    let (log, hash) = (server.log(), sha1(STOLEN));
    assert!(log.contains("it answered 500"), "{log}");
    assert!(!log.contains(STOLEN) && !log.contains(&format!("/{}", &hash[..5])) && !log.contains("/down"), "{log}");
}
