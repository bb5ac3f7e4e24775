//! `Idempotency-Key`: the same request again, by a program that did not hear the answer, is done once.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequestParts, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use backend::Backend;
use backend::access_tokens::Bearer;
use backend::answered::{self, Claim, Keyed};
use http::request::Parts;
use http::{HeaderName, HeaderValue, Method, StatusCode, header};
use serde::{Deserialize, Serialize};

use super::Rest;
use super::problem::{Answer, Problem};
use crate::heard::programs::{KEY_MAX, key_of};
use crate::http::LARGEST_BODY;

pub const KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// Says that the answer is one that was given before.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
/// Which headers of an answer are given again.
const TOLD: [HeaderName; 3] = [header::CONTENT_TYPE, header::ETAG, header::LOCATION];
/// The largest answer that is kept, in bytes.
const ANSWER_MAX: usize = 1024 * 1024;
/// How often a request that is under way is looked at, and how long between.
const LOOKS: u32 = 100;
const PAUSE: Duration = Duration::from_millis(50);

/// The id of what the request makes: the same each time that it is tried.
pub struct Made(pub uuid::Uuid);

impl FromRequestParts<Rest> for Made {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, rest: &Rest) -> Result<Self, Self::Rejection> {
        let claimed = parts.extensions.get::<MadeId>().map(|made| made.0);
        Ok(Self(claimed.unwrap_or_else(|| rest.backend.clock.new_id())))
    }
}

#[derive(Clone, Copy)]
struct MadeId(uuid::Uuid);

/// An answer as it is kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

pub async fn run(State(rest): State<Rest>, request: Request, next: Next) -> Response {
    let key = request.headers().get(&KEY).filter(|_| request.method() == Method::POST).cloned();
    let Some(key) = key else { return next.run(request).await };
    match once(&rest.backend, &key, request, next).await {
        Ok(response) => response,
        Err(problem) => problem.into_response(),
    }
}

async fn once(backend: &Backend, key: &HeaderValue, request: Request, next: Next) -> Answer<Response> {
    let words = format!("Send an Idempotency-Key of up to {KEY_MAX} letters, digits and the signs - _ . :");
    let key = key_of(key).ok_or_else(|| Problem::unreadable("Idempotency-Key", words))?;
    let bearer = request.extensions().get::<Bearer>().cloned().ok_or_else(Problem::unauthorized)?;
    let (parts, body) = request.into_parts();
    let bytes = to_bytes(body, LARGEST_BODY).await;
    let bytes = bytes.map_err(|_| Problem::unreadable("", "The request could not be read. Send it again."))?;
    let asked = format!("{} {}\n{}", parts.method, parts.uri, String::from_utf8_lossy(&bytes));
    let keyed = Keyed::new(bearer.token.id, key, &asked);
    let made = match claimed(backend, &keyed).await? {
        Claim::Ours(made) => made,
        Claim::Answered(kept) => return again(&kept),
        Claim::Other => return Err(Problem::key_reused()),
        Claim::UnderWay => return Err(Problem::under_way()),
    };
    let mut request = Request::from_parts(parts, Body::from(bytes));
    request.extensions_mut().insert(MadeId(made));
    keep(backend, &keyed, next.run(request).await).await
}

/// Waits a while for whoever is at the same request.
async fn claimed(backend: &Backend, keyed: &Keyed) -> Answer<Claim> {
    for _ in 0..LOOKS {
        match answered::claim(backend, keyed).await? {
            Claim::UnderWay => tokio::time::sleep(PAUSE).await,
            other => return Ok(other),
        }
    }
    Ok(Claim::UnderWay)
}

/// Keeps an answer that says that something was done; after any other the key may be used again.
async fn keep(backend: &Backend, keyed: &Keyed, response: Response) -> Answer<Response> {
    if !response.status().is_success() {
        answered::settle(backend, keyed, None).await?;
        return Ok(response);
    }
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, ANSWER_MAX).await.map_err(backend::Error::internal)?;
    let text = |name: &HeaderName| Some((name.to_string(), parts.headers.get(name)?.to_str().ok()?.to_owned()));
    let kept = Kept {
        status: parts.status.as_u16(),
        headers: TOLD.iter().filter_map(text).collect(),
        body: String::from_utf8_lossy(&bytes).into_owned(),
    };
    let kept = serde_json::to_string(&kept).map_err(backend::Error::internal)?;
    // It is done whatever becomes of the note: the next try finds the same thing made.
    if let Err(error) = answered::settle(backend, keyed, Some(kept)).await {
        tracing::warn!(%error, "an answer could not be kept");
    }
    Ok(Response::from_parts(parts, Body::from(bytes)))
}

fn again(kept: &str) -> Answer<Response> {
    let kept: Kept = serde_json::from_str(kept).map_err(backend::Error::internal)?;
    let mut response = Response::new(Body::from(kept.body));
    *response.status_mut() = StatusCode::from_u16(kept.status).unwrap_or(StatusCode::OK);
    for (name, value) in kept.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.headers_mut().insert(name, value);
        }
    }
    response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    Ok(response)
}
