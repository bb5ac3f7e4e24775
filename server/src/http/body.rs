//! A body is read whole before anything is done with it, and only so much of it, for so long.

use std::time::Duration;

use app::error::AppError;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::{StatusCode, header};
use http_body_util::BodyExt as _;

use super::failure::failure;

/// The largest body, in bytes: more than the longest form.
pub const LARGEST: usize = 64 * 1024;
/// How long a body may take to arrive.
const PATIENCE: Duration = Duration::from_secs(15);
/// How much of a body that is too large is still taken, in bytes, and thrown away.
const DRAINED: usize = 16 * 1024 * 1024;

pub async fn limit(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path().to_owned();
    let too_large = || {
        let error = AppError::invalid("", "This is more than can be taken at once. Shorten it and try again.");
        failure(&path, StatusCode::PAYLOAD_TOO_LARGE, &error)
    };
    let declared = parts.headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if declared.is_some_and(|length| length > LARGEST as u64) {
        // A client that is still sending would find the connection broken instead of the answer.
        drain(body).await;
        return too_large();
    }
    match tokio::time::timeout(PATIENCE, to_bytes(body, LARGEST)).await {
        Ok(Ok(bytes)) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Ok(Err(_)) => too_large(),
        Err(_) => failure(&path, StatusCode::REQUEST_TIMEOUT, &AppError::Unavailable),
    }
}

/// Reads on without keeping anything.
async fn drain(mut body: Body) {
    let all = async {
        let mut taken = 0;
        while let Some(Ok(frame)) = body.frame().await {
            taken += frame.data_ref().map_or(0, axum::body::Bytes::len);
            if taken > DRAINED {
                break;
            }
        }
    };
    let _ = tokio::time::timeout(PATIENCE, all).await;
}
