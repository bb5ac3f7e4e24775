//! What a person sees, and the server functions behind it.
//!
//! ```text
//! shell ▸ App ▸ Router ▸ HomePage · SignUpPage · LogInPage · …        (PlainFrame)
//!                      ▸ AppFrame ▸ DashboardPage · RecordsPage · …   (signed in)
//! page  ▸ ui (no nouns) · layout · error · api.rs (server functions) ▸ request ▸ backend
//! ```

#![expect(clippy::needless_pass_by_value, reason = "a component owns its props: it outlives whoever gave them")]
#![recursion_limit = "512"]

pub mod accounts;
pub mod admin;
pub mod bills;
mod book;
pub mod budgets;
pub mod categories;
pub mod dashboard;
pub mod envelopes;
pub mod error;
pub mod home;
pub mod hooks;
pub mod households;
mod keys;
pub mod layout;
pub mod new_email;
pub mod passkeys;
mod pieces;
pub mod records;
pub mod recovery;
pub mod region;
pub mod reports;
#[cfg(feature = "ssr")]
pub mod request;
pub mod roles;
pub mod samples;
pub mod second_factor;
pub mod settings;
pub mod sign_in;
pub mod sign_in_with;
pub mod sign_up;
mod styleguide;
pub mod support;
pub mod tokens;
pub mod ui;
#[cfg(feature = "hydrate")]
mod wake;
pub mod your_data;

use std::sync::Arc;

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::hooks::use_location;
use leptos_router::{Lazy, SsrMode, path};

pub use error::AppError;
#[cfg(feature = "ssr")]
pub use layout::shell;
#[cfg(feature = "hydrate")]
pub use wake::wake;

use layout::{AppFrame, NotFoundPage, PlainFrame, Theme, Visitor, learn_to_go};
use passkeys::PasskeysHere;
use pieces as page;
use sign_in_with::SignInWith;
use sign_up::SignUps;
use ui::form::PostedHere;
use ui::{Arrived, ToastHost, Toasts, WaitLine, Waits, browser, when_awake};

