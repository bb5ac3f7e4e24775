//! A page is rendered by several threads, which read the same values at once; once in some thousand pages one of
//! them finds a value that another is just computing, and panics, and the page would wait for it without end.
//! Looking at a page changes nothing, so it is rendered again.

use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::Method;

use crate::panics::undisturbed;

/// How often a page is begun anew.
const TRIES: u32 = 6;
/// The wait before the second try; it grows with each. A busy machine that stopped one of the threads goes on meanwhile.
const PAUSE: Duration = Duration::from_millis(15);

pub async fn render(request: Request, next: Next) -> Response {
    if request.method() != Method::GET {
        return next.run(request).await;
    }
    let (parts, _) = request.into_parts();
    let page = || next.clone().run(Request::from_parts(parts.clone(), Body::empty()));
    for nth in 1..=TRIES {
        if let Some(response) = undisturbed(page()).await {
            return response;
        }
        tracing::warn!("a page is rendered again");
        tokio::time::sleep(PAUSE * nth).await;
    }
    page().await
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use axum::Router;
    use axum::middleware::from_fn;
    use axum::routing::get;
    use tower::ServiceExt as _;

    use super::*;

    #[tokio::test]
    async fn a_page_that_panics_itself_is_rendered_again() {
        let tries = Arc::new(AtomicUsize::new(0));
        let seen = Arc::clone(&tries);
        let page = move || {
            let first = seen.fetch_add(1, Ordering::Relaxed) == 0;
            async move {
                assert!(!first, "the page itself");
                "whole"
            }
        };
        let app = Router::new().route("/", get(page)).layer(from_fn(render));
        let answer = app.oneshot(Request::new(Body::empty())).await.expect("an answer");
        assert_eq!((answer.status().as_u16(), tries.load(Ordering::Relaxed)), (200, 2));
    }

    #[tokio::test]
    async fn a_page_whose_part_panics_is_rendered_again_and_does_not_wait() {
        crate::panics::watch();
        let tries = Arc::new(AtomicUsize::new(0));
        let seen = Arc::clone(&tries);
        let page = move || {
            let first = seen.fetch_add(1, Ordering::Relaxed) == 0;
            async move {
                if first {
                    tokio::spawn(async { panic!("a part of the page") });
                    std::future::pending::<()>().await;
                }
                "whole"
            }
        };
        let app = Router::new().route("/", get(page)).layer(from_fn(render));
        let answer = app.oneshot(Request::new(Body::empty())).await.expect("an answer");
        assert_eq!((answer.status().as_u16(), tries.load(Ordering::Relaxed)), (200, 2));
    }
}
