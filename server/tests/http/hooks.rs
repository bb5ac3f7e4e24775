//! Webhooks: a program that listens, and the addresses that nobody may send our server to.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
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
        assert!(asha.get(&page).await.text.contains("whsec_"));
        assert_eq!(ravi.get(&page).await.status, 404, "somebody else's");

        ravi.spend("Corner shop", "9").await;
        asha.spend("Corner shop", "12.50").await;
        let (first, body) = hears.recv().await.unwrap();
        let json: Value = serde_json::from_str(&body).unwrap();
        assert_eq!(
            (&json["type"], &json["data"]["records"][0]["amount"]["minor"]),
            (&"record.saved".into(), &1250.into())
        );
        assert!(first["webhook-signature"].starts_with("v1,") && first["webhook-signature"].len() == 47, "{first:?}");
        // The clock stands still: the worker looks again once its time has come.
        tries_are_noted(&backend, 1).await;
        backend.clock.advance(chrono::TimeDelta::minutes(1));
        backend.wake_outbox();
        let (second, again) = hears.recv().await.unwrap();
        assert_eq!((&second["webhook-id"], &again), (&first["webhook-id"], &body), "the same message");
        assert_ne!(second["webhook-signature"], first["webhook-signature"], "signed anew");

        asha.post(&page, &[("do", "test_hook"), ("form[id]", page.rsplit('/').next().unwrap())]).await;
        let (_, body) = hears.recv().await.unwrap();
        assert!(body.contains("\"type\":\"test\""), "{body}");
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
