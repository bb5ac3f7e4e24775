//! The second step of a log-in and fresh proofs, as a browser meets them.

use backend::{Backend, fresh, staff};
use chrono::TimeDelta;

use crate::browser::{Browser, PASSWORD};
use crate::engines::on_each;
use crate::running::Running;

const EMAIL: &str = "asha@example.com";

/// Turns the second factor of Asha on; answers a recovery code.
async fn turned_on(backend: &Backend, asha: &mut Browser) -> String {
    assert!(asha.call("begin_second_factor", &[]).await.status.is_success());
    let mut tx = backend.db.write().await.unwrap();
    // Stands for the first code.
    let sql = "update authenticators set on_since = $1";
    tx.query(sql).bind(backend.clock.now()).execute().await.unwrap();
    tx.commit().await.unwrap();
    assert!(asha.call("renew_recovery_codes", &[]).await.status.is_success());
    let page = asha.get("/settings/second-factor").await;
    let (_, rest) = page.text.split_once("aria-label=\"Recovery codes\"").expect("codes");
    let (_, first) = rest.split_once("<li>").unwrap();
    first.split('<').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_step_begins_no_session_and_its_cookie_ends_with_the_second() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::signed_up(&running.url, EMAIL).await;
        let code = turned_on(&backend, &mut asha).await;
        let mut browser = Browser::at(&running.url);
        let form =
            [("do", "log_in"), ("form[email]", EMAIL), ("form[password]", PASSWORD), ("form[next]", "/records?q=a")];
        let answer = browser.post("/login", &form).await;
        assert_eq!((answer.status.as_u16(), answer.location()), (303, "/login/second?next=/records%3Fq%3Da"));
        assert!(
            answer.header("set-cookie").starts_with("expenso_second=")
                && answer.header("set-cookie").contains("Max-Age=600")
        );
        assert_eq!(
            browser.cookies.keys().collect::<Vec<_>>(),
            ["expenso_second"],
            "no session, and no look of the person"
        );
        assert_eq!(browser.call("load_book", &[]).await.status, 401);
        // The secret of the first step is none of a session.
        let mut mixed = Browser::at(&running.url);
        for name in ["expenso_session", "expenso_refresh"] {
            mixed.cookies.insert(name.into(), browser.cookies["expenso_second"].clone());
        }
        assert_eq!(mixed.call("load_book", &[]).await.status, 401);

        let second = |code: &str| {
            [
                ("do", "finish_log_in".to_owned()),
                ("form[code]", code.to_owned()),
                ("form[next]", "/records?q=a".to_owned()),
            ]
        };
        let post = async |browser: &mut Browser, code: &str| {
            let fields = second(code);
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            browser.post("/login/second", &fields).await
        };
        let wrong = post(&mut browser, "000000").await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.text.contains("not the code that your app shows"), "{}", wrong.text);
        let right = post(&mut browser, &code).await;
        assert_eq!((right.status.as_u16(), right.location()), (303, "/records?q=a"), "{}", right.text);
        assert!(!browser.cookies.contains_key("expenso_second") && browser.cookies.contains_key("expenso_session"));
        assert_eq!(browser.call("load_book", &[]).await.status, 200);
        let elsewhere = [("do", "finish_log_in"), ("form[code]", "000000"), ("form[next]", "//evil.example")];
        assert_eq!(browser.post("/login/second", &elsewhere).await.status, 409, "nothing waits any more");
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_logged_in_a_while_ago_is_asked_again_and_comes_back() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::signed_up(&running.url, EMAIL).await;
        backend.clock.advance(fresh::FRESH + TimeDelta::seconds(1));
        let answer = asha.call("begin_second_factor", &[]).await;
        assert_eq!((answer.status.as_u16(), answer.text.as_str()), (428, "\"ProveFirst\""));
        let answer = asha.post("/settings/second-factor", &[("do", "begin_second_factor")]).await;
        assert_eq!(answer.location(), "/settings/prove?next=%2Fsettings%2Fsecond-factor");
        assert_eq!(asha.get("/export").await.location(), "/settings/prove?next=%2Fsettings");
        let prove =
            |password| [("do", "prove"), ("form[password]", password), ("form[next]", "/settings/second-factor")];
        assert_eq!(asha.post("/settings/prove", &prove("guess after guess")).await.status, 422);
        let answer = asha.post("/settings/prove", &prove(PASSWORD)).await;
        assert_eq!((answer.status.as_u16(), answer.location()), (303, "/settings/second-factor"), "{}", answer.text);
        assert!(asha.call("begin_second_factor", &[]).await.status.is_success());
        assert_eq!(asha.get("/export").await.header("content-type"), "application/zip");
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_turns_it_off_for_one_who_lost_everything() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::signed_up(&running.url, EMAIL).await;
        turned_on(&backend, &mut asha).await;
        assert!(staff::end_second_factor(&backend, &EMAIL.parse().unwrap()).await.unwrap());
        let mut browser = Browser::at(&running.url);
        assert_eq!(browser.log_in(EMAIL, PASSWORD).await.location(), "/dashboard");
        running.stop().await;
    })
    .await;
}
