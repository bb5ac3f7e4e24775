//! What surrounds the pages of a signed-in person, and of a person who is not.

use leptos::prelude::*;
use leptos_router::components::Outlet;
use leptos_router::hooks::use_location;

use super::banner::ConfirmBanner;
use super::guard::LogInFirst;
use super::me::{Me, Visitor};
use super::nav::{BottomBar, Brand, SideBar};
use super::not_found::NotFoundPage;
use super::today::Today;
use crate::book::{BookState, WithBook};
use crate::budgets::AlertBanner;
use crate::keys::{KeyDialogs, Keys};
use crate::records::{Editor, RecordDialog};
use crate::roles::{is_there, may_open};
use crate::samples::SampleBanner;
use crate::support::SupportBanner;
use crate::ui::form::RefusedPost;
use crate::ui::{ButtonKind, ButtonLink, EmptyState, PageHead, later};
use crate::your_data::LeavingBanner;

/// Shows its pages to a signed-in person; others are led to log in. It waits for nothing: what lies inside
/// something that is waited for is made more than once on the server.
#[component]
pub fn AppFrame() -> impl IntoView {
    match Visitor::here() {
        Some(me) => view! { <SignedInFrame me/> }.into_any(),
        None => view! { <LogInFirst/> }.into_any(),
    }
}

#[component]
fn SignedInFrame(me: Me) -> impl IntoView {
    Today::provide(me.today, &me.time_zone);
    provide_context(me);
    BookState::provide();
    Editor::provide();
    Keys::provide();
    view! {
        // The router would only scroll there: the browser moves the focus too.
        <a class="skip-link" href="#main" rel="external">"Skip to content"</a>
        <div class="app-frame">
            {later(|| view! { <SideBar/> })}
            {later(|| view! { <Main/> })}
            {later(|| view! { <BottomBar/> })}
        </div>
        <RecordDialog/>
        <KeyDialogs/>
    }
    .into_any()
}

/// What is between the bars.
#[component]
fn Main() -> impl IntoView {
    view! {
        <main class="main" id="main" tabindex="-1">
            <SupportBanner/>
            <LeavingBanner/>
            <ConfirmBanner/>
            <SampleBanner/>
            <RefusedPost/>
            {later(|| view! {
                <div class="frame-alerts">
                    <WithBook children={|book| view! { <AlertBanner book/> }}/>
                </div>
            })}
            {later(|| view! { <div class="page"><Guarded/></div> })}
        </main>
    }
    .into_any()
}

/// The page, for those who may open it.
#[component]
fn Guarded() -> impl IntoView {
    let path = use_location().pathname;
    let allowed = Memo::new(move |_| path.with(|path| may_open(path)));
    let there = Memo::new(move |_| path.with(|path| is_there(path)));
    let fallback =
        move || if there.get() { view! { <NotYours/> }.into_any() } else { view! { <NotFoundPage/> }.into_any() };
    view! {
        <Show when=move || allowed.get() fallback>
            <Outlet/>
        </Show>
    }
    .into_any()
}

#[component]
fn NotYours() -> impl IntoView {
    view! {
        <PageHead title="Not for you to change"/>
        <EmptyState
            icon="lock"
            title="You can look at this book"
            text="Changing it is for its editors and owners. An owner can make you one in the settings."
        >
            <ButtonLink href="/dashboard" kind=ButtonKind::Primary>"Go to the dashboard"</ButtonLink>
        </EmptyState>
    }
    .into_any()
}

/// A single column with the name above it: log-in and its kin.
#[component]
pub fn PlainFrame(children: Children) -> impl IntoView {
    view! {
        <div class="plain-frame">
            <header class="plain-head">
                <Brand/>
            </header>
            <main class="plain-main" id="main">
                <RefusedPost/>
                {children()}
            </main>
        </div>
    }
    .into_any()
}
