//! The server keeps nothing of what a page could not save.

pub(super) fn keep(_: &str) {}

pub(super) fn take() -> Option<String> {
    None
}
