//! The ways through the program: a bar at the side, on phones one at the bottom.

use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use leptos::web_sys::Node;
use leptos_router::hooks::use_location;

use ledger::staff::Rank;

use super::me::me;
use crate::households::BookSwitch;
use crate::keys::CommandButton;
use crate::records::AddRecord;
use crate::sign_in::LogOutButton;
use crate::ui::Icon;

/// Path, words and icon.
type Way = (&'static str, &'static str, &'static str);

const MAIN: [Way; 4] = [
    ("/dashboard", "Dashboard", "layout-dashboard"),
    ("/records", "Records", "receipt"),
    ("/bills", "Bills", "calendar-clock"),
    ("/budgets", "Budgets", "target"),
];
const REST: [Way; 4] = [
    ("/reports", "Reports", "chart-pie"),
    ("/categories", "Categories", "tags"),
    ("/accounts", "Accounts", "wallet"),
    ("/settings", "Settings", "settings"),
];

/// Whether a page is that of a way, or below it.
fn is_within(here: &str, path: &str) -> bool {
    here.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[component]
fn WayLink(way: Way) -> impl IntoView {
    let (path, words, icon) = way;
    let here = use_location().pathname;
    let current = move || is_within(&here.read(), path).then_some("page");
    view! {
        <a class="way" href=path aria-current=current>
            <Icon name=icon/>
            <span>{words}</span>
        </a>
    }
    .into_any()
}

#[component]
fn Ways(ways: &'static [Way]) -> impl IntoView {
    ways.iter().map(|way| view! { <li><WayLink way=*way/></li> }).collect_view()
}

/// To the area of staff, for those who belong there.
#[component]
fn StaffWay() -> impl IntoView {
    me().staff.map(|rank| {
        let way = match rank {
            Rank::Admin => ("/admin", "Administration", "shield"),
            Rank::Care => ("/admin/users", "Customer care", "shield"),
        };
        view! { <li><WayLink way/></li> }
    })
}

/// From 900 px on.
#[component]
pub(super) fn SideBar() -> impl IntoView {
    view! {
        <nav class="side-bar" aria-label="Main">
            <Brand/>
            <BookSwitch/>
            <ul class="ways">
                <Ways ways=&MAIN/>
            </ul>
            <ul class="ways ways-rest">
                <Ways ways=&REST/>
                <StaffWay/>
            </ul>
            <div class="side-foot">
                <CommandButton/>
                <p class="side-name" title=me().name>{me().name}</p>
                <LogOutButton/>
            </div>
        </nav>
    }
    .into_any()
}

/// Below 900 px.
#[component]
pub(super) fn BottomBar() -> impl IntoView {
    view! {
        <nav class="bottom-bar" aria-label="Main">
            <WayLink way=MAIN[0]/>
            <WayLink way=MAIN[1]/>
            <AddRecord round=true/>
            <WayLink way=MAIN[3]/>
            <More/>
        </nav>
    }
    .into_any()
}

/// What has no place in the bar. Once hydrated it closes by Escape, by leaving it and by choosing.
#[component]
fn More() -> impl IntoView {
    let node = NodeRef::<html::Details>::new();
    let summary = NodeRef::<html::Summary>::new();
    let here = use_location().pathname;
    // One of its ways is the page.
    let ways = move || [MAIN[2].0, "/admin"].into_iter().chain(REST.iter().map(|way| way.0));
    let current = move || ways().any(|path| is_within(&here.read(), path)).then_some("true");
    let close = move || {
        if let Some(details) = node.get_untracked() {
            details.set_open(false);
        }
    };
    view! {
        <details
            class="more"
            node_ref=node
            on:keydown=move |event| {
                if event.key() == "Escape" && node.get_untracked().is_some_and(|details| details.open()) {
                    close();
                    if let Some(summary) = summary.get_untracked() {
                        let _ = summary.focus();
                    }
                }
            }
            on:focusout=move |event| {
                let to = event.related_target().and_then(|to| to.dyn_into::<Node>().ok());
                let inside = node.get_untracked().is_some_and(|details| details.contains(to.as_ref()));
                if to.is_some() && !inside {
                    close();
                }
            }
        >
            <summary class="way" node_ref=summary aria-current=current>
                <Icon name="menu"/>
                <span>"More"</span>
            </summary>
            <div class="more-sheet" on:click=move |_| close()>
                <ul class="ways">
                    <li><WayLink way=MAIN[2]/></li>
                    <Ways ways=&REST/>
                    <StaffWay/>
                </ul>
                <BookSwitch flat=true/>
                <CommandButton/>
                <LogOutButton/>
            </div>
        </details>
    }
    .into_any()
}

/// The name, which leads home.
#[component]
pub(crate) fn Brand() -> impl IntoView {
    view! {
        <a class="brand" href="/">
            <svg class="brand-mark" viewBox="0 0 32 32" aria-hidden="true">
                <use href="/favicon.svg#mark"></use>
            </svg>
            <span>"Expenso"</span>
        </a>
    }
    .into_any()
}
