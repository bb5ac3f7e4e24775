//! The page for what is not there.

use leptos::prelude::*;

use crate::error::AppError;
use crate::ui::{ButtonKind, ButtonLink, EmptyState, PageHead};

/// Answers with status 404.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    #[cfg(feature = "ssr")]
    crate::request::answer_with(&AppError::NotFound);
    let _ = AppError::NotFound;
    view! {
        <PageHead title="Nothing here"/>
        <EmptyState
            icon="search"
            title="This page does not exist"
            text="It may have been deleted, or the address is mistyped."
        >
            <ButtonLink href="/" kind=ButtonKind::Primary>"Go home"</ButtonLink>
        </EmptyState>
    }
    .into_any()
}
