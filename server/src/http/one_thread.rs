//! A page is rendered by one thread. Leptos renders the parts of a page as tasks that read the same signals and memos;
//! a memo is empty while it is computed, and on several threads one part would find another's empty, panic, and let
//! the page wait for it without end (<https://github.com/leptos-rs/leptos/issues/4673> and its kin).

use std::panic::resume_unwind;
use std::sync::LazyLock;
use std::thread::available_parallelism;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use tokio_util::task::{AbortOnDropHandle, LocalPoolHandle};
use tracing::Instrument as _;

/// Each thread has a runtime of its own, so that what is spawned there stays there. They live as long as the program:
/// connections to the database that a page has opened are read by its thread, whoever asks through them later.
static THREADS: LazyLock<LocalPoolHandle> =
    LazyLock::new(|| LocalPoolHandle::new(available_parallelism().map_or(2, usize::from)));

/// Answers with the whole page; who goes away meanwhile ends its rendering.
pub async fn render(request: Request, next: Next) -> Response {
    let whole = async move {
        let (parts, body) = next.run(request).await.into_parts();
        let body = to_bytes(body, usize::MAX).await?;
        Ok::<_, axum::Error>(Response::from_parts(parts, Body::from(body)))
    };
    let page = THREADS.spawn_pinned(|| whole.in_current_span());
    match AbortOnDropHandle::new(page).await {
        Ok(Ok(page)) => page,
        Ok(Err(error)) => panic!("a page ends before its end: {error}"),
        Err(ended) => match ended.try_into_panic() {
            Ok(panic) => resume_unwind(panic),
            Err(ended) => panic!("a page is not rendered to its end: {ended}"),
        },
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::thread;

    use axum::Router;
    use axum::middleware::from_fn;
    use axum::routing::get;
    use tokio::task::{JoinSet, yield_now};
    use tower::ServiceExt as _;

    use super::*;

    /// Answers with the threads of its parts, by commas.
    async fn parts() -> String {
        let mut parts: JoinSet<_> = (0..64)
            .map(|_| async {
                yield_now().await;
                format!("{:?}", thread::current().id())
            })
            .collect();
        let mut seen = BTreeSet::new();
        while let Some(part) = parts.join_next().await {
            seen.insert(part.expect("a part"));
        }
        seen.into_iter().collect::<Vec<_>>().join(",")
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn all_parts_of_a_page_run_on_one_thread_and_it_is_no_thread_of_the_connections() {
        let app = Router::new().route("/", get(parts)).layer(from_fn(render));
        let mut pages: JoinSet<_> = (0..16).map(|_| app.clone().oneshot(Request::new(Body::empty()))).collect();
        while let Some(page) = pages.join_next().await {
            let Ok(Ok(page)) = page else { panic!("a page") };
            let text = to_bytes(page.into_body(), 1_000).await.expect("a body");
            let text = String::from_utf8_lossy(&text);
            assert!(text.starts_with("ThreadId") && !text.contains(','), "{text}");
        }
    }

    #[tokio::test]
    #[should_panic(expected = "the page itself")]
    async fn a_page_that_panics_tells_whoever_waits_for_it() {
        let page = async || -> &'static str { panic!("the page itself") };
        let app = Router::new().route("/", get(page)).layer(from_fn(render));
        let _ = app.oneshot(Request::new(Body::empty())).await;
    }
}
