//! Every request is answered in time, if only to say that it was not done.

use std::time::Duration;

use app::error::AppError;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;

use super::failure::usual_failure;

/// How long one request may take.
const PATIENCE: Duration = Duration::from_secs(30);

pub async fn limit(request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    tokio::time::timeout(PATIENCE, next.run(request))
        .await
        .unwrap_or_else(|_| usual_failure(&path, &AppError::Unavailable))
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::{Body, to_bytes};
    use axum::middleware::from_fn;
    use http::header;
    use tower::ServiceExt as _;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_request_that_takes_too_long_is_answered_with_words_and_a_time() {
        for (path, words) in [("/records", "try again in a moment"), ("/api/load_book", "Unavailable")] {
            let router = Router::new().fallback(std::future::pending::<&str>).layer(from_fn(limit));
            let request = Request::get(path).body(Body::empty()).expect("a request");
            let Ok(answer) = router.oneshot(request).await;
            assert_eq!(answer.status(), 503);
            assert!(answer.headers().contains_key(header::RETRY_AFTER));
            let text = to_bytes(answer.into_body(), 10_000).await.expect("a text");
            assert!(String::from_utf8_lossy(&text).contains(words), "{path}");
        }
    }
}
