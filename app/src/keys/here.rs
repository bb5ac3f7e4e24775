//! What can be done on the page that is open: the buttons of its head and of the row that has the focus, and what bears
//! `data-command`, so that the palette offers what the page does and nothing else.

use std::cell::RefCell;

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};

use super::rows::row_of;

/// What stands for a command of the page.
const OF_PAGE: &str = ".page-actions :is(a, button), .bulk-bar button, [data-command]";
const OF_ROW: &str = "a.button, button";

thread_local! {
    static FOUND: RefCell<Vec<HtmlElement>> = const { RefCell::new(Vec::new()) };
}

/// Looks at the page as it is now, and answers the words of what can be done, in order.
pub(super) fn look() -> Vec<String> {
    let row = document().active_element().and_then(|at| row_of(&at));
    let name = row.as_ref().and_then(name_of).unwrap_or_default();
    let of_row = row.as_ref().map(|row| shown(row, OF_ROW)).unwrap_or_default();
    let page = document().get_element_by_id("main").map(|main| shown(main.as_ref(), OF_PAGE)).unwrap_or_default();
    let of_row = of_row.into_iter().map(|at| (words_of(&at, &name), at));
    let of_page = page.into_iter().map(|at| (words_of(&at, ""), at));
    let mut found: Vec<(String, HtmlElement)> = Vec::new();
    for (words, at) in of_row.chain(of_page) {
        if !words.is_empty() && found.iter().all(|(known, _)| *known != words) {
            found.push((words, at));
        }
    }
    let (words, elements) = found.into_iter().unzip();
    FOUND.set(elements);
    words
}

/// Does what stood at this place when it was looked at last.
pub(super) fn run(at: usize) {
    let element = FOUND.with_borrow(|found| found.get(at).cloned());
    if let Some(element) = element.filter(|element| element.is_connected()) {
        // It may open a menu that closes when the focus is elsewhere.
        let _ = element.focus();
        element.click();
    }
}

fn shown(inside: &Element, selector: &str) -> Vec<HtmlElement> {
    let all = inside.get_elements_by_tag_name("*");
    (0..all.length())
        .filter_map(|at| all.item(at)?.dyn_into::<HtmlElement>().ok())
        .filter(|element| element.matches(selector).unwrap_or(false))
        .filter(|element| element.offset_height() > 0 && !element.has_attribute("disabled"))
        .collect()
}

/// "Mark paid: Rent".
fn words_of(element: &HtmlElement, row: &str) -> String {
    let named = ["data-command", "aria-label"].into_iter().find_map(|name| element.get_attribute(name));
    let words = named.unwrap_or_else(|| element.inner_text());
    let words = words.trim();
    if row.is_empty() || words.contains(row) { words.to_owned() } else { format!("{words}: {row}") }
}

/// What a row is called: its link, or the first of its words.
fn name_of(row: &Element) -> Option<String> {
    const NAMES: &str = ".record-payee-name, .category-name, a[href]";
    let name = row.query_selector(NAMES).ok().flatten()?.text_content()?;
    Some(name.trim().to_owned())
}
