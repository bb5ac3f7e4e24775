//! The server hears no keys.

use super::Keys;

pub(super) fn listen(_: Keys) {}

pub(super) fn focus_search() {}

pub(super) fn keep_single(_: bool) {}
