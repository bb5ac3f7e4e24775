//! Panics: told in the log without what they quote.

/// From now on a panic is a line in the log that tells its place alone: its message may quote what a person typed.
pub fn watch() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panic");
    }));
}