/// All pages. They are rendered whole, so that they have their status, their cookies and their figures
/// before any script runs.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let posted = PostedHere::provide();
    Theme::provide();
    Visitor::provide();
    SignUps::provide();
    PasskeysHere::provide();
    SignInWith::provide();
    let (toasts, waits) = (Toasts::provide(), Waits::provide());
    Arrived::provide();
    let (is_routing, set_is_routing) = signal(false);
    // The page before stays until the new one is there: to stop waiting is to stay on it.
    let before = StoredValue::new(String::new());
    Effect::new(move |_| {
        if !is_routing.get() {
            before.set_value(browser::here());
        }
    });
    waits.follow(is_routing.into(), Some(Arc::new(move || layout::go(&before.get_value()))));
    view! {
        // Empty words, so that there is a title also while no page names one.
        <Title text="" formatter=|words: String| if words.is_empty() { ui::title_so_far() } else { format!("{words} · Expenso") }/>
        <Router set_is_routing>
            <Arrivals posted/>
            <Routes fallback=|| view! { <PlainFrame><NotFoundPage/></PlainFrame> }>
                <Route path=path!("/") view={Lazy::<page::Home>::new()} ssr=SsrMode::Async/>
                <Route path=path!("/terms") view={Lazy::<page::Terms>::new()} ssr=SsrMode::Async/>
                <Route path=path!("/signup") view={Lazy::<page::SignUp>::new()} ssr=SsrMode::Async/>
                <Route path=path!("/signup/with") view={Lazy::<page::Finish>::new()} ssr=SsrMode::Async/>
                <Route path=path!("/login/with/:provider") view={Lazy::<page::Trouble>::new()} ssr=SsrMode::Async/>
                <Route path=path!("/login/with/:provider/callback") view={Lazy::<page::Trouble>::new()} ssr=SsrMode::Async/>
                <Route path=path!("/login") view={Lazy::<page::LogIn>::new()} ssr=SsrMode::Async/>
                <Route path=path!("/login/help") view={Lazy::<page::LogInHelp>::new()} ssr=SsrMode::Async/>
                <Route path=path!("/login/second") view={Lazy::<page::SecondStep>::new()} ssr=SsrMode::Async/>
                <Route path=path!("/logout") view={Lazy::<page::LogOut>::new()} ssr=SsrMode::Async/>
                <Route path=path!("/forgot") view={Lazy::<page::Forgot>::new()} ssr=SsrMode::Async/>
                <Route path=path!("/reset") view={Lazy::<page::Reset>::new()} ssr=SsrMode::Async/>
                <Route path=path!("/confirm") view={Lazy::<page::Confirm>::new()} ssr=SsrMode::Async/>
                <Route path=path!("/invitation") view={Lazy::<page::Invitation>::new()} ssr=SsrMode::Async/>
                <Route path=path!("/styleguide") view={Lazy::<page::Styleguide>::new()} ssr=SsrMode::Async/>
                <ParentRoute path=path!("") view=AppFrame ssr=SsrMode::Async>
                    <Route path=path!("/dashboard") view={Lazy::<page::Dashboard>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/records") view={Lazy::<page::Records>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/records/new") view={Lazy::<page::RecordNew>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/records/:id/edit") view={Lazy::<page::RecordEdit>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/bills") view={Lazy::<page::Bills>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/bills/new") view={Lazy::<page::Bill>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/bills/settled") view={Lazy::<page::SettledBills>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/bills/:id") view={Lazy::<page::BillHistory>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/bills/:id/edit") view={Lazy::<page::Bill>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/bills/:id/pay") view={Lazy::<page::Pay>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/bills/:id/due/:due") view={Lazy::<page::Due>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/budgets") view={Lazy::<page::Budgets>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/budgets/new") view={Lazy::<page::Budget>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/budgets/envelopes") view={Lazy::<page::Envelopes>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/budgets/:id") view={Lazy::<page::BudgetHistory>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/budgets/:id/edit") view={Lazy::<page::Budget>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/categories") view={Lazy::<page::Categories>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/categories/new") view={Lazy::<page::Category>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/categories/:id/edit") view={Lazy::<page::Category>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/categories/:id/merge") view={Lazy::<page::CategoryMerge>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/accounts") view={Lazy::<page::Accounts>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/accounts/new") view={Lazy::<page::Account>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/accounts/:id") view={Lazy::<page::AccountDetail>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/accounts/:id/edit") view={Lazy::<page::Account>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/reports") view={Lazy::<page::Reports>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/settings") view={Lazy::<page::Settings>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/settings/help") view={Lazy::<page::Help>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/settings/leave") view={Lazy::<page::Leave>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/settings/email") view={Lazy::<page::NewEmail>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/settings/prove") view={Lazy::<page::Prove>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/settings/second-factor") view={Lazy::<page::SecondFactor>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/settings/webhooks/new") view={Lazy::<page::NewHook>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/settings/webhooks/:id") view={Lazy::<page::Hook>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/admin") view={Lazy::<page::Overview>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/admin/users") view={Lazy::<page::People>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/admin/users/:id") view={Lazy::<page::Person>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/admin/requests") view={Lazy::<page::Requests>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/admin/requests/:id") view={Lazy::<page::Request>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/admin/broadcast") view={Lazy::<page::Broadcasts>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/admin/broadcast/:id") view={Lazy::<page::Broadcast>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/admin/audit") view={Lazy::<page::Audit>::new()} ssr=SsrMode::Async/>
                </ParentRoute>
            </Routes>
        </Router>
        <ToastHost toasts/>
        <WaitLine waits/>
    }
    .into_any()
}

/// Marks the page as interactive, and tells the headings of the pages that are opened after to take the focus.
#[component]
fn Arrivals(posted: PostedHere) -> impl IntoView {
    let path = use_location().pathname;
    let arrived = expect_context::<Arrived>().0;
    learn_to_go();
    Effect::new(move |before: Option<String>| {
        let now = path.get();
        match before {
            None => when_awake(|| browser::mark_document("data-hydrated", "true")),
            Some(before) if before != now => {
                posted.forget(&now);
                arrived.set_value(true);
            }
            Some(_) => {}
        }
        now
    });
}
