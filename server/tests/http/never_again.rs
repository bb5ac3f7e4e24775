//! Mistakes of an older tracker that are not made again.

use chrono::{TimeZone as _, Utc};
use ledger::person::Scope;
use leptos::server_fn::axum::server_fn_paths;
use reqwest::Method;

use crate::browser::{Browser, PASSWORD};
use crate::engines::on_each;
use crate::rest_client::Program;
use crate::running::Running;

/// The id of a person's first account.
async fn account(browser: &mut Browser) -> String {
    let book: serde_json::Value = serde_json::from_str(&browser.call("load_book", &[]).await.text).unwrap();
    book["rows"]["accounts"][0]["id"].as_str().unwrap().to_owned()
}

/// The exact amount of a figure on a page, in minor units.
fn figure(page: &str, testid: &str) -> i64 {
    let (_, after) = page.split_once(&format!("data-testid=\"{testid}\"")).unwrap();
    let (_, after) = after.split_once("data-minor=\"").unwrap();
    after.split('"').next().unwrap().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_other_site_may_read_an_answer() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        for path in ["/", "/login", "/dashboard", "/api/load_book", "/robots.txt", "/health/live", "/nowhere"] {
            for method in [Method::OPTIONS, Method::GET, Method::POST] {
                let request = asha.client().request(method.clone(), format!("{}{path}", running.url));
                let request = request.header("origin", "https://evil.example");
                let answer = asha.send(request.header("access-control-request-method", "POST")).await;
                let allows = answer.headers.keys().find(|name| name.as_str().starts_with("access-control-"));
                assert_eq!(allows, None, "{method} {path}");
            }
        }
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_given_a_list_of_users() {
    assert!(server_fn_paths().all(|(path, _)| !path.contains("user") && !path.contains("people")));
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        Browser::signed_up(&running.url, "ravi@example.com").await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        for path in ["/users", "/user", "/api/users", "/api/list_users", "/admin", "/admin/users"] {
            let answer = asha.get(path).await;
            assert_eq!(answer.status, 404, "{path}");
            assert!(!answer.text.contains("ravi@example.com"), "{path}");
        }
        for name in ["users", "list_users"] {
            assert_eq!(asha.call(name, &[]).await.status, 404, "{name}");
        }
        // Programs have none either, and a session opens nothing of theirs.
        assert_eq!(asha.get("/api/v1/users").await.status, 401);
        Program::of(&mut asha, Scope::Write).await.get("/users").await.problem(404);
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_month_begins_where_the_person_lives() {
    on_each(async |backend| {
        // Half past one on the first of December in India.
        backend.clock.set(Utc.with_ymd_and_hms(2026, 11, 30, 20, 0, 0).unwrap());
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        let account = account(&mut asha).await;
        for (date, amount) in [("2026-12-01", "123.45"), ("2026-11-30", "50")] {
            let id = backend.clock.new_id().to_string();
            let form = [
                ("form[id]", id.as_str()),
                ("form[kind]", "expense"),
                ("form[amount]", amount),
                ("form[account]", &account),
                ("form[date]", date),
            ];
            let answer = asha.call("save_record", &form).await;
            assert_eq!(answer.status, 200, "{}", answer.text);
        }
        let page = asha.get("/dashboard").await;
        assert_eq!(page.status, 200);
        assert_eq!(figure(&page.text, "figure-expenses"), 12_345);
        assert_eq!(figure(&page.text, "figure-last-month"), 5_000);
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bill_with_a_date_in_the_local_format_is_refused_in_words() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        let account = account(&mut asha).await;
        let id = backend.clock.new_id().to_string();
        for due in ["25/12/2027", "12/25/2027", "25 Dec 2027", "2027-02-30", ""] {
            let form = [
                ("do", "save_bill"),
                ("form[id]", id.as_str()),
                ("form[name]", "Rent"),
                ("form[amount]", "22000"),
                ("form[due]", due),
                ("form[repeats]", "monthly"),
                ("form[account]", &account),
            ];
            for answer in [asha.call("save_bill", &form[1..]).await, asha.post("/bills/new", &form).await] {
                assert_eq!(answer.status, 422, "{due}: {}", answer.text);
                assert!(!answer.text.contains("went wrong"), "{due}: {}", answer.text);
            }
        }
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trusted_proxy_tells_one_client_from_another() {
    on_each(async |backend| {
        let env = [("EXPENSO_TRUSTED_PROXIES", "127.0.0.1"), ("EXPENSO_SIGN_UPS_PER_MINUTE", "1")];
        let running = Running::start(&backend, &env).await;
        for (at, (addresses, status)) in [
            ("198.51.100.7", 303),
            ("198.51.100.7", 429),
            ("203.0.113.5, 198.51.100.7", 429),
            ("198.51.100.7, 203.0.113.5", 303),
            ("2001:db8::1", 303),
        ]
        .into_iter()
        .enumerate()
        {
            let mut browser = Browser::at(&running.url);
            browser.forwarded_for = Some(addresses);
            let answer = browser.sign_up(&format!("person{at}@example.com"), PASSWORD).await;
            assert_eq!(answer.status, status, "{addresses}: {}", answer.text);
        }
        running.stop().await;
    })
    .await;
}
