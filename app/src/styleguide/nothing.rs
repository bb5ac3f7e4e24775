//! What a release has in place of the style guide.

use leptos::prelude::*;

use crate::layout::{NotFoundPage, PlainFrame};

#[component]
pub fn StyleguidePage() -> impl IntoView {
    view! { <PlainFrame><NotFoundPage/></PlainFrame> }.into_any()
}
