//! What surrounds the pages of a signed-in person, and of a person who is not.

use leptos::prelude::*;
use leptos_router::components::Outlet;

use super::banner::ConfirmBanner;
use super::guard::LogInFirst;
use super::me::{Me, load_me};
use super::nav::{BottomBar, Brand, SideBar};
use crate::book::BookState;
use crate::error::AppError;
use crate::records::{Editor, RecordDialog};
use crate::ui::{ErrorNote, Skeleton};

/// Shows its pages to a signed-in person; others are led to log in.
#[component]
pub fn AppFrame() -> impl IntoView {
    let person = Resource::new_blocking(|| (), |()| load_me());
    view! {
        <Suspense fallback=|| view! { <main class="main"><Skeleton rows=6/></main> }>
            {move || Suspend::new(async move {
                match person.await {
                    Ok(Some(me)) => view! { <SignedInFrame me/> }.into_any(),
                    Ok(None) | Err(AppError::SignedOut) => view! { <LogInFirst/> }.into_any(),
                    Err(error) => {
                        let retry = Callback::new(move |()| person.refetch());
                        view! { <main class="main"><ErrorNote error retry/></main> }.into_any()
                    }
                }
            })}
        </Suspense>
    }
    .into_any()
}

#[component]
fn SignedInFrame(me: Me) -> impl IntoView {
    provide_context(me);
    BookState::provide();
    Editor::provide();
    view! {
        <a class="skip-link" href="#main">"Skip to content"</a>
        <div class="app-frame">
            <SideBar/>
            <main class="main" id="main">
                <ConfirmBanner/>
                <Outlet/>
            </main>
            <BottomBar/>
        </div>
        <RecordDialog/>
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
                {children()}
            </main>
        </div>
    }
    .into_any()
}
