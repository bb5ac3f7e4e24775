//! Work that must not end in silence: a panic in it is said, and it begins again.

use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::sleep;

/// The rest before work begins again.
const REST: Duration = Duration::from_secs(1);

/// Does the work that `begin` answers until it ends by itself; after a panic it begins again.
pub async fn keep_going<W>(name: &'static str, begin: impl Fn() -> W)
where
    W: Future<Output = ()> + Send + 'static,
{
    while caught(begin()).await.is_none() {
        tracing::error!(name, "ended by a panic, and begins again");
        sleep(REST).await;
    }
}

/// What the work answers, or nothing after a panic. Dropped before its end, it ends the work.
pub async fn caught<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> Option<T> {
    let mut alone = JoinSet::new();
    alone.spawn(work);
    alone.join_next().await?.ok()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn work_that_panics_begins_again_until_it_ends() {
        let begun = Arc::new(AtomicU32::new(0));
        keep_going("a story", || {
            let begun = Arc::clone(&begun);
            async move { assert!(begun.fetch_add(1, Ordering::Relaxed) == 2, "not yet") }
        })
        .await;
        assert_eq!(begun.load(Ordering::Relaxed), 3);
    }

    #[tokio::test]
    async fn a_panic_is_no_answer() {
        assert_eq!(caught(async { 5 }).await, Some(5));
        assert_eq!(caught(async { assert!(begun_by_nobody(), "a panic") }).await, None);
    }

    fn begun_by_nobody() -> bool {
        false
    }
}
