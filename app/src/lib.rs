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
pub mod passkeys;
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
pub mod your_data;

use std::sync::Arc;

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::hooks::use_location;
use leptos_router::{SsrMode, path};

pub use error::AppError;
pub use layout::shell;

use accounts::{AccountDetailPage, AccountPage, AccountsPage};
use admin::{
    AuditPage, BroadcastPage, BroadcastsPage, OverviewPage, PeoplePage, PersonPage, RequestPage, RequestsPage,
};
use bills::{BillHistoryPage, BillPage, BillsPage, DuePage, PayPage};
use budgets::{BudgetHistoryPage, BudgetPage, BudgetsPage};
use categories::{CategoriesPage, CategoryMergePage, CategoryPage};
use dashboard::DashboardPage;
use envelopes::EnvelopesPage;
use home::{HomePage, TermsPage};
use hooks::{HookPage, NewHookPage};
use households::InvitationPage;
use layout::{AppFrame, NotFoundPage, PlainFrame, Theme, Visitor, learn_to_go};
use passkeys::PasskeysHere;
use records::{RecordEditPage, RecordNewPage, RecordsPage};
use recovery::{ConfirmPage, ForgotPage, ResetPage};
use reports::ReportsPage;
use second_factor::{ProvePage, SecondFactorPage, SecondStepPage};
use settings::SettingsPage;
use sign_in::{LogInPage, LogOutPage};
use sign_in_with::{FinishPage, SignInWith, TroublePage};
use sign_up::{SignUpPage, SignUps};
use styleguide::StyleguidePage;
use support::HelpPage;
use ui::form::PostedHere;
use ui::{Arrived, ToastHost, Toasts, WaitLine, Waits, browser};
use your_data::LeavePage;

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
        <Title formatter=|title: String| if title.is_empty() { "Expenso".to_owned() } else { format!("{title} · Expenso") }/>
        <Router set_is_routing>
            <Arrivals posted/>
            <Routes fallback=|| view! { <PlainFrame><NotFoundPage/></PlainFrame> }>
                <Route path=path!("/") view=HomePage ssr=SsrMode::Async/>
                <Route path=path!("/terms") view=TermsPage ssr=SsrMode::Async/>
                <Route path=path!("/signup") view=SignUpPage ssr=SsrMode::Async/>
                <Route path=path!("/signup/with") view=FinishPage ssr=SsrMode::Async/>
                <Route path=path!("/login/with/:provider") view=TroublePage ssr=SsrMode::Async/>
                <Route path=path!("/login/with/:provider/callback") view=TroublePage ssr=SsrMode::Async/>
                <Route path=path!("/login") view=LogInPage ssr=SsrMode::Async/>
                <Route path=path!("/login/second") view=SecondStepPage ssr=SsrMode::Async/>
                <Route path=path!("/logout") view=LogOutPage ssr=SsrMode::Async/>
                <Route path=path!("/forgot") view=ForgotPage ssr=SsrMode::Async/>
                <Route path=path!("/reset") view=ResetPage ssr=SsrMode::Async/>
                <Route path=path!("/confirm") view=ConfirmPage ssr=SsrMode::Async/>
                <Route path=path!("/invitation") view=InvitationPage ssr=SsrMode::Async/>
                <Route path=path!("/styleguide") view=StyleguidePage ssr=SsrMode::Async/>
                <ParentRoute path=path!("") view=AppFrame ssr=SsrMode::Async>
                    <Route path=path!("/dashboard") view=DashboardPage ssr=SsrMode::Async/>
                    <Route path=path!("/records") view=RecordsPage ssr=SsrMode::Async/>
                    <Route path=path!("/records/new") view=RecordNewPage ssr=SsrMode::Async/>
                    <Route path=path!("/records/:id/edit") view=RecordEditPage ssr=SsrMode::Async/>
                    <Route path=path!("/bills") view=BillsPage ssr=SsrMode::Async/>
                    <Route path=path!("/bills/new") view=BillPage ssr=SsrMode::Async/>
                    <Route path=path!("/bills/:id") view=BillHistoryPage ssr=SsrMode::Async/>
                    <Route path=path!("/bills/:id/edit") view=BillPage ssr=SsrMode::Async/>
                    <Route path=path!("/bills/:id/pay") view=PayPage ssr=SsrMode::Async/>
                    <Route path=path!("/bills/:id/due/:due") view=DuePage ssr=SsrMode::Async/>
                    <Route path=path!("/budgets") view=BudgetsPage ssr=SsrMode::Async/>
                    <Route path=path!("/budgets/new") view=BudgetPage ssr=SsrMode::Async/>
                    <Route path=path!("/budgets/envelopes") view=EnvelopesPage ssr=SsrMode::Async/>
                    <Route path=path!("/budgets/:id") view=BudgetHistoryPage ssr=SsrMode::Async/>
                    <Route path=path!("/budgets/:id/edit") view=BudgetPage ssr=SsrMode::Async/>
                    <Route path=path!("/categories") view=CategoriesPage ssr=SsrMode::Async/>
                    <Route path=path!("/categories/new") view=CategoryPage ssr=SsrMode::Async/>
                    <Route path=path!("/categories/:id/edit") view=CategoryPage ssr=SsrMode::Async/>
                    <Route path=path!("/categories/:id/merge") view=CategoryMergePage ssr=SsrMode::Async/>
                    <Route path=path!("/accounts") view=AccountsPage ssr=SsrMode::Async/>
                    <Route path=path!("/accounts/new") view=AccountPage ssr=SsrMode::Async/>
                    <Route path=path!("/accounts/:id") view=AccountDetailPage ssr=SsrMode::Async/>
                    <Route path=path!("/accounts/:id/edit") view=AccountPage ssr=SsrMode::Async/>
                    <Route path=path!("/reports") view=ReportsPage ssr=SsrMode::Async/>
                    <Route path=path!("/settings") view=SettingsPage ssr=SsrMode::Async/>
                    <Route path=path!("/settings/help") view=HelpPage ssr=SsrMode::Async/>
                    <Route path=path!("/settings/leave") view=LeavePage ssr=SsrMode::Async/>
                    <Route path=path!("/settings/prove") view=ProvePage ssr=SsrMode::Async/>
                    <Route path=path!("/settings/second-factor") view=SecondFactorPage ssr=SsrMode::Async/>
                    <Route path=path!("/settings/webhooks/new") view=NewHookPage ssr=SsrMode::Async/>
                    <Route path=path!("/settings/webhooks/:id") view=HookPage ssr=SsrMode::Async/>
                    <Route path=path!("/admin") view=OverviewPage ssr=SsrMode::Async/>
                    <Route path=path!("/admin/users") view=PeoplePage ssr=SsrMode::Async/>
                    <Route path=path!("/admin/users/:id") view=PersonPage ssr=SsrMode::Async/>
                    <Route path=path!("/admin/requests") view=RequestsPage ssr=SsrMode::Async/>
                    <Route path=path!("/admin/requests/:id") view=RequestPage ssr=SsrMode::Async/>
                    <Route path=path!("/admin/broadcast") view=BroadcastsPage ssr=SsrMode::Async/>
                    <Route path=path!("/admin/broadcast/:id") view=BroadcastPage ssr=SsrMode::Async/>
                    <Route path=path!("/admin/audit") view=AuditPage ssr=SsrMode::Async/>
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
            None => browser::mark_document("data-hydrated", "true"),
            Some(before) if before != now => {
                posted.forget(&now);
                arrived.set_value(true);
            }
            Some(_) => {}
        }
        now
    });
}
