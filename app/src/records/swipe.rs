//! A row that is swiped aside on a touch screen shows its buttons large. They are in the row without it too.

use leptos::ev::PointerEvent;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use leptos::web_sys::Element;

use super::press::is_control;

/// How far a finger goes aside, in CSS pixels, for it to be meant.
const FAR: i32 = 48;

const SWIPED: &str = "is-swiped";

/// Hears the finger for all rows of the list. Only in the browser.
#[derive(Clone, Copy)]
pub(super) struct Swipe {
    from: StoredValue<Option<(i32, i32)>>,
}

impl Swipe {
    pub fn new() -> Self {
        Self { from: StoredValue::new(None) }
    }

    pub fn begin(self, event: &PointerEvent) {
        let touches = event.pointer_type() == "touch";
        self.from.set_value(touches.then(|| (event.client_x(), event.client_y())));
    }

    pub fn go_on(self, event: &PointerEvent) {
        let Some((x, y)) = self.from.get_value() else { return };
        let (aside, along) = (event.client_x() - x, event.client_y() - y);
        if aside.abs() < FAR || aside.abs() < 2 * along.abs() {
            return;
        }
        self.from.set_value(None);
        let row = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if let Some(row) = row.and_then(|target| target.closest("tr").ok().flatten()) {
            put_back(Some(&row));
            let _ = row.class_list().toggle_with_force(SWIPED, aside < 0);
        }
    }

    /// The finger is gone; a tap beside its buttons puts the row back.
    pub fn end(self, event: &PointerEvent) {
        let tapped = self.from.try_update_value(Option::take).flatten().is_some();
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if tapped {
            let button = target.filter(is_control);
            put_back(button.and_then(|button| button.closest("tr").ok().flatten()).as_ref());
        }
    }
}

pub(super) fn is_any_swiped() -> bool {
    document().get_elements_by_class_name(SWIPED).length() > 0
}

/// Puts every row back but this one.
fn put_back(but: Option<&Element>) {
    let swiped = document().get_elements_by_class_name(SWIPED);
    // The list is live: it grows shorter.
    for at in (0..swiped.length()).rev() {
        if let Some(row) = swiped.item(at).filter(|row| but != Some(row)) {
            let _ = row.class_list().remove_1(SWIPED);
        }
    }
}
