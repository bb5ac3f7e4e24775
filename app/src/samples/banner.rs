//! Tells on every page that what it shows is made up.

use leptos::prelude::*;

use super::GONE;
use super::api::{EndSamples, RestoreSamples};
use crate::layout::{leave_to, me};
use crate::ui::{Icon, PostButton, UndoNotice, query_here};

#[component]
pub(crate) fn SampleBanner() -> impl IntoView {
    // Everything on every page changes with it, so it is loaded anew.
    let on_done = Callback::new(|()| leave_to(GONE));
    me().has_samples.then(|| {
        view! {
            <aside class="banner banner-samples" aria-label="Sample data">
                <Icon name="sparkles"/>
                <p>
                    <strong>"You are looking at sample data."</strong>
                    <span>" Look around and try things. Throwing it away leaves only what you entered yourself."</span>
                </p>
                <PostButton action={ServerAction::<EndSamples>::new()} label="Throw it away" on_done icon="trash">
                    "Throw it away"
                </PostButton>
            </aside>
        }
    })
}

/// The way back, on the page that follows.
#[component]
pub(crate) fn SamplesGone() -> impl IntoView {
    let query = query_here();
    let on_done = Callback::new(|()| leave_to("/dashboard"));
    move || {
        (query.read().get("samples").as_deref() == Some("gone")).then(|| {
            view! {
                <UndoNotice
                    words="The samples are gone. What you entered yourself is still here."
                    action={ServerAction::<RestoreSamples>::new()}
                    on_done
                />
            }
        })
    }
}
