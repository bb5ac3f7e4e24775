//! Waiting for what a page shows, and what to say when it does not come.

use std::sync::Arc;

use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::button::Button;
use super::icon::Icon;
use super::page::Skeleton;
use super::waits::Waits;
use crate::error::AppError;
use crate::layout::{LogInFirst, NotFoundPage};

/// Shows its children once the resource is there; keeps what is shown while it is loaded again.
#[component]
pub fn Load<T, V, F>(
    from: Resource<Result<T, AppError>>,
    /// Lines of the placeholder.
    #[prop(default = 4)]
    rows: u8,
    children: F,
) -> impl IntoView
where
    T: Clone + Send + Sync + Serialize + DeserializeOwned + 'static,
    V: IntoView + 'static,
    F: Fn(T) -> V + Send + Sync + Clone + 'static,
{
    let (pending, stopped) = (RwSignal::new(false), RwSignal::new(false));
    let retry = Callback::new(move |()| {
        stopped.set(false);
        from.refetch();
    });
    let stop = move || {
        let _ = stopped.try_set(true);
    };
    Waits::here().follow(pending.into(), Some(Arc::new(stop)));
    // What comes in all the same is shown.
    let fallback = move || {
        if stopped.get() {
            view! { <ErrorNote error=AppError::Stopped retry/> }.into_any()
        } else {
            view! { <Skeleton rows/> }.into_any()
        }
    };
    view! {
        <Transition fallback set_pending=pending>
            {
                let children = children.clone();
                move || {
                    let children = children.clone();
                    Suspend::new(async move {
                        match from.await {
                            Ok(value) => children(value).into_any(),
                            Err(AppError::SignedOut) => view! { <LogInFirst/> }.into_any(),
                            Err(AppError::NotFound) => view! { <NotFoundPage/> }.into_any(),
                            Err(error) => view! { <ErrorNote error retry/> }.into_any(),
                        }
                    })
                }
            }
        </Transition>
    }
    .into_any()
}

/// What went wrong, in words, and another try.
#[component]
pub fn ErrorNote(error: AppError, #[prop(optional, into)] retry: Option<Callback<()>>) -> impl IntoView {
    #[cfg(feature = "ssr")]
    crate::request::answer_with(&error);
    view! {
        <div class="alert alert-over" role="alert">
            <Icon name="triangle-alert"/>
            <div class="stack">
                <p>{error.to_string()}</p>
                {retry.map(|retry| view! { <Button icon="rotate-ccw" on_click=retry>"Try again"</Button> })}
            </div>
        </div>
    }
    .into_any()
}
