//! Session tokens that nobody gave out: none of them opens a page, a call or the API.

use backend::signing_keys;
use chrono::TimeDelta;
use jsonwebtoken::{Algorithm, EncodingKey, Header, crypto};
use reqwest::header::AUTHORIZATION;
use serde_json::{Value, json};
use server::config::Secret;
use uuid::Uuid;

use crate::browser::{Browser, PASSWORD};
use crate::engines::on_each;
use crate::running::Running;

/// JSON as a part of a token.
fn part(json: &Value) -> String {
    let token = jsonwebtoken::encode(&Header::default(), json, &EncodingKey::from_secret(b"x")).unwrap();
    token.split('.').nth(1).unwrap().to_owned()
}

/// A token with this head and these claims, signed by HMAC-SHA-256 whatever its head says.
fn signed(head: &Value, claims: &Value, key: &[u8]) -> String {
    let text = format!("{}.{}", part(head), part(claims));
    let signature = crypto::sign(text.as_bytes(), &EncodingKey::from_secret(key), Algorithm::HS256).unwrap();
    format!("{text}.{signature}")
}

/// JSON with one value changed, or without it.
fn with(json: &Value, name: &str, value: Option<Value>) -> Value {
    let mut changed = json.clone();
    match value {
        Some(value) => changed[name] = value,
        None => drop(changed.as_object_mut().unwrap().remove(name)),
    }
    changed
}

/// What an attacker who has seen everything but the database and the secret knows, and the key that they do not know.
struct Known {
    head: Value,
    claims: Value,
    key: [u8; 32],
    now: i64,
}

impl Known {
    async fn of(running: &Running, asha: &mut Browser) -> Self {
        let secret = Secret::load_or_make(running.folder.path()).unwrap();
        let kid = signing_keys::all(&running.backend).await.unwrap()[0].id;
        let issuer = format!("expenso:{}", secret.installation());
        let sessions: Value = serde_json::from_str(&asha.call("list_sessions", &[]).await.text).unwrap();
        let now = running.backend.clock.now().timestamp();
        let claims = json!({
            "iss": issuer, "aud": issuer, "sub": Uuid::nil(), "sid": sessions[0]["id"], "typ": "session",
            "iat": now, "nbf": now, "exp": now + 600, "jti": Uuid::nil(),
        });
        let head = json!({ "typ": "JWT", "alg": "HS256", "kid": kid.simple().to_string() });
        Self { head, claims, key: secret.derive(&format!("session token {kid}")), now }
    }

    fn good(&self) -> String {
        signed(&self.head, &self.claims, &self.key)
    }

    /// Signed by our own key: only the words are wrong, so that each of them is seen to be looked at.
    fn wrong_words(&self) -> Vec<(String, String)> {
        let mut all = Vec::new();
        for claim in ["iss", "aud", "sub", "sid", "typ", "iat", "nbf", "exp", "jti"] {
            for value in [None, Some(Value::Null), Some(json!("x")), Some(json!({})), Some(json!([]))] {
                let claims = with(&self.claims, claim, value.clone());
                all.push((format!("{claim} {value:?}"), signed(&self.head, &claims, &self.key)));
            }
        }
        let now = self.now;
        for (claim, value) in [
            ("aud", json!([self.claims["aud"]])),
            ("typ", json!("refresh")),
            ("typ", json!("Session")),
            ("sid", json!(Uuid::nil())),
            ("sid", self.claims["sub"].clone()),
            ("exp", json!(now)),
            ("exp", json!(now - 1)),
            ("exp", json!(-1)),
            ("exp", json!(0)),
            ("exp", json!((now + 600).to_string())),
            ("exp", json!(1e300)),
            ("nbf", json!(now + 60)),
            ("nbf", json!(i64::MAX)),
        ] {
            let claims = with(&self.claims, claim, Some(value.clone()));
            all.push((format!("{claim} {value}"), signed(&self.head, &claims, &self.key)));
        }
        let kid = self.head["kid"].as_str().unwrap().to_owned();
        let spelled = Uuid::parse_str(&kid).unwrap().to_string();
        for value in [None, Some(Value::Null), Some(json!("")), Some(json!(1)), Some(json!(kid.to_uppercase()))] {
            all.push((format!("kid {value:?}"), signed(&with(&self.head, "kid", value), &self.claims, &self.key)));
        }
        for id in [&spelled, "../secret.key", "/dev/null", "' or 1=1 --", "0"] {
            all.push((format!("kid {id}"), signed(&with(&self.head, "kid", Some(json!(id))), &self.claims, &self.key)));
        }
        for name in ["HS384", "HS512", "RS256", "PS256", "ES256", "EdDSA", "hs256", "HMAC", ""] {
            let head = with(&self.head, "alg", Some(json!(name)));
            all.push((format!("algorithm {name:?}"), signed(&head, &self.claims, &self.key)));
        }
        for algorithm in [Algorithm::HS384, Algorithm::HS512] {
            let head = Header { kid: Some(kid.clone()), ..Header::new(algorithm) };
            let token = jsonwebtoken::encode(&head, &self.claims, &EncodingKey::from_secret(&self.key)).unwrap();
            all.push((format!("truly {algorithm:?}"), token));
        }
        all
    }

