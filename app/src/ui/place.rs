//! Keeps the focus in a list when the row that had it goes: it would fall to the page, and with it the keyboard and
//! whoever listens to the page. Called from events only, so never on the server.

use std::cell::RefCell;

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use leptos::web_sys::{Element, HtmlElement};

/// A row, and those beside it.
struct Place {
    row: Element,
    /// What the row is about; one made anew bears it too.
    id: Option<String>,
    beside: [Option<Element>; 2],
}

thread_local! {
    static PLACE: RefCell<Option<Place>> = const { RefCell::new(None) };
}

/// Notes the row that has the focus now.
pub(super) fn keep() {
    let row = document().active_element().and_then(|at| at.closest("tr, li").ok().flatten());
    let place = row.map(|row| Place {
        id: row.get_attribute("data-id"),
        beside: [row.next_element_sibling(), row.previous_element_sibling()],
        row,
    });
    PLACE.with_borrow_mut(|kept| *kept = place);
}

/// Once the page has changed, gives the focus to what stands where the row was, unless it is somewhere already.
pub(super) fn hold() {
    let Some(place) = PLACE.with_borrow_mut(Option::take) else { return };
    request_animation_frame(move || {
        request_animation_frame(move || {
            let is_nowhere = document().active_element().is_none_or(|at| at.tag_name() == "BODY");
            if !place.row.is_connected() && is_nowhere {
                place.focus();
            }
        });
    });
}

impl Place {
    fn focus(self) {
        let same = self.id.and_then(|id| document().query_selector(&format!("[data-id=\"{id}\"]")).ok().flatten());
        let beside = self.beside.into_iter().flatten().find(|row| row.is_connected());
        let found = same.or(beside).or_else(|| document().query_selector("main h1").ok().flatten());
        if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            let _ = element.set_attribute("tabindex", "-1");
            let _ = element.focus();
        }
    }
}
