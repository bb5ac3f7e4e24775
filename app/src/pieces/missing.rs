//! What stands in place of a page whose piece did not come.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::layout::path_and_query;
use crate::ui::Icon;

/// There is no connection, or the server has a newer page meanwhile: either way the server can be asked for all of it.
#[component]
pub(crate) fn PieceMissing() -> impl IntoView {
    let location = use_location();
    let here = path_and_query(&location.pathname.get_untracked(), &location.search.get_untracked());
    view! {
        <div class="alert alert-over" role="alert">
            <Icon name="triangle-alert"/>
            <div class="stack">
                <p>"This page did not come. Check the connection, then try again."</p>
                // Not through the router, which has nothing to show.
                <a class="button" href=here rel="external">"Try again"</a>
            </div>
        </div>
    }
    .into_any()
}
