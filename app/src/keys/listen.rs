//! Hears the keys of the whole page.

use std::time::Duration;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};

pub(super) use super::kept::keep_single;

use super::pressed::{Pressed, pressed};
use super::{Keys, kept, rows};
use crate::layout::go;

/// How long the key after `g` may take, in milliseconds.
const NEXT_KEY_MS: f64 = 1500.0;

/// Where keys are typed and mean themselves.
const TYPED_IN: &str = "input, textarea, select, [contenteditable]";

/// Hears them for as long as the frame lives.
pub(super) fn listen(keys: Keys) {
    let g_until = StoredValue::new(0.0);
    Effect::new(move |_| {
        keys.single.set(kept::single());
        let handle = window_event_listener(leptos::ev::keydown, move |event| on_key(keys, g_until, &event));
        on_cleanup(move || handle.remove());
    });
}

fn on_key(keys: Keys, g_until: StoredValue<f64>, event: &KeyboardEvent) {
    if event.default_prevented() || event.is_composing() {
        return;
    }
    if opens_palette(event) {
        event.prevent_default();
        let shown = keys.palette.get_untracked();
        if shown {
            keys.palette.set(false);
        } else if !found("dialog:modal") {
            keys.show_palette();
        }
        return;
    }
    let plain = !(event.ctrl_key() || event.meta_key() || event.alt_key());
    if !plain || is_typed(event) || found("dialog:modal") {
        return;
    }
    if rows::on_key(event) {
        event.prevent_default();
        return;
    }
    if !keys.single.get_untracked() || event.repeat() {
        return;
    }
    if event.key() == "x" && rows::select() {
        event.prevent_default();
        return;
    }
    let after_g = event.time_stamp() < g_until.get_value();
    let meaning = keys.commands.with_value(|commands| pressed(commands, &event.key(), after_g));
    g_until.set_value(if meaning == Pressed::First { event.time_stamp() + NEXT_KEY_MS } else { 0.0 });
    if let Pressed::Do(deed) = meaning {
        event.prevent_default();
        keys.run(deed);
    }
}

fn opens_palette(event: &KeyboardEvent) -> bool {
    (event.ctrl_key() != event.meta_key())
        && !event.alt_key()
        && !event.shift_key()
        && event.key().eq_ignore_ascii_case("k")
}

/// Whether the key goes into a field.
fn is_typed(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.and_then(|target| target.closest(TYPED_IN).ok().flatten()).is_some()
}

fn found(selector: &str) -> bool {
    document().query_selector(selector).ok().flatten().is_some()
}

const SEARCH: &str = "main input[type=search]";

/// To the search box of this page, or else to that of the records.
pub(super) fn focus_search() {
    if !focus_box() {
        // On the page that has it, it waits for the dialog to close.
        if !found(SEARCH) {
            go("/records");
        }
        focus_later(40);
    }
}

/// Looks for the box until the page that has it is there, so many times.
fn focus_later(times: u8) {
    let again = move || {
        if times > 0 && !focus_box() {
            focus_later(times - 1);
        }
    };
    set_timeout(again, Duration::from_millis(50));
}

fn focus_box() -> bool {
    let found = document().query_selector(SEARCH).ok().flatten();
    found.and_then(|found| found.dyn_into::<HtmlElement>().ok()).is_some_and(|input| rows::take_focus(&input))
}
