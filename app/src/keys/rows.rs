//! Arrow keys in lists: the focus goes from row to row, Enter opens the row.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};

/// Rows that something can be done with.
const ROWS: &str = "tbody > tr:has(a, button), .list > li:has(a, button), .budgets > li";

/// Where arrow keys have a meaning of their own.
const OWN_ARROWS: &str = "details[open], [role=menu], [role=listbox], [role=tablist], [role=grid]";

/// Moves or opens; false when the key is not for a row.
pub(super) fn on_key(event: &KeyboardEvent) -> bool {
    let at = document().active_element();
    let row = at.as_ref().and_then(row_of);
    let down = match event.key().as_str() {
        "ArrowDown" => true,
        "ArrowUp" => false,
        "Enter" => return row.filter(|row| at.as_ref() == Some(row)).is_some_and(|row| open(&row)),
        _ => return false,
    };
    if at.as_ref().and_then(|at| at.closest(OWN_ARROWS).ok().flatten()).is_some() {
        return false;
    }
    match row {
        Some(row) => beside(&row, down).is_some_and(|next| focus(&next)),
        None => down && is_at_top(at.as_ref()) && first_in_sight().is_some_and(|row| focus(&row)),
    }
}

/// The row that an element stands in.
pub(super) fn row_of(element: &Element) -> Option<Element> {
    element.closest(ROWS).ok().flatten()
}

/// Whether the focus is nowhere yet, or on the heading of the page that has just opened.
fn is_at_top(at: Option<&Element>) -> bool {
    at.is_none_or(|at| at.matches("body, h1").unwrap_or(false))
}

/// The rows of the page that are shown and look like `tag`, in order. What stands beside the list has rows of its own.
fn rows(tag: &str) -> Vec<HtmlElement> {
    let Some(main) = document().get_element_by_id("main") else { return Vec::new() };
    let dialog_of = |element: &Element| element.closest("dialog").ok().flatten();
    let around = document().active_element().and_then(|at| dialog_of(&at));
    let all = main.get_elements_by_tag_name(tag);
    (0..all.length())
        .filter_map(|at| all.item(at)?.dyn_into::<HtmlElement>().ok())
        .filter(|row| row.matches(ROWS).unwrap_or(false) && row.offset_height() > 0)
        .filter(|row| dialog_of(row) == around)
        // What a closed table hides has a height all the same.
        .filter(|row| row.closest("details:not([open])").ok().flatten().is_none())
        .collect()
}

fn beside(row: &Element, down: bool) -> Option<HtmlElement> {
    let rows = rows(&row.tag_name().to_lowercase());
    let at = rows.iter().position(|one| **one == *row)?;
    let next = if down { at + 1 } else { at.checked_sub(1)? };
    rows.into_iter().nth(next)
}

/// The first row that is in sight, where a list is what the page shows; else the arrow scrolls.
fn first_in_sight() -> Option<HtmlElement> {
    let height = window().inner_height().ok()?.as_f64()?;
    let rows = ["tr", "li"].into_iter().map(rows).find(|rows| !rows.is_empty())?;
    let first = rows.into_iter().find(|row| row.get_bounding_client_rect().bottom() > 0.0)?;
    (first.get_bounding_client_rect().top() < height).then_some(first)
}

/// Focuses the element; whether it has the focus then, which one behind an open dialog does not get.
pub(super) fn take_focus(element: &HtmlElement) -> bool {
    let _ = element.focus();
    document().active_element().is_some_and(|focused| focused == **element)
}

fn focus(row: &HtmlElement) -> bool {
    let _ = row.set_attribute("tabindex", "-1");
    take_focus(row)
}

/// Does what its pencil does, or else follows its link.
fn open(row: &Element) -> bool {
    let found = ["[aria-label^=Edit]", "a[href]"].into_iter().find_map(|way| row.query_selector(way).ok().flatten());
    let way = found.and_then(|way| way.dyn_into::<HtmlElement>().ok());
    way.inspect(HtmlElement::click).is_some()
}

/// Ticks the box of the row that has the focus, or takes the tick away; false where there is none.
pub(super) fn select() -> bool {
    let row = document().active_element().and_then(|at| row_of(&at));
    let found = row.and_then(|row| row.query_selector(".row-box input").ok().flatten());
    found.and_then(|found| found.dyn_into::<HtmlElement>().ok()).inspect(HtmlElement::click).is_some()
}
