//! Small things done to the page itself. Called from events and effects only, so never on the server.

use std::time::Duration;

use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use leptos::wasm_bindgen::closure::Closure;
use leptos::web_sys::{Element, Event, HtmlElement, HtmlFormElement, HtmlSelectElement, MouseEvent};

/// Puts the focus on the first thing of a form that must be mended, once it is marked.
pub(crate) fn focus_first_error(form: NodeRef<html::Form>) {
    request_animation_frame(move || {
        let Some(form) = form.get_untracked() else { return };
        // The order matters less than that fields come before the alert, which is read out anyway.
        let found = ["[aria-invalid=true]", "[data-invalid=true] input", "[role=alert] [tabindex]"]
            .into_iter()
            .find_map(|selector| form.query_selector(selector).ok().flatten());
        if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            let _ = element.focus();
        }
    });
}

/// Takes back what was typed into the form in an element.
pub(crate) fn empty_form(inside: &Element) {
    let form = inside.query_selector("form").ok().flatten();
    if let Some(form) = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) {
        form.reset();
    }
}

/// Loads a page from the server, which also empties the memory of the one before.
pub(crate) fn load_page(path: &str) {
    if window().location().assign(path).is_err() {
        leptos::logging::error!("could not go to {path}");
    }
}

/// The path that is shown now.
pub(crate) fn path() -> String {
    window().location().pathname().unwrap_or_default()
}

/// The path and query that are shown now.
pub(crate) fn here() -> String {
    let location = window().location();
    format!("{}{}", location.pathname().unwrap_or_default(), location.search().unwrap_or_default())
}

/// Lets the browser ask before the page is left while `is_busy`, for as long as the component lives.
pub(crate) fn ask_before_leaving(is_busy: impl Fn() -> bool + Clone + 'static) {
    // An effect, as the server has no page to be left.
    Effect::new(move |_| {
        let is_busy = is_busy.clone();
        let asked = window_event_listener(leptos::ev::beforeunload, move |event| {
            if is_busy() {
                event.prevent_default();
            }
        });
        let asked = StoredValue::new_local(Some(asked));
        on_cleanup(move || {
            if let Some(asked) = asked.try_update_value(Option::take).flatten() {
                asked.remove();
            }
        });
    });
}

/// Runs `then` each time that the page is looked at again, for as long as the component lives.
pub(crate) fn when_seen_again(then: impl Fn() + Clone + 'static) {
    // An effect, as the server has no page to be looked at.
    Effect::new(move |_| {
        let then = then.clone();
        let seen = StoredValue::new_local(Closure::<dyn Fn()>::new(move || {
            if !document().hidden() {
                then();
            }
        }));
        seen.with_value(|seen| {
            let _ = document().add_event_listener_with_callback(SEEN, seen.as_ref().unchecked_ref());
        });
        on_cleanup(move || {
            seen.with_value(|seen| {
                let _ = document().remove_event_listener_with_callback(SEEN, seen.as_ref().unchecked_ref());
            });
        });
    });
}

const SEEN: &str = "visibilitychange";

/// Opens the browser's own dialog to print the page.
pub(crate) fn print_page() {
    if window().print().is_err() {
        leptos::logging::error!("the page could not be printed");
    }
}

/// Whether the window is at least so many CSS pixels wide.
pub(crate) fn is_as_wide_as(pixels: f64) -> bool {
    window().inner_width().ok().and_then(|width| width.as_f64()).is_some_and(|width| width >= pixels)
}

/// Sets an attribute of the `html` element.
pub(crate) fn mark_document(name: &str, value: &str) {
    if let Some(html) = document().document_element() {
        let _ = html.set_attribute(name, value);
    }
}

/// What the list of this id holds now, which may have been chosen before the page came alive.
pub(crate) fn value_of(id: &str) -> Option<String> {
    document().get_element_by_id(id)?.dyn_into::<HtmlSelectElement>().ok().map(|select| select.value())
}

/// Gives what surrounds the page its colour, on a device that is `light` or `dark` itself.
pub(crate) fn colour_frame(device: &str, colour: &str) {
    let selector = format!("meta[name=theme-color][media*={device}]");
    if let Some(meta) = document().query_selector(&selector).ok().flatten() {
        let _ = meta.set_attribute("content", colour);
    }
}

/// Tells what is drawn on a canvas that the theme is another one.
pub(crate) fn announce_theme() {
    if let Ok(event) = Event::new("expenso:theme") {
        let _ = document().dispatch_event(&event);
    }
}

/// Puts the focus on the first field of a dialog that has just opened, once its content is there.
pub(crate) fn focus_first_field(dialog: NodeRef<html::Dialog>) {
    const FIELDS: &str = "[autofocus], form input:not([type=hidden], [type=radio], [type=checkbox]), form select";
    let focus = move || {
        let field = dialog.get_untracked().and_then(|dialog| dialog.query_selector(FIELDS).ok().flatten());
        if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
            let _ = field.focus();
        }
    };
    request_animation_frame(move || request_animation_frame(focus));
}

/// Whether the focus is on a row of the page, on what can be pressed in it, or nowhere.
pub(crate) fn is_on_row() -> bool {
    const ELSEWHERE: &str = "input, select, textarea, details[open] *, dialog *";
    document().active_element().is_none_or(|at| {
        let on_row = at.closest("tr, li").is_ok_and(|row| row.is_some()) || at.matches("body, h1").unwrap_or(false);
        on_row && !at.matches(ELSEWHERE).unwrap_or(true)
    })
}

/// Whether the focus is in an open dialog.
pub(crate) fn is_in_dialog() -> bool {
    document().active_element().is_some_and(|focused| matches!(focused.closest("dialog[open]"), Ok(Some(_))))
}

/// Puts the focus on the first of these that is there, once the page shows what has just changed.
pub(crate) fn focus_soon(selectors: Vec<String>) {
    let focus = move || {
        let found = selectors.iter().find_map(|selector| document().query_selector(selector).ok().flatten());
        if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            let _ = element.focus();
        }
    };
    request_animation_frame(move || request_animation_frame(focus));
}

/// Takes no notice of the second click of a double one, for as long as one may take: what was clicked on is gone, and
/// the click would press what lies below.
pub(crate) fn ignore_second_click() {
    const LONGEST: Duration = Duration::from_millis(500);
    let on_click = Closure::<dyn Fn(MouseEvent)>::new(|event: MouseEvent| {
        if event.detail() > 1 {
            event.prevent_default();
            event.stop_propagation();
        }
    });
    let hears = on_click.as_ref().unchecked_ref();
    let _ = document().add_event_listener_with_callback_and_bool("click", hears, true);
    set_timeout(
        move || {
            let hears = on_click.as_ref().unchecked_ref();
            let _ = document().remove_event_listener_with_callback_and_bool("click", hears, true);
        },
        LONGEST,
    );
}
