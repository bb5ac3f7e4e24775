//! Log-in through a provider: what is taken, and everything that is not.

mod known;
mod linking;

use backend::Backend;
use chrono::TimeDelta;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use reqwest::Url;
use serde_json::{Value, json};

use crate::browser::{Answer, Browser, PASSWORD};
use crate::engines::{on_each, start};
use crate::oidc_peer::{CLIENT, KEY_ID, OidcPeer, new_key, sign};
use crate::running::Running;

/// A server that offers the peer as `home` and as `work`.
async fn serve(backend: &Backend, peer: &OidcPeer, more: &[(&str, &str)]) -> Running {
    let given = [peer.env("home"), peer.env("work")].concat();
    let mut env: Vec<(&str, &str)> = given.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    env.extend(more);
    Running::start(backend, &env).await
}

/// Makes a token of claims, in a way that must not be believed.
type Forge = fn(&OidcPeer, &Value) -> String;

/// Somebody on their way to a provider.
struct Sent {
    state: String,
    nonce: String,
    address: Url,
}

async fn sent(browser: &mut Browser, path: &str) -> Sent {
    let answer = browser.get(path).await;
    assert_eq!(answer.status, 302, "{}", answer.text);
    let address = Url::parse(answer.location()).unwrap();
    let value = |name: &str| address.query_pairs().find(|(key, _)| key == name).unwrap().1.into_owned();
    Sent { state: value("state"), nonce: value("nonce"), address }
}

fn claims(peer: &OidcPeer, nonce: &str) -> Value {
    let now = start().timestamp();
    json!({
        "iss": peer.issuer, "aud": CLIENT, "sub": "asha-at-home", "iat": now, "exp": now + 300, "nonce": nonce,
        "email": "asha@example.com", "email_verified": true, "name": "Asha Rao",
    })
}

async fn back(browser: &mut Browser, name: &str, state: &str) -> Answer {
    browser.get(&format!("/login/with/{name}/callback?code=a-code&state={state}")).await
}

/// Goes to `home` and comes back with claims that are right but for this change.
async fn arrive(browser: &mut Browser, peer: &OidcPeer, change: impl Fn(&mut Value)) -> Answer {
    let sent = sent(browser, "/login/with/home").await;
    let mut claims = claims(peer, &sent.nonce);
    change(&mut claims);
    peer.will_say(Some(peer.signed(&claims)));
    back(browser, "home", &sent.state).await
}

const REGION: [(&str, &str); 4] = [
    ("form[country]", "IN"),
    ("form[currency]", "INR"),
    ("form[time_zone]", "Asia/Kolkata"),
    ("form[locale]", "en-IN"),
];

async fn finish(browser: &mut Browser, fields: &[(&str, &str)]) -> Answer {
    let mut form = vec![("do", "sign_up_with"), ("form[name]", "Asha Rao")];
    form.extend(REGION);
    form.extend(fields);
    browser.post("/signup/with", &form).await
}

fn is_signed_in(browser: &Browser) -> bool {
    browser.cookies.contains_key("expenso_session")
}

