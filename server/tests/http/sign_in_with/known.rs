//! Google, `LinkedIn` and Facebook: people get in, link and unlink through each, and are told what goes wrong.

use backend::Backend;
use reqwest::Url;
use serde_json::{Value, json};

use super::linking::{link, unlink};
use super::{count, finish, is_signed_in};
use crate::browser::{Answer, Browser};
use crate::contents::{everything, hex};
use crate::engines::on_each;
use crate::known_peers::{KNOWN, KnownPeers, SECRET};
use crate::running::Running;

const MANUAL: &str = include_str!("../../../SIGN_IN.md");

async fn serve(backend: &Backend, peers: &KnownPeers) -> Running {
    let mut env = Vec::new();
    for (name, _) in KNOWN {
        let key = |end: &str| format!("EXPENSO_SIGN_IN_{}_{end}", name.to_uppercase());
        env.push((key("CLIENT_ID"), format!("{name}-client")));
        env.push((key("CLIENT_SECRET"), SECRET.to_owned()));
    }
    let env: Vec<(&str, &str)> = env.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    Running::start_beside(&KnownPeers::hosts(&peers.places()), backend, &env).await
}

/// A person as each provider tells of them, so far as it does.
fn somebody(name: &str, subject: &str) -> Value {
    let email = format!("{subject}@example.com");
    match name {
        "facebook" => json!({ "sub": subject, "name": "Asha Rao", "email": email }),
        // A text in some answers.
        "linkedin" => json!({ "sub": subject, "name": "Asha Rao", "email": email, "email_verified": "true" }),
        _ => json!({ "sub": subject, "name": "Asha Rao", "email": email, "email_verified": true }),
    }
}

/// Goes on from an answer that leads to a provider, through its page, and comes back.
async fn through(browser: &mut Browser, answer: &Answer) -> Answer {
    assert_eq!(answer.status, 302, "{}", answer.text);
    let request = browser.client().get(answer.location());
    let sent_back = request.send().await.unwrap();
    let back = Url::parse(sent_back.headers()["location"].to_str().unwrap()).unwrap();
    browser.get(&format!("{}?{}", back.path(), back.query().unwrap())).await
}

async fn log_in(browser: &mut Browser, name: &str) -> Answer {
    let answer = browser.get(&format!("/login/with/{name}")).await;
    through(browser, &answer).await
}

