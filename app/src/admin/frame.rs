//! What the pages of staff have in common: the heading, and the ways between them.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::roles::is_there;
use crate::ui::{PageHead, Tab, Tabs};

const WAYS: [(&str, &str); 5] = [
    ("/admin", "Overview"),
    ("/admin/users", "People"),
    ("/admin/requests", "Requests"),
    ("/admin/broadcast", "Write to all"),
    ("/admin/audit", "Audit trail"),
];

#[component]
pub(super) fn AdminHead(#[prop(into)] title: String) -> impl IntoView {
    let tabs: Vec<Tab> = WAYS
        .into_iter()
        .filter(|(href, _)| is_there(href))
        .map(|(href, label)| Tab { label: label.to_owned(), href: href.to_owned() })
        .collect();
    let path = use_location().pathname;
    let current = Signal::derive(move || {
        let path = path.get();
        let inside = |href: &str| path == href || path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/'));
        // The longest one that leads here: all of them begin like the first.
        let here = WAYS.iter().filter(|(href, _)| inside(href)).max_by_key(|(href, _)| href.len());
        here.map(|(href, _)| (*href).to_owned()).unwrap_or_default()
    });
    view! {
        <PageHead title/>
        <Tabs label="Administration" tabs current/>
    }
    .into_any()
}
