//! When a chart is worth its library: it comes near what the person sees, the page is about to be printed, or
//! there has been a quiet moment since the numbers came.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

/// How far below what is seen counts as near: the picture is there by the time that a thumb has scrolled to it.
const MARGIN: &str = "300px 0px";

/// After which a chart that nobody has come near is drawn too, when whatever the person began with is done.
const QUIET: Duration = Duration::from_secs(3);

/// Watches until it is dropped.
struct Watch {
    observer: IntersectionObserver,
    _seen: Closure<dyn Fn(js_sys::Array)>,
    printed: Closure<dyn Fn()>,
    quiet: Option<TimeoutHandle>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        if let Some(quiet) = &self.quiet {
            quiet.clear();
        }
        self.observer.disconnect();
        let _ = window().remove_event_listener_with_callback("beforeprint", self.printed.as_ref().unchecked_ref());
    }
}

/// Calls `then` once, as soon as `element` is near or it is time anyway; never after the owner is gone.
pub(super) fn when_near(element: &Element, then: impl Fn() + 'static) {
    let watch = StoredValue::new_local(None::<Watch>);
    let told = Cell::new(false);
    let tell = Rc::new(move || {
        if !told.replace(true) {
            then();
        }
    });
    let seen = Closure::<dyn Fn(js_sys::Array)>::new({
        let tell = Rc::clone(&tell);
        move |entries: js_sys::Array| {
            let is_near = |entry: JsValue| entry.unchecked_into::<IntersectionObserverEntry>().is_intersecting();
            if entries.iter().any(is_near) {
                tell();
                // The closure that runs must outlive its call: only the watching ends now.
                let _ = watch.try_with_value(|watch| watch.as_ref().map(|watch| watch.observer.disconnect()));
            }
        }
    });
    let printed = Closure::<dyn Fn()>::new({
        let tell = Rc::clone(&tell);
        move || tell()
    });
    let quiet = set_timeout_with_handle(move || tell(), QUIET).ok();
    let _ = window().add_event_listener_with_callback("beforeprint", printed.as_ref().unchecked_ref());
    let options = IntersectionObserverInit::new();
    options.set_root_margin(MARGIN);
    if let Ok(observer) = IntersectionObserver::new_with_options(seen.as_ref().unchecked_ref(), &options) {
        observer.observe(element);
        watch.set_value(Some(Watch { observer, _seen: seen, printed, quiet }));
    }
    on_cleanup(move || {
        let _ = watch.try_update_value(Option::take);
    });
}
