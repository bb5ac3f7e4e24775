//! Sign-up, log-in and sessions, as a browser meets them.

use chrono::TimeDelta;

use crate::browser::{Browser, FORM, PASSWORD};
use crate::engines::on_each;
use crate::running::Running;

#[tokio::test(flavor = "multi_thread")]
async fn a_person_signs_up_without_javascript_and_logs_out() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::at(&running.url);
        let answer = asha.sign_up("asha@example.com", PASSWORD).await;
        assert_eq!((answer.status.as_u16(), answer.location()), (303, "/dashboard"), "{}", answer.text);
        let cookies: Vec<&str> =
            answer.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap()).collect();
        assert_eq!(cookies.len(), 4, "session, refresh, device and look: {cookies:?}");
        assert!(cookies.iter().all(|cookie| cookie.contains("HttpOnly; SameSite=Lax")), "{cookies:?}");
        assert_eq!(asha.call("load_book", &[]).await.status, 200);

        let mut thief = asha.clone();
        assert!(asha.call("log_out", &[]).await.status.is_success());
        let left: Vec<&str> = asha.cookies.keys().map(String::as_str).collect();
        assert_eq!(left, ["expenso_device", "expenso_theme"], "the browser is still known");
        let answer = thief.call("load_book", &[]).await;
        assert_eq!(answer.status, 401, "a token of an ended session: {}", answer.text);
        assert!(!thief.cookies.contains_key("expenso_session"), "stale cookies are removed");
        assert!(!thief.cookies.contains_key("expenso_refresh"));
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_form_comes_back_with_what_was_typed_but_no_password() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut browser = Browser::at(&running.url);
        let answer = browser.sign_up("not-an-address", "password1").await;
        assert_eq!(answer.status, 422);
        assert!(answer.text.contains("Enter an email address such as"), "{}", answer.text);
        assert!(answer.text.contains("not-an-address"), "{}", answer.text);
        assert!(!answer.text.contains("password1"), "{}", answer.text);
        assert!(browser.cookies.is_empty());
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_log_in_has_one_answer_and_too_many_have_429() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        Browser::signed_up(&running.url, "asha@example.com").await;
        let mut browser = Browser::at(&running.url);
        let fields = |email: &'static str| [("form[email]", email), ("form[password]", "guess after guess")];
        let known = browser.call("log_in", &fields("asha@example.com")).await;
        let unknown = browser.call("log_in", &fields("nobody@example.com")).await;
        assert_eq!((known.status, &known.text), (unknown.status, &unknown.text));
        assert!(known.text.contains("Incorrect email or password"));
        let page = browser.log_in("asha@example.com", "guess after guess").await;
        assert_eq!(page.status, 422);
        assert!(page.text.contains("Incorrect email or password"));
        let mut last = page;
        for _ in 0..10 {
            last = browser.log_in("asha@example.com", "guess after guess").await;
        }
        assert_eq!(last.status, 429);
        assert!((1..=60).contains(&last.header("retry-after").parse::<u64>().unwrap()));
        // An address that the client made up is not believed.
        let request = browser.client().post(format!("{}/api/log_in", running.url)).header("origin", &running.url);
        let request = request.header("x-forwarded-for", "198.51.100.77").header("content-type", FORM);
        let answer =
            browser.send(request.body("form%5Bemail%5D=asha%40example.com&form%5Bpassword%5D=guess+again")).await;
        assert_eq!(answer.status, 429);
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_goes_on_by_its_refresh_cookie_and_ends_with_age() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        let first = asha.cookies.clone();
        backend.clock.advance(TimeDelta::minutes(16));
        assert_eq!(asha.call("load_book", &[]).await.status, 200);
        assert_ne!(asha.cookies["expenso_session"], first["expenso_session"]);
        asha.cookies.remove("expenso_refresh");
        assert_eq!(asha.call("load_book", &[]).await.status, 200);
        // The refresh secret is no session token.
        let mut mixed = asha.clone();
        mixed.cookies.insert("expenso_session".into(), first["expenso_refresh"].clone());
        assert_eq!(mixed.call("load_book", &[]).await.status, 401);
        backend.clock.advance(TimeDelta::days(31));
        asha.cookies = first;
        assert_eq!(asha.call("load_book", &[]).await.status, 401);
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_signed_in_reads_on_while_nothing_can_be_written() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        let first = asha.cookies.clone();
        backend.clock.advance(TimeDelta::minutes(16));
        let mut lock = backend.db.write().await.unwrap();
        lock.query("update sessions set user_agent = user_agent").execute().await.unwrap();
        for _ in 0..2 {
            let answer = asha.call("load_book", &[]).await;
            assert_eq!(answer.status, 200, "{}", answer.text);
            assert_eq!(asha.cookies, first, "the cookies are left alone");
        }
        assert_eq!(asha.get("/records").await.status, 200);
        lock.rollback().await.unwrap();
        assert_eq!(asha.call("load_book", &[]).await.status, 200);
        assert_ne!(asha.cookies, first, "and then it goes on as ever");
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn logging_in_again_ends_the_former_session_of_this_browser_only() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        let mut phone = Browser::at(&running.url);
        assert_eq!(phone.log_in("asha@example.com", PASSWORD).await.status, 303);
        let mut former = asha.clone();
        assert_eq!(asha.log_in("asha@example.com", PASSWORD).await.status, 303);
        assert_ne!(asha.cookies, former.cookies);
        assert_eq!(former.call("load_book", &[]).await.status, 401);
        assert_eq!(phone.call("load_book", &[]).await.status, 200);
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_of_another_installation_is_nothing_here() {
    on_each(async |backend| {
        let (one, two) = (Running::start(&backend, &[]).await, Running::start(&backend, &[]).await);
        let mut asha = Browser::signed_up(&one.url, "asha@example.com").await;
        asha.cookies.remove("expenso_refresh");
        let mut elsewhere = asha.clone();
        elsewhere.url.clone_from(&two.url);
        assert_eq!(elsewhere.call("load_book", &[]).await.status, 401);
        assert_eq!(asha.call("load_book", &[]).await.status, 200);
        for forged in ["", "a.b.c", "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0."] {
            asha.cookies.insert("expenso_session".into(), forged.into());
            assert_eq!(asha.clone().call("load_book", &[]).await.status, 401, "{forged}");
        }
        one.stop().await;
        two.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_signs_up_where_registration_is_off() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[("EXPENSO_REGISTRATION", "off")]).await;
        let mut browser = Browser::at(&running.url);
        let words = "This server takes no new accounts. Ask whoever runs it.";
        let answer = browser.sign_up("asha@example.com", PASSWORD).await;
        assert_eq!(answer.status, 403, "{}", answer.text);
        assert!(answer.text.contains(words), "{}", answer.text);
        assert!(browser.cookies.is_empty());
        let form = [("form[name]", "Asha")];
        let called = browser.call("sign_up", &form).await;
        assert_eq!((called.status.as_u16(), called.text.as_str()), (403, "\"NoNewAccounts\""));
        let page = browser.get("/signup").await;
        assert!(page.status.is_success() && page.text.contains(words) && !page.text.contains("<form"), "{}", page.text);
        for path in ["/", "/login", "/terms"] {
            let page = browser.get(path).await;
            assert!(!page.text.contains("href=\"/signup\""), "{path}: {}", page.text);
        }
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_signed_out_is_led_to_log_in_and_back_to_own_pages_only() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut browser = Browser::at(&running.url);
        let answer = browser.post("/dashboard?x=1", &[("do", "load_book")]).await;
        assert_eq!((answer.status.as_u16(), answer.location()), (303, "/login?next=%2Fdashboard%3Fx%3D1"));
        Browser::signed_up(&running.url, "asha@example.com").await;
        for evil in ["//evil.example", "/\\evil.example", "https:evil.example", "javascript:alert(1)"] {
            let person = [("form[email]", "asha@example.com"), ("form[password]", PASSWORD)];
            let form = [&[("do", "log_in"), ("next", evil), ("form[next]", evil)], &person[..]].concat();
            let answer = browser.post("/login", &form).await;
            assert_eq!(answer.status, 303);
            assert!(answer.location().starts_with('/') && !answer.location().contains("evil"), "{}", answer.location());
        }
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn behind_tls_cookies_are_bound_to_the_host() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[("EXPENSO_BASE_URL", "https://money.example.org")]).await;
        let mut browser = Browser::at(&running.url);
        let request = browser.client().post(format!("{}/api/sign_up", running.url)).header("origin", "https://money.example.org");
        let body = "form[name]=Asha&form[email]=asha@example.com&form[password]=monsoon+over+Pune&form[confirm]=monsoon+over+Pune\
                    &form[terms]=on&form[country]=IN&form[currency]=INR";
        let answer = browser.send(request.header("content-type", FORM).body(body)).await;
        assert!(answer.status.is_success(), "{} {}", answer.status, answer.text);
        for cookie in answer.headers.get_all("set-cookie") {
            let cookie = cookie.to_str().unwrap();
            assert!(cookie.starts_with("__Host-") && cookie.ends_with("; Secure"), "{cookie}");
        }
        assert!(answer.header("strict-transport-security").contains("max-age"));
        let request = browser.client().post(format!("{}/api/put_off_confirmation", running.url));
        let answer = browser.send(request.header("origin", "https://money.example.org")).await;
        let cookie = answer.headers.get("set-cookie").unwrap().to_str().unwrap();
        assert!(cookie.starts_with("__Host-expenso_later=") && cookie.contains("; HttpOnly; SameSite=Lax;") && cookie.ends_with("; Secure"));
        running.stop().await;
    })
    .await;
}
