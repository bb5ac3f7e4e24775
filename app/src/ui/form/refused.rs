//! Why a button did nothing, where no toast could say so: on the page that comes back from a post without JavaScript.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::posted::PostedHere;
use crate::ui::icon::Icon;

/// Once on a page, above what is on it: the row of the button may be gone by then. Leaves with the page.
#[component]
pub fn RefusedPost() -> impl IntoView {
    let words = PostedHere::of_button().map(|posted| posted.errors.to_string());
    let path = use_location().pathname;
    let here = path.get_untracked();
    let shown = move || words.clone().filter(|_| path.with(|path| *path == here));
    view! {
        {move || {
            shown()
                .map(|words| {
                    view! {
                        <div class="alert alert-over refused-post" role="alert">
                            <Icon name="circle-alert"/>
                            <p>{words}</p>
                        </div>
                    }
                })
        }}
    }
    .into_any()
}
