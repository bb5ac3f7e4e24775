//! One line for each request, without anything personal, and an answer when a handler panics.

use std::any::Any;
use std::time::Instant;

use app::error::AppError;
use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::{HeaderName, HeaderValue, StatusCode};
use tracing::Instrument as _;

use super::calls;
use super::failure::usual_failure;

/// Names the request in the log; the answer and the handlers carry it too.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The template of the route that answered, such as `/bills/{id}`.
#[derive(Clone)]
struct Route(String);

/// Marks the answer of a handler that panicked.
#[derive(Clone)]
struct Panicked;

pub async fn requests(mut request: Request, next: Next) -> Response {
    let id = format!("{:016x}", rand::random::<u64>());
    let id_header = HeaderValue::from_str(&id).unwrap_or(HeaderValue::from_static("none"));
    // Whatever the client sent under this name is not ours.
    request.headers_mut().insert(REQUEST_ID, id_header.clone());
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let start = Instant::now();

    let mut response = next.run(request).instrument(tracing::info_span!("request", %id)).await;
    if response.extensions().get::<Panicked>().is_some() {
        tracing::error!(%id, "a handler panicked");
        response = usual_failure(&path, &AppError::Internal { reference: id.clone() });
    }
    let status = response.status().as_u16();
    let route = match response.extensions().get::<Route>() {
        Some(Route(route)) => route.as_str(),
        None if status == 404 => "?",
        None => "other",
    };
    let seconds = start.elapsed().as_secs_f64();
    tracing::info!(%id, %method, route, status, ms = format_args!("{:.1}", seconds * 1000.0), "request");
    let labels = [("route", route.to_owned()), ("status", status.to_string())];
    metrics::counter!("expenso_requests_total", &labels).increment(1);
    metrics::histogram!("expenso_request_seconds", &labels[..1]).record(seconds);
    response.headers_mut().insert(REQUEST_ID, id_header);
    response
}

/// Inside a router: notes which route answers.
pub async fn route(matched: Option<MatchedPath>, request: Request, next: Next) -> Response {
    let route = match matched.as_ref().map(MatchedPath::as_str) {
        // The names of server functions are no secret and there are few of them; other paths a client made up.
        Some("/api/{*call}") => Some(request.uri().path().to_owned()).filter(|path| calls::is_known(path)),
        other => other.map(str::to_owned),
    };
    let mut response = next.run(request).await;
    if let Some(route) = route.filter(|_| response.status() != StatusCode::NOT_FOUND) {
        response.extensions_mut().insert(Route(route));
    }
    response
}

/// The answer that `requests` puts into words.
pub fn panicked(_payload: Box<dyn Any + Send>) -> Response {
    let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
    response.extensions_mut().insert(Panicked);
    response
}
