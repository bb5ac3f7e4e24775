//! A token that was just made, shown this once.

use leptos::prelude::*;

use crate::ui::CopyField;

#[component]
pub(super) fn MadeToken(token: String) -> impl IntoView {
    view! {
        <CopyField label="Your token" what="token" value=token hint="Copy it now: it is not shown again." testid="token"/>
    }
    .into_any()
}
