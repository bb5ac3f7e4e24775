//! Pictures from one sprite, `public/icons.svg` (Lucide, ISC), drawn in the colour of the text.

use leptos::prelude::*;

/// Decoration only: words beside it carry the meaning.
#[component]
pub fn Icon(
    /// The id of a symbol of the sprite. One that is not there shows nothing.
    #[prop(into)]
    name: String,
) -> impl IntoView {
    view! {
        <svg class="icon" aria-hidden="true" focusable="false">
            <use href=format!("/icons.svg#{name}")></use>
        </svg>
    }
    .into_any()
}