    /// Without our key.
    fn without_the_key(&self) -> Vec<(String, String)> {
        let mut all = Vec::new();
        let good = self.good();
        let [head, claims, signature] = good.split('.').collect::<Vec<_>>()[..] else { panic!("three parts") };
        for name in ["none", "None", "NONE", "nOnE", "none ", "null", ""] {
            let head = part(&with(&self.head, "alg", Some(json!(name))));
            for token in
                [format!("{head}.{claims}."), format!("{head}.{claims}"), format!("{head}.{claims}.{signature}")]
            {
                all.push((format!("unsigned {name:?}"), token));
            }
        }
        let kid = self.head["kid"].as_str().unwrap();
        let issuer = self.claims["iss"].as_str().unwrap();
        for key in ["", "x", "secret", "changeme", kid, issuer, head, "0123456789abcdef0123456789abcdef"] {
            all.push((format!("the key {key:?}"), signed(&self.head, &self.claims, key.as_bytes())));
        }
        all.push(("a key of nothing".into(), signed(&self.head, &self.claims, &[0; 32])));
        let own = json!({ "kty": "oct", "k": "eA", "alg": "HS256", "kid": kid });
        for (name, value) in [
            ("jwk", own),
            ("jku", json!("https://evil.example/keys")),
            ("x5u", json!("https://evil.example/keys")),
            ("x5c", json!(["eA"])),
            ("crit", json!(["kid"])),
        ] {
            all.push((format!("a head with {name}"), signed(&with(&self.head, name, Some(value)), &self.claims, b"x")));
        }
        let other = part(&with(&self.claims, "exp", Some(json!(self.now + 999_999))));
        let cut = &signature[..signature.len() - 1];
        let flipped: String = signature.chars().rev().collect();
        for token in [
            format!("{head}.{other}.{signature}"),
            format!("{}.{claims}.{signature}", part(&with(&self.head, "x", Some(json!(1))))),
            format!("{head}.{claims}."),
            format!("{head}.{claims}"),
            format!("{head}.{claims}.{cut}"),
            format!("{head}.{claims}.{flipped}"),
            format!("{head}.{claims}.{signature}="),
            format!("{head}.{claims}.{signature}A"),
            format!("{head}.{claims}.{signature}.{signature}"),
            format!("{head}..{claims}.{signature}"),
            format!(".{claims}.{signature}"),
            format!("{head}..{signature}"),
            format!("{claims}.{head}.{signature}"),
            format!("Bearer {good}"),
            format!("\"{good}\""),
            good.to_lowercase(),
            good.replace('.', ""),
            "..".into(),
            "....".into(),
            "a.b.c".into(),
            "null".into(),
            "eyJ".repeat(2_000),
            kid.into(),
            self.claims["sid"].as_str().unwrap().into(),
        ] {
            all.push(("made of parts".into(), token));
        }
        all
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_forged_token_opens_a_page_a_call_or_the_api() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        asha.spend("Corner shop", "12.50").await;
        let known = Known::of(&running, &mut asha).await;
        let mut thief = Browser::at(&running.url);
        thief.cookies.insert("expenso_session".into(), known.good());
        assert_eq!(
            thief.call("load_book", &[]).await.status,
            200,
            "what is made here is as good as our own but for one thing"
        );

        let forged = [known.wrong_words(), known.without_the_key()].concat();
        assert!(forged.len() >= 100, "{}", forged.len());
        for (what, token) in &forged {
            let with_token = || {
                let mut thief = Browser::at(&running.url);
                thief.cookies.insert("expenso_session".into(), token.clone());
                thief
            };
            let mut thief = with_token();
            let call = thief.call("load_book", &[]).await;
            assert_eq!((call.status.as_u16(), call.text.as_str()), (401, "\"SignedOut\""), "{what}: {token}");
            assert!(!thief.cookies.contains_key("expenso_session"), "{what}: the browser is told to forget it");
            let page = with_token().get("/records").await;
            assert_eq!((page.status.as_u16(), page.location()), (302, "/login?next=/records"), "{what}: {token}");
            let request = thief.client().get(format!("{}/api/v1/records", running.url));
            let api = with_token().send(request.header(AUTHORIZATION, format!("Bearer {token}"))).await;
            assert_eq!(api.status, 401, "{what}: {token}");
            for answer in [call, page, api] {
                assert!(
                    !answer.text.contains("Corner shop") && !answer.text.contains("asha@"),
                    "{what}: {}",
                    answer.text
                );
            }
        }
        assert_eq!(asha.call("load_book", &[]).await.status, 200, "nothing of this ends the session of the owner");
        running.stop().await;
    })
    .await;
}

fn kid(browser: &Browser) -> String {
    jsonwebtoken::decode_header(&browser.cookies["expenso_session"]).unwrap().kid.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn after_another_key_new_sessions_are_signed_with_it_and_the_former_ends_with_its_tokens() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let asha = Browser::signed_up(&running.url, "asha@example.com").await;
        let mut without_refresh = asha.clone();
        without_refresh.cookies.remove("expenso_refresh");
        backend.clock.advance(TimeDelta::seconds(1));
        signing_keys::rotate(&backend).await.unwrap();
        backend.clock.advance(TimeDelta::minutes(1));
        let mut phone = Browser::at(&running.url);
        assert_eq!(phone.log_in("asha@example.com", PASSWORD).await.status, 303);
        assert_ne!(kid(&phone), kid(&asha));
        assert_eq!(without_refresh.clone().call("load_book", &[]).await.status, 200, "the old one is good");
        backend.clock.advance(TimeDelta::minutes(15));
        assert_eq!(without_refresh.call("load_book", &[]).await.status, 401, "and ends");
        let mut renewed = asha.clone();
        assert_eq!(renewed.call("load_book", &[]).await.status, 200, "nobody is signed out");
        assert_eq!(kid(&renewed), kid(&phone));
        running.stop().await;
    })
    .await;
}
