//! Where a person is led who must log in first.

use leptos::prelude::*;
use leptos_router::components::Redirect;
use leptos_router::hooks::use_location;

use ledger::filter::escaped;
use ledger::own_path::own_path;

use super::going::is_leaving;
use crate::ui::browser;

/// Leads to log-in, and back to this page after: with the answer of the server, or, where a session ends while
/// its page is open, by loading a page anew, so that nothing of the one before goes on.
#[component]
pub fn LogInFirst() -> impl IntoView {
    let location = use_location();
    let here = path_and_query(&location.pathname.get_untracked(), &location.search.get_untracked());
    let path = log_in_path(&here);
    let answer = cfg!(feature = "ssr").then(|| view! { <Redirect path=path.clone()/> });
    Effect::new(move |_| lead_to(&path));
    answer.into_any()
}

/// From a call that found nobody signed in.
pub(crate) fn send_to_login() {
    lead_to(&log_in_path(&browser::here()));
}

fn lead_to(path: &str) {
    if !is_leaving() {
        browser::load_page(path);
    }
}

/// From a call that asks for a fresh proof of who one is.
pub(crate) fn send_to_proof() {
    browser::load_page(&format!("/settings/prove?next={}", escaped(&browser::here())));
}

/// A path as it is asked for, of what the router knows of it.
pub(crate) fn path_and_query(path: &str, search: &str) -> String {
    let search = search.trim_start_matches('?');
    if search.is_empty() { path.to_owned() } else { format!("{path}?{search}") }
}

fn log_in_path(here: &str) -> String {
    format!("/login?next={}", escaped(here))
}

/// The page to go on to after log-in: only one of ours, `/dashboard` where none is named.
#[cfg(any(feature = "ssr", test))]
pub(crate) fn local_path(next: &str) -> &str {
    local_path_or(next, "/dashboard")
}

/// `next` where it is a page of ours, else `otherwise`.
pub(crate) fn local_path_or<'p>(next: &'p str, otherwise: &'p str) -> &'p str {
    own_path(next).unwrap_or(otherwise)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_this_site_are_gone_on_to() {
        for (next, path) in [
            ("/records?q=rice", "/records?q=rice"),
            ("", "/dashboard"),
            ("//evil.example", "/dashboard"),
            ("/\\evil.example", "/dashboard"),
            ("https://evil.example", "/dashboard"),
            ("/\t/evil.example", "/dashboard"),
            ("javascript:alert(1)", "/dashboard"),
        ] {
            assert_eq!(local_path(next), path, "{next}");
        }
    }

    #[test]
    fn the_way_back_keeps_its_query() {
        assert_eq!(log_in_path("/records?q=a&b=c"), "/login?next=/records%3Fq%3Da%26b%3Dc");
    }
}
