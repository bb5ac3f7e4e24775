//! For whoever watches over the server: is it alive, can it work, how much does it do.

use std::time::Duration;

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::{StatusCode, header};

use super::site::Site;

pub async fn live() -> &'static str {
    "ok\n"
}

/// 200 once the database answers and has its tables.
pub async fn ready(State(site): State<Site>) -> Response {
    match tokio::time::timeout(Duration::from_secs(2), site.backend.db.ready()).await {
        Ok(Ok(())) => "ok\n".into_response(),
        _ => (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "5")], "the database does not answer\n")
            .into_response(),
    }
}

/// Prometheus text; 404 unless it was asked for.
pub async fn metrics(State(site): State<Site>) -> Response {
    match &site.metrics {
        Some(handle) => {
            ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], handle.render()).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
