//! A mail provider that takes the SendGrid v3 JSON and does as it is told.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use backend::Backend;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::Notify;

/// What the provider does with a letter.
#[derive(Clone, Copy)]
pub enum Mood {
    Takes,
    Fails,
    Busy,
    Hangs,
    /// Takes the letter, and answers when it is [told to](Provider::answer).
    Holds,
}

#[derive(Clone)]
pub struct Provider {
    pub url: String,
    mood: Arc<Mutex<Mood>>,
    taken: Arc<Mutex<Vec<(String, Value)>>>,
    refused: Arc<Mutex<u32>>,
    keys: Arc<Mutex<Vec<String>>>,
    told: Arc<Notify>,
}

impl Provider {
    pub async fn start(mood: Mood) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/v3/mail/send", listener.local_addr().unwrap());
        let provider = Self {
            url,
            mood: Arc::new(Mutex::new(mood)),
            taken: Arc::default(),
            refused: Arc::default(),
            keys: Arc::default(),
            told: Arc::default(),
        };
        let app = Router::new().route("/v3/mail/send", post(take)).with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        provider
    }

    pub fn set(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    /// Answers the letters that it holds.
    pub fn answer(&self) {
        self.told.notify_waiters();
    }

    /// The `Idempotency-Key` of each try, in order.
    pub fn keys(&self) -> Vec<String> {
        self.keys.lock().unwrap().clone()
    }

    /// The `Authorization` header and the body of each letter that was taken.
    pub fn taken(&self) -> Vec<(String, Value)> {
        self.taken.lock().unwrap().clone()
    }

    /// Waits until this many letters were taken, and a moment more for one too many.
    pub async fn wait_for(&self, letters: usize) -> Vec<(String, Value)> {
        wait_until(|| self.taken().len() >= letters).await;
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert_eq!(self.taken().len(), letters);
        self.taken()
    }

    pub async fn wait_for_refusals(&self, refusals: u32) {
        wait_until(|| *self.refused.lock().unwrap() >= refusals).await;
    }
}

pub async fn wait_until(so: impl Fn() -> bool) {
    eventually(async || so()).await;
}

/// Looks until it is so, for somewhat longer than a claim takes to be renewed.
pub async fn eventually(so: impl AsyncFn() -> bool) {
    for _ in 0..600 {
        if so().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("it did not happen in fifteen seconds");
}

/// Waits until as many failed tries of one message are noted: only then does the clock decide when the next one is.
pub async fn tries_are_noted(backend: &Backend, tries: i64) {
    let sql = "select coalesce(max(tries), 0) from outbox";
    eventually(async || backend.db.read().await.unwrap().query(sql).one::<(i64,)>().await.unwrap().0 >= tries).await;
}

async fn take(State(provider): State<Provider>, headers: HeaderMap, Json(letter): Json<Value>) -> Response {
    let mood = *provider.mood.lock().unwrap();
    let header = |name: &str| headers.get(name).map_or("", |value| value.to_str().unwrap()).to_owned();
    provider.keys.lock().unwrap().push(header("idempotency-key"));
    // Whoever is told from here on hears it.
    let told = provider.told.notified();
    if matches!(mood, Mood::Takes | Mood::Holds) {
        provider.taken.lock().unwrap().push((header("authorization"), letter));
    } else {
        *provider.refused.lock().unwrap() += 1;
    }
    match mood {
        Mood::Takes => StatusCode::ACCEPTED.into_response(),
        Mood::Holds => {
            told.await;
            StatusCode::ACCEPTED.into_response()
        }
        Mood::Fails => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        Mood::Busy => (StatusCode::TOO_MANY_REQUESTS, [("retry-after", "600")]).into_response(),
        Mood::Hangs => {
            tokio::time::sleep(Duration::from_secs(30)).await;
            StatusCode::ACCEPTED.into_response()
        }
    }
}
