//! What is wrong with the link of a mail.

use leptos::prelude::*;

use crate::ui::FormState;

/// What is wrong with the link, which has no field of its own.
#[component]
pub(crate) fn TokenError() -> impl IntoView {
    let state = expect_context::<FormState>();
    let text = move || state.errors.with(|errors| errors.get("token").map(str::to_owned));
    view! {
        <div role="alert">
            {move || text().map(|text| view! { <p class="alert alert-over" tabindex="-1">{text}</p> })}
        </div>
    }
    .into_any()
}
