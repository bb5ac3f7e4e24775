//! Panics: told in the log without what they quote, and known to whoever waits for what panicked.

use tokio::sync::Notify;

static HAPPENED: Notify = Notify::const_new();

/// From now on a panic is a line in the log that tells its place alone: its message may quote what a person typed.
pub fn watch() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panic");
        HAPPENED.notify_waiters();
    }));
}

/// Returns `None` where something panics, anywhere in the program, before `work` is done.
pub async fn undisturbed<T>(work: impl Future<Output = T>) -> Option<T> {
    let happened = HAPPENED.notified();
    tokio::pin!(happened);
    // Heard from here on, not only from the first time that it is waited for.
    happened.as_mut().enable();
    tokio::select! {
        done = work => Some(done),
        () = happened => None,
    }
}
