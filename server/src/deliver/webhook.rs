//! Letters posted as the SendGrid v3 mail/send JSON.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use lettre::message::Mailbox;
use reqwest::header::RETRY_AFTER;
use reqwest::redirect::Policy;
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};

use super::mail::PNG;
use super::{CONNECT, EmailMessage, Picture, Undelivered};
use crate::config::ConfigError;

/// The longest wait that a provider may ask for.
const LONGEST_WAIT: i64 = 3600;

pub struct Webhook {
    client: Client,
    url: String,
    key: Option<String>,
    from: Mailbox,
}

impl Webhook {
    pub fn new(url: &str, key: Option<&str>, from: Mailbox) -> Result<Self, ConfigError> {
        // A redirect would take the letter and the key to another place.
        let client = Client::builder()
            .redirect(Policy::none())
            .connect_timeout(CONNECT)
            .build()
            .map_err(|error| ConfigError(format!("mail.webhook_url: {error}")))?;
        Ok(Self { client, url: url.to_owned(), key: key.map(str::to_owned), from })
    }

    pub async fn send(&self, message: &EmailMessage) -> Result<(), Undelivered> {
        let mut request =
            self.client.post(&self.url).header("Idempotency-Key", message.file_stem()).json(&self.json(message));
        if let Some(key) = &self.key {
            request = request.bearer_auth(key);
        }
        let answer = request.send().await.map_err(|error| Undelivered::because(reason(&error)))?;
        let status = answer.status();
        if status.is_success() {
            return Ok(());
        }
        let asked = answer.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse::<i64>().ok());
        let heeded = matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE);
        let not_before = asked.filter(|_| heeded).map(|seconds| TimeDelta::seconds(seconds.clamp(0, LONGEST_WAIT)));
        Err(Undelivered { why: format!("the webhook answered {}", status.as_u16()), not_before })
    }

    fn json(&self, message: &EmailMessage) -> Value {
        let person = |mailbox: &Mailbox| match &mailbox.name {
            Some(name) => json!({ "email": mailbox.email.to_string(), "name": name }),
            None => json!({ "email": mailbox.email.to_string() }),
        };
        let mut letter = json!({
            "personalizations": [{ "to": [person(&message.to)], "custom_args": { "message_key": message.key } }],
            "from": person(&self.from),
            "subject": message.subject,
            "content": [
                { "type": "text/plain", "value": message.text },
                { "type": "text/html", "value": message.html },
            ],
            "tracking_settings": { "click_tracking": { "enable": false }, "open_tracking": { "enable": false } },
        });
        if !message.pictures.is_empty() {
            letter["attachments"] = message.pictures.iter().map(attachment).collect();
        }
        letter
    }
}

/// A picture that the HTML part shows.
fn attachment(picture: &Picture) -> Value {
    json!({
        "content": STANDARD.encode(&picture.png),
        "type": PNG,
        "filename": format!("{}.png", picture.id),
        "disposition": "inline",
        "content_id": picture.id,
    })
}

/// The kind of failure; the whole error would name the address.
fn reason(error: &reqwest::Error) -> &'static str {
    if error.is_connect() { "the webhook cannot be reached" } else { "the connection to the webhook broke" }
}