#[tokio::test(flavor = "multi_thread")]
async fn people_get_in_and_come_back_through_google_linkedin_and_facebook() {
    on_each(async |backend| {
        let peers = KnownPeers::start().await;
        let running = serve(&backend, &peers).await;
        let mut seen = Vec::new();
        for ((name, label), vouched_for) in KNOWN.into_iter().zip([1, 2, 2]) {
            let mut asha = Browser::at(&running.url);
            for page in ["/login", "/signup"] {
                let page = asha.get(page).await.text.replace("<!>", "");
                let button = page.split(&format!("href=\"/login/with/{name}")).nth(1).unwrap();
                let button = button.split("</a>").next().unwrap();
                assert!(button.contains(&format!("Continue with {label}")), "{button}");
            }
            let gone = asha.get(&format!("/login/with/{name}")).await;
            let address = Url::parse(gone.location()).unwrap();
            let redirect = address.query_pairs().find(|(key, _)| key == "redirect_uri").unwrap().1;
            let path = format!("/login/with/{name}/callback");
            assert!(redirect.ends_with(&path) && MANUAL.contains(&format!("`{{base_url}}{path}`")), "{redirect}");

            let subject = format!("asha-at-{name}");
            peers.sits(somebody(name, &subject));
            let answer = log_in(&mut asha, name).await;
            assert_eq!((answer.status.as_u16(), answer.location()), (303, "/signup/with"), "{name} {}", answer.text);
            let page = asha.get("/signup/with").await.text;
            assert!(page.contains(&format!("{subject}@example.com")) && page.contains("Asha Rao"), "{name}");
            // Facebook vouches for no address: it is confirmed by a letter.
            let vouches = name != "facebook";
            assert_eq!(page.contains(&format!("Confirmed by {label}")), vouches, "{name}");
            let email = format!("{subject}@example.com");
            let done = finish(&mut asha, &[("form[terms]", "on"), ("form[email]", &email)]).await;
            assert_eq!((done.status.as_u16(), done.location()), (303, "/dashboard"), "{name} {}", done.text);
            let confirmed = "select count(*) from users where confirmed_at is not null";
            assert_eq!(count(&backend, confirmed).await, vouched_for, "{name}");

            let mut elsewhere = Browser::at(&running.url);
            let answer = log_in(&mut elsewhere, name).await;
            assert_eq!((answer.status.as_u16(), answer.location()), (303, "/dashboard"), "{name} {}", answer.text);
            assert!(is_signed_in(&elsewhere), "{name}");
            for browser in [&mut asha, &mut elsewhere] {
                seen.push(browser.get("/settings").await.text);
                seen.extend(browser.cookies.values().cloned());
            }
            let refused = unlink(&mut elsewhere, name, &subject).await;
            assert!(refused.status == 409 && refused.text.contains("only way in"), "{name} {}", refused.text);
        }
        assert_eq!(count(&backend, "select count(*) from users").await, 3);
        // Neither the database nor a browser was given one of their tokens.
        let tokens = peers.given();
        assert!(tokens.len() >= 8, "{tokens:?}");
        let stored = everything(&backend).await;
        for token in &tokens {
            let digits = hex(token);
            assert!(stored.iter().all(|(_, value)| !value.contains(&digits)), "{token}");
            assert!(seen.iter().all(|text| !text.contains(token)), "{token}");
        }
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn google_linkedin_and_facebook_are_linked_to_an_account_and_unlinked() {
    on_each(async |backend| {
        let peers = KnownPeers::start().await;
        let running = serve(&backend, &peers).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        for (name, label) in KNOWN {
            // Another address than that of the account: the link is to the subject.
            peers.sits(somebody(name, "work"));
            let begun = link(&mut asha, name, "same-origin").await;
            assert_eq!(through(&mut asha, &begun).await.location(), "/settings?linked=1", "{name}");
            assert!(asha.get("/settings").await.text.contains(&format!("Unlink {label}")), "{name}");
            let mut elsewhere = Browser::at(&running.url);
            assert_eq!(log_in(&mut elsewhere, name).await.location(), "/dashboard", "{name}");
        }
        assert_eq!(count(&backend, "select count(*) from identities").await, 3);
        for (name, label) in KNOWN {
            assert!(unlink(&mut asha, name, "work").await.status.is_success(), "{name}");
            assert!(!asha.get("/settings").await.text.contains(&format!("Unlink {label}")), "{name}");
            peers.sits(somebody(name, "work"));
            let mut elsewhere = Browser::at(&running.url);
            assert_eq!(log_in(&mut elsewhere, name).await.location(), "/signup/with", "a stranger again: {name}");
        }
        assert_eq!(count(&backend, "select count(*) from outbox where kind = 'way_changed'").await, 6);
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_each_says_in_its_own_way_is_understood() {
    on_each(async |backend| {
        let peers = KnownPeers::start().await;
        let running = serve(&backend, &peers).await;
        let short = peers.url.replace("http://", "");
        let told: [(&str, Value, bool); 6] = [
            ("google", json!({ "iss": format!("{short}/google") }), true),
            ("google", json!({ "hd": null, "email_verified": false }), false),
            ("linkedin", json!({ "iss": format!("{}/linkedin", peers.url), "email_verified": true }), true),
            // It says more only when it is asked.
            ("linkedin", json!({ "email": null, "email_verified": null, "name": null }), true),
            ("linkedin", json!({ "email_verified": "false" }), false),
            ("facebook", json!({ "email_verified": true }), false),
        ];
        for (name, change, vouched) in told {
            peers.sits(somebody(name, "asha"));
            peers.will_say(change.clone());
            let mut browser = Browser::at(&running.url);
            let answer = log_in(&mut browser, name).await;
            assert_eq!(answer.location(), "/signup/with", "{name} {change}: {}", answer.text);
            let page = browser.get("/signup/with").await.text;
            assert!(page.contains("asha@example.com"), "{name} {change}");
            assert_eq!(page.contains("Confirmed by"), vouched, "{name} {change}");
        }
        // An account at Facebook that has a telephone and no address: its owner names one, and it is confirmed by mail.
        peers.sits(json!({ "sub": "phone-only", "name": "Ravi" }));
        let mut ravi = Browser::at(&running.url);
        assert_eq!(log_in(&mut ravi, "facebook").await.location(), "/signup/with");
        let refused = finish(&mut ravi, &[("form[terms]", "on")]).await;
        assert_eq!(refused.status, 422, "{}", refused.text);
        let done = finish(&mut ravi, &[("form[terms]", "on"), ("form[email]", "ravi@example.com")]).await;
        assert_eq!(done.location(), "/dashboard", "{}", done.text);
        assert_eq!(count(&backend, "select count(*) from outbox where kind = 'confirm'").await, 1);
        // An address that Facebook tells opens no account that has it.
        peers.sits(json!({ "sub": "somebody", "name": "Somebody", "email": "ravi@example.com" }));
        let mut other = Browser::at(&running.url);
        assert_eq!(log_in(&mut other, "facebook").await.location(), "/signup/with");
        let refused = finish(&mut other, &[("form[terms]", "on"), ("form[email]", "ravi@example.com")]).await;
        assert_eq!(refused.status, 422, "{}", refused.text);
        assert!(!is_signed_in(&other));
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_wrong_at_google_linkedin_or_facebook_is_told_in_words() {
    on_each(async |backend| {
        let peers = KnownPeers::start().await;
        let running = serve(&backend, &peers).await;
        let words = [
            ("google", "access_denied"),
            ("linkedin", "user_cancelled_login"),
            ("linkedin", "user_cancelled_authorize"),
            ("facebook", "access_denied"),
        ];
        for (name, error) in words {
            peers.sits(somebody(name, "asha"));
            peers.decline(error);
            let answer = log_in(&mut Browser::at(&running.url), name).await;
            assert_eq!(answer.status, 400, "{name} {error}");
            assert!(answer.text.contains("did not agree") && answer.text.contains("Try again with"), "{name} {error}");
        }
        let untrue = [
            ("google", json!({ "nonce": null })),
            ("google", json!({ "iss": "https://accounts.google.com" })),
            ("google", json!({ "aud": "linkedin-client" })),
            ("linkedin", json!({ "nonce": "of another log-in" })),
            ("linkedin", json!({ "aud": "google-client" })),
            ("linkedin", json!({ "sub": null })),
            ("facebook", json!({ "sub": "" })),
        ];
        for (name, change) in untrue {
            peers.sits(somebody(name, "asha"));
            peers.will_say(change.clone());
            let mut browser = Browser::at(&running.url);
            let answer = log_in(&mut browser, name).await;
            assert_eq!(answer.status, 400, "{name} {change}: {}", answer.text);
            assert!(answer.text.contains("cannot be trusted") && !is_signed_in(&browser), "{name} {change}");
        }
        // A code that was used already.
        for (name, status) in [("google", 400), ("linkedin", 503), ("facebook", 400)] {
            let mut browser = Browser::at(&running.url);
            let gone = browser.get(&format!("/login/with/{name}")).await;
            let state = Url::parse(gone.location()).unwrap();
            let state = state.query_pairs().find(|(key, _)| key == "state").unwrap().1;
            let answer = browser.get(&format!("/login/with/{name}/callback?code=used&state={state}")).await;
            assert_eq!(answer.status, status, "{name}: {}", answer.text);
            assert!(!is_signed_in(&browser), "{name}");
        }
        for (name, label) in KNOWN {
            let mut browser = Browser::at(&running.url);
            peers.sits(somebody(name, "asha"));
            let gone = browser.get(&format!("/login/with/{name}")).await;
            peers.fall();
            let answer = through(&mut browser, &gone).await;
            assert_eq!(answer.status, 503, "{name} {}", answer.text);
            assert!(answer.text.contains(&format!("{label} does not answer")), "{name}");
        }
        assert_eq!(count(&backend, "select count(*) from users").await, 0);
        running.stop().await;
    })
    .await;
}
