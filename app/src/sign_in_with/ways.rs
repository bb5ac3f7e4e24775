//! The buttons of the providers.

use leptos::prelude::*;

use super::SignInWith;
use crate::ui::ButtonKind;

/// Links, so that they work without JavaScript, and the policy for forms need not name every provider. Nothing where
/// none is set up.
#[component]
pub(crate) fn Ways(
    /// Where to go on.
    #[prop(optional, into)]
    next: String,
    /// What parts them from the form that stands beside them.
    or: &'static str,
    /// Whether they stand above the form.
    #[prop(optional)]
    above: bool,
) -> impl IntoView {
    let ways = SignInWith::here().ways;
    if ways.is_empty() {
        return ().into_any();
    }
    let buttons = ways
        .into_iter()
        .map(|way| {
            let initial: String = way.label.chars().take(1).collect();
            let href = way.path(&next);
            view! {
                // The server answers, not a page of ours.
                <a class=ButtonKind::Plain.class() href=href rel="external">
                    <span class="way-mark" aria-hidden="true">{initial.to_uppercase()}</span>
                    <span>"Continue with " {way.label}</span>
                </a>
            }
        })
        .collect_view();
    let line = view! { <p class="ways-or">{or}</p> };
    view! {
        <div class="ways" class:ways-above=above>
            {buttons}
            {line}
        </div>
    }
    .into_any()
}
