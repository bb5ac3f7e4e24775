//! Gives the focus back to where it was: to what had it, or to what stands in its place when that goes with its row.
//! Otherwise it would fall to the page, and with it the keyboard and whoever listens to the page. Called from events and
//! effects only, so never on the server.

use std::cell::RefCell;

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use leptos::web_sys::{Element, HtmlElement};

/// What had the focus, and the row that it stands in.
struct Place {
    at: Element,
    row: Option<Row>,
}

/// A row, and those beside it.
struct Row {
    itself: Element,
    /// What the row is about; one made anew bears it too.
    id: Option<String>,
    beside: [Option<Element>; 2],
}

/// The number of a place that is kept.
#[derive(Clone, Copy)]
pub(super) struct Kept(u32);

/// Places that are kept at once; what is forgotten leaves the focus where it falls.
const MOST: usize = 8;

thread_local! {
    static PLACES: RefCell<(u32, Vec<(u32, Place)>)> = const { RefCell::new((0, Vec::new())) };
}

/// Notes what has the focus now.
pub(super) fn keep() -> Kept {
    let place = document().active_element().map(|at| {
        let row = at.closest("tr, li").ok().flatten().map(|row| Row {
            id: row.get_attribute("data-id"),
            beside: [row.next_element_sibling(), row.previous_element_sibling()],
            itself: row,
        });
        Place { at, row }
    });
    PLACES.with_borrow_mut(|(number, places)| {
        *number = number.wrapping_add(1);
        if places.len() == MOST {
            places.remove(0);
        }
        places.extend(place.map(|place| (*number, place)));
        Kept(*number)
    })
}

/// Once the page has changed, gives the focus back, unless it is somewhere already.
pub(super) fn hold(kept: Kept) {
    let place = PLACES.with_borrow_mut(|(_, places)| {
        let at = places.iter().position(|(number, _)| *number == kept.0)?;
        Some(places.remove(at).1)
    });
    let Some(place) = place else { return };
    request_animation_frame(move || {
        request_animation_frame(move || {
            if document().active_element().is_none_or(|at| at.tag_name() == "BODY") {
                place.focus();
            }
        });
    });
}

impl Place {
    fn focus(self) {
        if self.at.is_connected() && self.at.tag_name() != "BODY" {
            if let Some(at) = self.at.dyn_ref::<HtmlElement>() {
                let _ = at.focus();
            }
        } else if let Some(row) = self.row.filter(|row| !row.itself.is_connected()) {
            row.focus();
        }
    }
}

impl Row {
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