async fn count(backend: &Backend, sql: &'static str) -> i64 {
    backend.db.read().await.unwrap().query(sql).one::<(i64,)>().await.unwrap().0
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_new_makes_an_account_and_comes_back_to_it() {
    on_each(async |backend| {
        let peer = OidcPeer::start().await;
        let running = serve(&backend, &peer, &[]).await;
        let mut asha = Browser::at(&running.url);
        for page in ["/login", "/signup"] {
            assert!(asha.get(page).await.text.contains("href=\"/login/with/home"), "{page}");
        }
        let gone = sent(&mut asha, "/login/with/home").await;
        let asked: Vec<String> = gone.address.query_pairs().map(|(key, value)| format!("{key}={value}")).collect();
        for part in ["response_type=code", "code_challenge_method=S256", "scope=openid email profile"] {
            assert!(asked.iter().any(|one| one == part), "{part}: {asked:?}");
        }
        assert!(asked.iter().any(|one| one.ends_with("/login/with/home/callback")), "{asked:?}");
        let answer = arrive(&mut asha, &peer, |_| ()).await;
        assert_eq!((answer.status.as_u16(), answer.location()), (303, "/signup/with"), "{}", answer.text);
        assert!(!is_signed_in(&asha));
        let form = peer.forms().pop().unwrap();
        assert_eq!((form["code"].as_str(), form["code_verifier"].len()), ("a-code", 64));

        let page = asha.get("/signup/with").await;
        assert!(page.text.contains("asha@example.com") && page.text.contains("Asha Rao"));
        let refused = finish(&mut asha, &[]).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text.contains("agree to the terms") && refused.text.contains("asha@example.com"));
        // What the provider vouches for stands, whatever is sent.
        let done = finish(&mut asha, &[("form[terms]", "on"), ("form[email]", "other@example.com")]).await;
        assert_eq!((done.status.as_u16(), done.location()), (303, "/dashboard"), "{}", done.text);
        assert!(is_signed_in(&asha));
        let confirmed = "select count(*) from users where email = 'asha@example.com' and confirmed_at is not null";
        assert_eq!(count(&backend, confirmed).await, 1);
        assert_eq!(count(&backend, "select count(*) from outbox where kind = 'confirm'").await, 0);
        assert_eq!(asha.get("/signup/with").await.text.matches("This step is over").count(), 1);

        let mut elsewhere = Browser::at(&running.url);
        let changed = |claims: &mut Value| claims["email"] = json!("new@example.com");
        let answer = arrive(&mut elsewhere, &peer, changed).await;
        assert_eq!((answer.status.as_u16(), answer.location()), (303, "/dashboard"), "the subject decides");
        assert!(is_signed_in(&elsewhere));
        assert_eq!(count(&backend, "select count(*) from users").await, 1);

        // There is no password, and the answer does not tell.
        let mut guesser = Browser::at(&running.url);
        let words = |answer: Answer| (answer.status, answer.text.contains("Incorrect email or password"));
        let known = words(guesser.log_in("asha@example.com", "none").await);
        assert_eq!(known, words(guesser.log_in("nobody@example.com", "none").await));
        assert_eq!(known.0, 422);
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_forged_is_refused_and_nobody_is_signed_in() {
    on_each(async |backend| {
        let peer = OidcPeer::start().await;
        let running = serve(&backend, &peer, &[("EXPENSO_TRUSTED_PROXIES", "127.0.0.1")]).await;
        let now = start().timestamp();
        let changes: [(&str, Value); 13] = [
            ("nonce", json!("another")),
            ("nonce", Value::Null),
            ("aud", json!("another-client")),
            ("aud", json!([CLIENT, "another-client"])),
            ("azp", json!("another-client")),
            ("iss", json!("https://accounts.google.com")),
            ("iss", Value::Null),
            ("exp", json!(now - 61)),
            ("exp", Value::Null),
            ("iat", json!(now + 600)),
            ("nbf", json!(now + 61)),
            ("nbf", json!("tomorrow")),
            ("sub", json!("")),
        ];
        for (claim, value) in changes {
            let mut browser = Browser::at(&running.url);
            let answer = arrive(&mut browser, &peer, |claims| claims[claim] = value.clone()).await;
            assert_eq!(answer.status, 400, "{claim} {value}: {}", answer.text);
            assert!(answer.text.contains("cannot be trusted"), "{claim} {value}");
            assert!(!is_signed_in(&browser), "{claim} {value}");
        }
        let forgeries: [(&str, Forge); 6] = [
            ("another key", |_, claims| sign(&new_key(), Some(KEY_ID), claims)),
            ("an unknown key", |_, claims| sign(&new_key(), Some("other"), claims)),
            ("alg none", |peer, claims| {
                let parts = peer.signed(claims);
                // {"alg":"none"}
                format!("eyJhbGciOiJub25lIn0.{}.", parts.split('.').nth(1).unwrap())
            }),
            ("the client's secret as the key", |_, claims| {
                let key = EncodingKey::from_secret(b"a secret: with & signs");
                jsonwebtoken::encode(&Header::new(Algorithm::HS256), claims, &key).unwrap()
            }),
            ("a changed signature", |peer, claims| {
                let token = peer.signed(claims);
                let (text, signature) = token.rsplit_once('.').unwrap();
                let first = if signature.starts_with('A') { 'B' } else { 'A' };
                format!("{text}.{first}{}", &signature[1..])
            }),
            ("no token", |_, _| "a.b".to_owned()),
        ];
        for (name, forge) in forgeries {
            let mut browser = Browser::at(&running.url);
            let sent = sent(&mut browser, "/login/with/home").await;
            peer.will_say(Some(forge(&peer, &claims(&peer, &sent.nonce))));
            let answer = back(&mut browser, "home", &sent.state).await;
            assert_eq!((answer.status.as_u16(), is_signed_in(&browser)), (400, false), "{name}: {}", answer.text);
        }
        // A code that the provider does not take.
        let mut browser = Browser::at(&running.url);
        let sent = sent(&mut browser, "/login/with/home").await;
        assert_eq!(back(&mut browser, "home", &sent.state).await.status, 400);
        assert_eq!(count(&backend, "select count(*) from sign_in_proofs").await, 0);
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_comes_back_once_in_time_with_ones_own_browser_from_the_same_provider() {
    on_each(async |backend| {
        let peer = OidcPeer::start().await;
        let running = serve(&backend, &peer, &[]).await;
        let mut browser = Browser::at(&running.url);
        let begun = sent(&mut browser, "/login/with/home").await;
        let good = || peer.will_say(Some(peer.signed(&claims(&peer, &begun.nonce))));
        good();
        let mut stranger = Browser::at(&running.url);
        assert_eq!(back(&mut stranger, "home", &begun.state).await.status, 400, "no cookie");
        sent(&mut stranger, "/login/with/home").await;
        assert_eq!(back(&mut stranger, "home", &begun.state).await.status, 400, "the state of another browser");
        assert_eq!(back(&mut browser, "work", &begun.state).await.status, 400, "another provider");
        for query in ["", "?code=a-code", "?code=a-code&state=", "?state=x&state=y", "?code=a-code&state=made-up"] {
            let answer = browser.get(&format!("/login/with/home/callback{query}")).await;
            assert_eq!(answer.status, 400, "{query}");
            assert!(answer.text.contains("Let us begin again"), "{query}");
        }
        let elsewhere = format!("/login/with/home/callback?code=a-code&state={}&iss=https://evil.example", begun.state);
        let mut copy = browser.clone();
        assert_eq!(back(&mut copy, "home", &begun.state).await.status, 303);
        good();
        assert_eq!(back(&mut browser, "home", &begun.state).await.status, 400, "a second time");
        assert_eq!(browser.get(&elsewhere).await.status, 400);
        let mixed = sent(&mut browser, "/login/with/home").await;
        peer.will_say(Some(peer.signed(&claims(&peer, &mixed.nonce))));
        let mixed = format!("/login/with/home/callback?code=a-code&state={}&iss=https://evil.example", mixed.state);
        assert_eq!(browser.get(&mixed).await.status, 400, "from another issuer");

        let late = sent(&mut browser, "/login/with/home").await;
        backend.clock.advance(TimeDelta::minutes(10));
        peer.will_say(Some(peer.signed(&claims(&peer, &late.nonce))));
        assert_eq!(back(&mut browser, "home", &late.state).await.status, 400, "too late");
        backend.clock.set(start());

        let declined = sent(&mut browser, "/login/with/home").await;
        let path = format!("/login/with/home/callback?error=access_denied&state={}", declined.state);
        let answer = browser.get(&path).await;
        assert_eq!(answer.status, 400);
        assert!(answer.text.contains("You were not logged in"), "{}", answer.text);
        assert_eq!(browser.get("/login/with/nobody").await.status, 404);
        assert_eq!(browser.get("/login/with/nobody/callback").await.status, 404);
        assert!(!is_signed_in(&browser));
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_alone_opens_no_account_and_links_none() {
    on_each(async |backend| {
        let peer = OidcPeer::start().await;
        let running = serve(&backend, &peer, &[]).await;
        // Somebody made an account with an address that is not theirs, and linked their own way in.
        let mut thief = Browser::signed_up(&running.url, "asha@example.com").await;
        let thiefs = |claims: &mut Value| {
            claims["sub"] = json!("thief");
            claims["email"] = json!("thief@example.com");
        };
        let mut tx = backend.db.write().await.unwrap();
        tx.query(
            "insert into identities (provider, subject, user_id, proven, created_at, last_used_at)
             select 'home', 'thief', id, false, created_at, created_at from users",
        )
        .execute()
        .await
        .unwrap();
        tx.commit().await.unwrap();
        let mut thiefs_browser = Browser::at(&running.url);
        assert_eq!(arrive(&mut thiefs_browser, &peer, thiefs).await.location(), "/dashboard");

        let mut asha = Browser::at(&running.url);
        let answer = arrive(&mut asha, &peer, |_| ()).await;
        assert_eq!((answer.status.as_u16(), answer.location()), (303, "/login?next=/dashboard"));
        assert!(!is_signed_in(&asha));
        let page = asha.get("/login").await;
        assert!(page.text.contains("Log in once as you did before"), "{}", page.text);
        assert_eq!(finish(&mut asha, &[("form[terms]", "on")]).await.status, 422, "nor is a second account made");
        assert_eq!(count(&backend, "select count(*) from identities").await, 1);

        // The owner of the address takes the account over by mail: nothing of the thief stays.
        let mut tx = backend.db.write().await.unwrap();
        tx.query("delete from outbox").execute().await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(asha.post("/forgot", &[("do", "forgot"), ("form[email]", "asha@example.com")]).await.status, 303);
        let secret = reset_secret(&running).await;
        let form = [
            ("do", "reset"),
            ("form[token]", secret.as_str()),
            ("form[password]", "a new monsoon"),
            ("form[confirm]", "a new monsoon"),
        ];
        assert_eq!(asha.post("/reset", &form).await.status, 303);
        assert_eq!(thief.call("load_book", &[]).await.status, 401);
        assert_eq!(arrive(&mut thiefs_browser, &peer, thiefs).await.location(), "/signup/with", "a stranger now");

        // With the password, the provider is linked; from then on it is enough.
        assert_eq!(asha.log_in("asha@example.com", "a new monsoon").await.location(), "/dashboard");
        assert_eq!(count(&backend, "select count(*) from identities where subject = 'asha-at-home'").await, 1);
        let mut again = Browser::at(&running.url);
        assert_eq!(arrive(&mut again, &peer, |_| ()).await.location(), "/dashboard");
        running.stop().await;
    })
    .await;
}

/// The secret of the link in the newest letter.
async fn reset_secret(running: &Running) -> String {
    let folder = running.folder.path().join("mail");
    let find = || {
        let files = std::fs::read_dir(&folder).ok()?;
        let texts = files.filter_map(|file| std::fs::read_to_string(file.ok()?.path()).ok());
        let text = texts.map(|text| text.replace("=\r\n", "")).find(|text| text.contains("reset?token="))?;
        let (_, rest) = text.split_once("reset?token=")?;
        Some(rest.trim_start_matches("3D").chars().take_while(char::is_ascii_hexdigit).collect::<String>())
    };
    crate::provider::wait_until(|| find().is_some()).await;
    find().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_not_vouched_for_is_typed_and_confirmed_by_mail() {
    on_each(async |backend| {
        let peer = OidcPeer::start().await;
        let running = serve(&backend, &peer, &[]).await;
        let ravi = Browser::signed_up(&running.url, "ravi@example.com").await;
        drop(ravi);
        for verified in [json!(false), Value::Null, json!("yes")] {
            let mut browser = Browser::at(&running.url);
            let change = |claims: &mut Value| {
                claims["email"] = json!("ravi@example.com");
                claims["email_verified"] = verified.clone();
            };
            // As for an address that nobody has here: the answer does not tell.
            assert_eq!(arrive(&mut browser, &peer, change).await.location(), "/signup/with", "{verified}");
            let taken = [("form[terms]", "on"), ("form[email]", "ravi@example.com")];
            let answer = finish(&mut browser, &taken).await;
            assert_eq!(answer.status, 422);
            assert!(answer.text.contains("This address cannot be used"), "{}", answer.text);
        }
        let mut browser = Browser::at(&running.url);
        peer.will_tell(json!({ "sub": "asha-at-home", "email": "asha@example.com" }));
        let without = |claims: &mut Value| {
            claims.as_object_mut().unwrap().retain(|key, _| !key.starts_with("email"));
        };
        assert_eq!(arrive(&mut browser, &peer, without).await.location(), "/signup/with");
        let done = finish(&mut browser, &[("form[terms]", "on"), ("form[email]", "asha@example.com")]).await;
        assert_eq!(done.location(), "/dashboard", "{}", done.text);
        let open = "select count(*) from users where email = 'asha@example.com' and confirmed_at is null";
        assert_eq!(count(&backend, open).await, 1);

        // What is said about somebody else counts for nobody.
        peer.will_tell(json!({ "sub": "another", "email": "ravi@example.com", "email_verified": true }));
        let mut browser = Browser::at(&running.url);
        assert_eq!(arrive(&mut browser, &peer, without).await.status, 400);
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_no_accounts_are_taken_a_provider_makes_none() {
    on_each(async |backend| {
        let peer = OidcPeer::start().await;
        let open = serve(&backend, &peer, &[]).await;
        let mut asha = Browser::at(&open.url);
        arrive(&mut asha, &peer, |_| ()).await;
        finish(&mut asha, &[("form[terms]", "on")]).await;
        let mut late = Browser::at(&open.url);
        let stranger = |claims: &mut Value| {
            claims["sub"] = json!("a stranger");
            claims["email"] = json!("stranger@example.com");
        };
        assert_eq!(arrive(&mut late, &peer, stranger).await.location(), "/signup/with");
        open.stop().await;

        let closed = serve(&backend, &peer, &[("EXPENSO_REGISTRATION", "off")]).await;
        late.url.clone_from(&closed.url);
        assert_eq!(finish(&mut late, &[("form[terms]", "on")]).await.status, 403);
        let mut browser = Browser::at(&closed.url);
        let answer = arrive(&mut browser, &peer, stranger).await;
        assert_eq!((answer.status.as_u16(), is_signed_in(&browser)), (403, false));
        assert!(answer.text.contains("takes no new ones"), "{}", answer.text);
        assert_eq!(arrive(&mut browser, &peer, |_| ()).await.location(), "/dashboard", "who has an account gets in");
        assert_eq!(count(&backend, "select count(*) from users").await, 1);
        closed.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_is_down_or_leads_elsewhere_harms_nobody_else() {
    on_each(async |backend| {
        let peer = OidcPeer::start().await;
        peer.redirect();
        let mirrored = OidcPeer::start().await;
        let mirror = format!("{}/mirror", mirrored.issuer);
        let more = [
            ("EXPENSO_SIGN_IN_MIRROR_ISSUER", mirror.as_str()),
            ("EXPENSO_SIGN_IN_MIRROR_CLIENT_ID", "x"),
            ("EXPENSO_SIGN_IN_MIRROR_CLIENT_SECRET", "x"),
            ("EXPENSO_SIGN_IN_GONE_ISSUER", "http://127.0.0.1:9"),
            ("EXPENSO_SIGN_IN_GONE_CLIENT_ID", "x"),
            ("EXPENSO_SIGN_IN_GONE_CLIENT_SECRET", "x"),
        ];
        let running = serve(&backend, &peer, &more).await;
        Browser::signed_up(&running.url, "asha@example.com").await;
        let mut browser = Browser::at(&running.url);
        for name in ["gone", "home", "mirror"] {
            let answer = browser.get(&format!("/login/with/{name}")).await;
            assert_eq!(answer.status, 503, "{name}");
            assert!(answer.text.contains("does not answer") && answer.text.contains("href=\"/login\""), "{name}");
        }
        assert_eq!(browser.log_in("asha@example.com", PASSWORD).await.location(), "/dashboard");
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_sent_to_a_provider_by_another_site() {
    on_each(async |backend| {
        let peer = OidcPeer::start().await;
        let running = serve(&backend, &peer, &[]).await;
        let browser = Browser::at(&running.url);
        let follow = async |header: &'static str, value: &str| {
            let mut browser = browser.clone();
            let request = browser.client().get(format!("{}/login/with/home?next=/records", running.url));
            let answer = browser.send(request.header(header, value)).await;
            (answer.status.as_u16(), answer.location().to_owned())
        };
        let own = format!("{}/login", running.url);
        for (header, value) in
            [("sec-fetch-site", "same-origin"), ("sec-fetch-site", "none"), ("referer", own.as_str())]
        {
            assert_eq!(follow(header, value).await.0, 302, "{header}: {value}");
        }
        for (header, value) in [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("referer", "https://evil.example/login"),
        ] {
            let here = (303, "/login?next=/records".to_owned());
            assert_eq!(follow(header, value).await, here, "{header}: {value}");
        }
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_goes_on_to_own_pages_only() {
    on_each(async |backend| {
        let peer = OidcPeer::start().await;
        let running = serve(&backend, &peer, &[]).await;
        let mut asha = Browser::at(&running.url);
        arrive(&mut asha, &peer, |_| ()).await;
        finish(&mut asha, &[("form[terms]", "on")]).await;
        for (next, place) in [
            ("/records%3Fkind%3Dexpense", "/records?kind=expense"),
            ("//evil.example", "/dashboard"),
            ("/%5Cevil.example", "/dashboard"),
            ("https:evil.example", "/dashboard"),
            ("/%09/evil.example", "/dashboard"),
            ("javascript:alert(1)", "/dashboard"),
            ("data:,x", "/dashboard"),
        ] {
            let mut browser = Browser::at(&running.url);
            let sent = sent(&mut browser, &format!("/login/with/home?next={next}")).await;
            peer.will_say(Some(peer.signed(&claims(&peer, &sent.nonce))));
            assert_eq!(back(&mut browser, "home", &sent.state).await.location(), place, "{next}");
        }
        running.stop().await;
    })
    .await;
}
