//! Pictures from one sprite, `public/icons.svg` (Lucide, ISC), drawn in the colour of the text.

use leptos::prelude::*;
use leptos::tachys::html::InertElement;

/// Decoration only: words beside it carry the meaning.
#[component]
pub fn Icon(
    /// The id of a symbol of the sprite. One that is not there shows nothing.
    #[prop(into)]
    name: String,
) -> impl IntoView {
    let id: String = name.chars().filter(|sign| sign.is_ascii_alphanumeric() || *sign == '-').collect();
    // Nothing in it ever changes, so there is nothing to wake: a page has hundreds, and to be told its `href` again, even
    // the same, makes the browser draw each of them anew.
    InertElement::new(format!(
        r#"<svg class="icon" aria-hidden="true" focusable="false"><use href="/icons.svg#{id}"></use></svg>"#
    ))
    .into_any()
}
