//! How the page of the server comes alive.

use std::sync::Arc;

use any_spawner::Executor;
use hydration_context::{HydrateSharedContext, SharedContext};
use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use leptos::tachys::dom::body;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::view::PositionState;
use leptos::wasm_bindgen::JsCast as _;

use crate::App;
use crate::ui::{begin_later, keep_title, stay_plain};

/// Wakes the page that the server has rendered, once its pieces are there. As `leptos::mount::hydrate_from_async` does,
/// except that what the server loaded can be read until the parts that come alive later have read it too.
pub fn wake() {
    keep_title();
    stay_plain();
    // Whoever has done so before has done it for this too.
    let _ = Executor::init_wasm_bindgen();
    let loaded = Arc::new(HydrateSharedContext::new());
    let owner = Owner::new_root(Some(loaded.clone()));
    wasm_bindgen_futures::spawn_local(async move {
        let page = owner.with(|| {
            ScopedFuture::new(async {
                let at = Cursor::new(body().unchecked_into());
                App().into_view().hydrate_async(&at, &PositionState::default()).await
            })
        });
        // It lives as long as its document.
        std::mem::forget(page.await);
        std::mem::forget(owner);
        begin_later(move || loaded.hydration_complete());
    });
}
