//! What still waits to come alive.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Weak;
use std::time::Duration;

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use leptos::wasm_bindgen::closure::Closure;
use web_sys::{Element, Event};

use super::state::{Part, wake};

/// After so many milliseconds the browser may do something else: paint, scroll, hear a finger.
const SLICE_MS: f64 = 1.0;

/// What a person does that may need a part which is not awake, or change what it shows.
const SIGNS: [&str; 6] = ["pointerdown", "click", "keydown", "input", "submit", "popstate"];

#[derive(Default)]
struct Queue {
    waiting: VecDeque<Weak<RefCell<Part>>>,
    then: Vec<Box<dyn FnOnce()>>,
    /// Whether the rest of the page is awake.
    has_begun: bool,
}

thread_local! {
    static QUEUE: RefCell<Queue> = RefCell::default();
}

pub(super) fn add(part: Weak<RefCell<Part>>) {
    QUEUE.with_borrow_mut(|queue| queue.waiting.push_back(part));
}

/// Runs `then` once the whole page is awake.
pub(crate) fn when_awake(then: impl FnOnce() + 'static) {
    let is_awake = QUEUE.with_borrow(|queue| queue.has_begun && queue.waiting.is_empty());
    if is_awake {
        then();
    } else {
        QUEUE.with_borrow_mut(|queue| queue.then.push(Box::new(then)));
    }
}

/// Leaves links and keys to the browser until the page begins to wake: the router hears them from the moment that it is
/// made, and would show another page before this one has found its elements. A link is followed all the same, as it is
/// without any script.
pub(crate) fn stay_plain() {
    let hear = Closure::<dyn Fn(Event)>::new(|event: Event| {
        let has_begun = QUEUE.with_borrow(|queue| queue.has_begun);
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let is_link = || target.is_some_and(|target| target.closest("a[href]").is_ok_and(|link| link.is_some()));
        if !has_begun && (event.type_() == "keydown" || is_link()) {
            event.stop_propagation();
        }
    });
    for sign in ["click", "keydown"] {
        // On its way down: from the window it reaches nobody else.
        let _ = window().add_event_listener_with_callback_and_bool(sign, hear.as_ref().unchecked_ref(), true);
    }
    hear.forget();
}

/// Called once, when all that does not wait is awake; `first` is what to do as soon as the rest is.
pub(crate) fn begin(first: impl FnOnce() + 'static) {
    QUEUE.with_borrow_mut(|queue| {
        queue.has_begun = true;
        queue.then.insert(0, Box::new(first));
    });
    let hear = Closure::<dyn Fn()>::new(|| go_on(f64::INFINITY));
    for sign in SIGNS {
        // On its way down, so that what it is meant for is awake when it gets there.
        let _ = window().add_event_listener_with_callback_and_bool(sign, hear.as_ref().unchecked_ref(), true);
    }
    hear.forget();
    set_timeout(rest, Duration::ZERO);
}

/// Goes on in a task of its own.
pub(crate) async fn breathe() {
    let next = js_sys::Promise::new(&mut |resolve, _| {
        let _ = window().set_timeout_with_callback(&resolve);
    });
    let _ = wasm_bindgen_futures::JsFuture::from(next).await;
}

/// Wakes one slice after another.
fn rest() {
    go_on(SLICE_MS);
    if QUEUE.with_borrow(|queue| !queue.waiting.is_empty()) {
        set_timeout(rest, Duration::ZERO);
    }
}

/// Wakes what waits, for so many milliseconds or until nothing does.
fn go_on(ms: f64) {
    let end = js_sys::Date::now() + ms;
    while let Some(part) = QUEUE.with_borrow_mut(|queue| queue.waiting.pop_front()) {
        // What was removed meanwhile is gone with its state.
        if let Some(part) = part.upgrade() {
            wake(&part);
        }
        if js_sys::Date::now() >= end {
            break;
        }
    }
    if QUEUE.with_borrow(|queue| queue.waiting.is_empty()) {
        for then in QUEUE.with_borrow_mut(|queue| std::mem::take(&mut queue.then)) {
            then();
        }
    }
}
