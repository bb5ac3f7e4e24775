//! Every server function there is, called as it should not be.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use leptos::server_fn::axum::server_fn_paths;
use reqwest::Method;

use crate::browser::{Answer, Browser, FORM};
use crate::engines::on_each;
use crate::running::Running;

/// What strangers may call.
pub const PUBLIC: [&str; 14] = [
    "/api/sign_up",
    "/api/open_account",
    "/api/sign_up_with",
    "/api/log_in",
    "/api/begin_passkey",
    "/api/log_in_by_passkey",
    "/api/second_step_waits",
    "/api/finish_log_in",
    "/api/forgot",
    "/api/reset",
    "/api/confirm",
    "/api/save_theme",
    "/api/find_invitation",
    "/api/decline_invitation",
];

pub fn paths() -> BTreeSet<&'static str> {
    let paths: BTreeSet<&str> = server_fn_paths().map(|(path, _)| path).collect();
    assert!(paths.len() > 20 && PUBLIC.iter().all(|path| paths.contains(path)), "{paths:?}");
    paths
}

/// Calls with a method and a content type, as a page that wants HTML would.
async fn call(browser: &mut Browser, method: Method, path: &str, kind: &str) -> Answer {
    let request = browser.client().request(method, format!("{}{path}", browser.url)).header("origin", &browser.url);
    let request = request.header("accept", "text/html").header("referer", format!("{}/records", browser.url));
    let request = request.header("content-type", kind).body("form[nonsense]=1");
    browser.send(request).await
}

/// Whether a server function answered, and no redirect with an error in its address.
fn is_plain(answer: &Answer) -> bool {
    !answer.status.is_redirection() && !answer.location().contains("__err")
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_signed_out_is_told_so_before_anything_is_read() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        for token in ["", "a.b.c", "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0."] {
            let mut stranger = Browser::at(&running.url);
            for path in paths() {
                if !token.is_empty() {
                    stranger.cookies.insert("expenso_session".into(), token.into());
                    stranger.cookies.insert("expenso_refresh".into(), token.into());
                }
                for kind in [FORM, "application/json", "text/plain"] {
                    let answer = call(&mut stranger, Method::POST, path, kind).await;
                    assert!(is_plain(&answer), "{path} {kind} {token}: {} {}", answer.status, answer.location());
                    if PUBLIC.contains(&path) {
                        assert_ne!(answer.status, 401, "{path} {kind}");
                    } else {
                        assert_eq!(answer.status, 401, "{path} {kind} {token}");
                        assert_eq!(answer.text, "\"SignedOut\"", "{path}");
                    }
                }
            }
        }
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_is_a_post_of_a_form_or_of_json() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        for path in paths() {
            for kind in ["text/plain", "application/xml", "x", "application/x-www-form-urlencoded-not"] {
                let answer = call(&mut asha, Method::POST, path, kind).await;
                assert_eq!(answer.status, 415, "{path} {kind}: {}", answer.text);
            }
            for method in [Method::GET, Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS] {
                let answer = call(&mut asha, method.clone(), path, FORM).await;
                assert_eq!((answer.status.as_u16(), answer.header("allow")), (405, "POST"), "{method} {path}");
            }
        }
        assert_eq!(call(&mut asha, Method::POST, "/login", "text/plain").await.status, 415);
        // With the session intact: nothing of this was taken for log-out.
        assert_eq!(asha.call("load_book", &[]).await.status, 200);
        let answer = call(&mut asha, Method::POST, "/api/save_record", FORM).await;
        assert!(answer.status == 422 && is_plain(&answer), "{} {}", answer.status, answer.text);
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_is_no_failure_of_the_server() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        for path in paths().into_iter().filter(|path| *path != "/api/log_out") {
            for (kind, body) in [
                (FORM, "form[nonsense]=1"),
                (FORM, "form[id][0][x]=1&form[id]=2&form[parts]=3&filter=4&ids=5"),
                (FORM, "%ff=%fe&form%5B"),
                ("application/json", "{"),
                ("application/json", "[]"),
                ("application/json", r#"{"form":1,"id":{},"filter":[],"revision":"x","typed":null}"#),
            ] {
                let request = asha.client().post(format!("{}{path}", asha.url)).header("origin", &asha.url);
                let answer = asha.send(request.header("content-type", kind).body(body)).await;
                assert!(answer.status.as_u16() < 500, "{path} {kind} {body}: {} {}", answer.status, answer.text);
            }
        }
        assert_eq!(asha.call("load_book", &[]).await.status, 200);
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn paths_that_a_client_made_up_are_not_there_whatever_the_method() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut browser = Browser::at(&running.url);
        for method in [Method::GET, Method::POST, Method::PUT] {
            let answer = call(&mut browser, method.clone(), "/api/made-up-by-a-client", FORM).await;
            assert_eq!(answer.status, 404, "{method}");
        }
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_browser_asked_for_is_done_though_it_has_gone() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        let mut lock = backend.db.write().await.unwrap();
        lock.query("update books set revision = revision").execute().await.unwrap();
        let id = uuid::Uuid::now_v7().to_string();
        let fields = [("form[id]", id.as_str()), ("form[name]", "Piggy bank"), ("form[kind]", "cash")];
        let call = asha.call("save_account", &fields);
        tokio::time::timeout(Duration::from_millis(300), call).await.expect_err("the book is locked");
        lock.rollback().await.unwrap();
        let end = Instant::now() + Duration::from_secs(10);
        while !asha.call("load_book", &[]).await.text.contains("Piggy bank") {
            assert!(Instant::now() < end, "it was never done");
        }
        running.stop().await;
    })
    .await;
}
