//! Panics: told in the log without what they quote, and known to whoever waits for what panicked.

use tokio::sync::Notify;
use tracing::Instrument as _;

static HAPPENED: Notify = Notify::const_new();

/// From now on a panic is a line in the log that tells its place alone: its message may quote what a person typed.
pub fn watch() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panic");
        HAPPENED.notify_waiters();
    }));
}

/// Returns `None` where something panics, `work` itself or anything else in the program, before `work` is done.
pub async fn undisturbed<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> Option<T> {
    let happened = HAPPENED.notified();
    tokio::pin!(happened);
    // Heard from here on, not only from the first time that it is waited for.
    happened.as_mut().enable();
    // A task of its own: its panic is told by its end, and reaches nobody who answers it.
    let mut task = tokio::spawn(work.in_current_span());
    tokio::select! {
        done = &mut task => done.ok(),
        () = happened => {
            task.abort();
            None
        }
    }
}
