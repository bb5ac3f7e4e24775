//! Webhooks: a program that listens, and the addresses that nobody may send our server to.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Redirect;
use axum::routing::post;
use jsonwebtoken::{Algorithm, EncodingKey};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::browser::Browser;
use crate::engines::on_each;
use crate::provider::tries_are_noted;
use crate::running::Running;

type Heard = (BTreeMap<String, String>, String);

/// A program that keeps what it hears; it answers 500 as often as it is told.
#[derive(Clone)]
struct Listener {
    heard: UnboundedSender<Heard>,
    failures: Arc<Mutex<u32>>,
}

async fn hear(State(listener): State<Listener>, headers: HeaderMap, body: String) -> StatusCode {
    let headers = headers.iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
    listener.heard.send((headers, body)).unwrap();
    let mut failures = listener.failures.lock().unwrap();
    if *failures == 0 {
        return StatusCode::NO_CONTENT;
    }
    *failures -= 1;
    StatusCode::INTERNAL_SERVER_ERROR
}

async fn listen(failures: u32) -> (String, UnboundedReceiver<Heard>) {
    let (heard, ears) = unbounded_channel();
    let listener = Listener { heard, failures: Arc::new(Mutex::new(failures)) };
    let router = Router::new().route("/hook", post(hear)).with_state(listener);
    let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", socket.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(socket, router).await });
    (url, ears)
}

async fn add(person: &mut Browser, url: &str) -> crate::browser::Answer {
    let form = [
        ("do", "add_hook"),
        ("form[url]", url),
        ("form[record_saved]", "on"),
        ("form[budget_crossed]", "on"),
        ("form[bill_due]", "on"),
    ];
    person.post("/settings/webhooks/new", &form).await
}

/// What the page shows for the program to check messages with.
fn secret_of(page: &str) -> String {
    let (_, rest) = page.split_once("value=\"whsec_").expect("a secret");
    format!("whsec_{}", rest.split('"').next().unwrap())
}

/// The signature that a program which follows Standard Webhooks expects, by another implementation of HMAC than ours.
fn standard_signature(secret: &str, headers: &BTreeMap<String, String>, body: &str) -> String {
    let key = EncodingKey::from_base64_secret(secret.strip_prefix("whsec_").unwrap()).unwrap();
    let signed = format!("{}.{}.{body}", headers["webhook-id"], headers["webhook-timestamp"]);
    let url_safe = jsonwebtoken::crypto::sign(signed.as_bytes(), &key, Algorithm::HS256).unwrap();
    format!("v1,{}=", url_safe.replace('-', "+").replace('_', "/"))
}

#[test]
fn the_signature_is_that_of_the_example_of_standard_webhooks() {
    let headers = [("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"), ("webhook-timestamp", "1614265330")];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    let signature = standard_signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", &headers, r#"{"test": 2432232314}"#);
    assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

const HERE: (&str, &str) = ("EXPENSO_WEBHOOK_NETWORKS", "127.0.0.0/8");

#[tokio::test(flavor = "multi_thread")]
async fn a_program_hears_of_a_record_signed_and_again_until_it_takes_it() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[HERE]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        let mut ravi = Browser::signed_up(&running.url, "ravi@example.com").await;
        let (url, mut hears) = listen(1).await;
        let added = add(&mut asha, &url).await;
        assert_eq!(added.status, 303, "{}", added.text);
        let page = added.location().to_owned();
        let secret = secret_of(&asha.get(&page).await.text);
        assert_eq!(ravi.get(&page).await.status, 404, "somebody else's");

        ravi.spend("Corner shop", "9").await;
        asha.spend("Corner shop", "12.50").await;
        let (first, body) = hears.recv().await.unwrap();
        let json: Value = serde_json::from_str(&body).unwrap();
        assert_eq!(
            (&json["type"], &json["data"]["records"][0]["amount"]["minor"]),
            (&"record.saved".into(), &1250.into())
        );
        assert_eq!(first["webhook-signature"], standard_signature(&secret, &first, &body));
        assert_eq!(first["webhook-timestamp"], backend.clock.now().timestamp().to_string());
        assert_eq!(first["webhook-id"], json["id"].as_str().unwrap());
        assert_eq!(first["content-type"], "application/json");
        // The clock stands still: the worker looks again once its time has come.
        tries_are_noted(&backend, 1).await;
        backend.clock.advance(chrono::TimeDelta::minutes(1));
        backend.wake_outbox();
        let (second, again) = hears.recv().await.unwrap();
        assert_eq!((&second["webhook-id"], &again), (&first["webhook-id"], &body), "the same message");
        assert_ne!(second["webhook-signature"], first["webhook-signature"], "signed anew");
        assert_eq!(second["webhook-signature"], standard_signature(&secret, &second, &again));

        asha.post(&page, &[("do", "test_hook"), ("form[id]", page.rsplit('/').next().unwrap())]).await;
        let (test, body) = hears.recv().await.unwrap();
        assert!(body.contains("\"type\":\"test\""), "{body}");
        assert_eq!(test["webhook-signature"], standard_signature(&secret, &test, &body));
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_sends_the_server_into_its_own_network() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        for url in
            ["http://127.0.0.1:3000/", "http://localhost/", "http://169.254.169.254/latest/meta-data/", "http://[::1]/"]
        {
            let refused = add(&mut asha, url).await;
            assert!(refused.status == 422 && refused.text.contains("private network"), "{url}: {}", refused.status);
        }
        assert_eq!(add(&mut asha, "http://user:word@1.1.1.1/").await.status, 422);
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_leads_elsewhere_is_not_followed_and_its_owner_sees_it() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[HERE]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        let (elsewhere, mut hears) = listen(0).await;
        let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", socket.local_addr().unwrap());
        // 302 and 303 turn into GET, 307 and 308 keep the message.
        let router = Router::new()
            .route(
                "/seen",
                post({
                    let elsewhere = elsewhere.clone();
                    async move || (StatusCode::FOUND, [("location", elsewhere)])
                }),
            )
            .route("/kept", post(async move || Redirect::permanent(&elsewhere)));
        tokio::spawn(async move { axum::serve(socket, router).await });
        for (path, status) in [("/seen", 302), ("/kept", 308)] {
            let added = add(&mut asha, &format!("{url}{path}")).await;
            let page = added.location().to_owned();
            asha.post(&page, &[("do", "test_hook"), ("form[id]", page.rsplit('/').next().unwrap())]).await;
            let mut seen = asha.get(&page).await.text;
            for _ in 0..400 {
                if seen.contains("data-testid=\"attempt\"") {
                    break;
                }
                tokio::time::sleep(std::time::Duration::from_millis(25)).await;
                seen = asha.get(&page).await.text;
            }
            assert!(seen.contains(&format!("A redirect, which is not followed ({status})")), "{seen}");
        }
        assert!(hears.try_recv().is_err(), "the other place heard of it");
        running.stop().await;
    })
    .await;
}
