//! Parts of the page that come alive a moment after the rest, one by one, so that the page is never stuck for long
//! while it wakes. All of them are awake before a key or a click is heard.
//!
//! ```text
//! later ▸ Later ─(hydrated)─► LaterState::Waiting ▸ queue ─► LaterState::Awake
//! wake ▸ queue::begin ▸ slices of SLICE_MS, or all at once when something is typed or pressed ▸ when_awake
//! ```

#[cfg(feature = "hydrate")]
mod queue;
#[cfg(feature = "hydrate")]
mod state;
#[cfg(feature = "hydrate")]
mod view;

use leptos::prelude::*;

#[cfg(feature = "hydrate")]
pub(crate) use queue::{begin, breathe, stay_plain, when_awake};

#[cfg(not(feature = "hydrate"))]
pub(crate) async fn breathe() {}

/// On the server there is nothing to wait for, nor anybody who could.
#[cfg(not(feature = "hydrate"))]
pub(crate) fn when_awake(then: impl FnOnce() + 'static) {
    then();
}

/// What `view` shows, which must be exactly one element. What asks the server for something or
/// waits for it is known by the order in which it is made: what does so after such a part on the page must come later too.
#[cfg(feature = "hydrate")]
pub(crate) fn later<V: IntoView + 'static>(view: impl FnOnce() -> V + Send + 'static) -> AnyView {
    view::Later::new(move || view().into_any()).into_any()
}

#[cfg(not(feature = "hydrate"))]
pub(crate) fn later<V: IntoView + 'static>(view: impl FnOnce() -> V + Send + 'static) -> AnyView {
    view().into_any()
}
