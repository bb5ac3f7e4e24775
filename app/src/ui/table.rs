//! Tables, and their cells of numbers.
//!
//! Where a table is too narrow for its numbers, the cells of a row stand below each other, each behind the head of its
//! column: `style/ui/table.css` tells by the number of columns and by how long the amounts are.

use leptos::prelude::*;

/// The heads of a table: of columns of words, then of numbers.
pub fn table_head(words: &[&'static str], numbers: &[&'static str]) -> AnyView {
    let words = words.iter().map(|head| view! { <th scope="col">{*head}</th> }).collect_view();
    let numbers = numbers.iter().map(|head| view! { <th scope="col" class="num">{*head}</th> }).collect_view();
    view! { <thead><tr>{words}{numbers}</tr></thead> }.into_any()
}

/// A table that never makes the page wider than the screen.
#[component]
pub fn TableFrame(
    /// The name of the table.
    #[prop(into)]
    label: String,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="table-frame">
            <table class="table" aria-label=label>{children()}</table>
        </div>
    }
    .into_any()
}

/// Where an amount of a table leads.
pub struct CellLink {
    pub href: String,
    /// What it is called where the table is not seen.
    pub words: String,
}

/// A cell of the column `head` with an amount of `minor` units, and where it leads.
pub fn money_cell(head: impl Into<String>, minor: i64, text: String, link: Option<CellLink>) -> AnyView {
    let length = cell_length(&text);
    let inside = match link {
        Some(CellLink { href, words }) => view! { <a href=href aria-label=words>{text}</a> }.into_any(),
        None => text.into_any(),
    };
    view! {
        <td class="num" data-minor=minor.to_string() data-head=head.into() data-length=length>{inside}</td>
    }
    .into_any()
}

/// A cell of the column `head` with another number, or with a dash where there is none.
pub fn number_cell(head: &'static str, text: impl Into<String>) -> AnyView {
    view! { <td class="num" data-head=head>{text.into()}</td> }.into_any()
}

/// Whether an amount needs more room than a column among three has on a phone, or than any phone has for three.
pub(crate) fn cell_length(text: &str) -> Option<&'static str> {
    match text.chars().count() {
        0..=10 => None,
        11..=13 => Some("long"),
        _ => Some("longest"),
    }
}
