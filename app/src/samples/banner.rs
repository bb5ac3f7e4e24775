//! Tells on every page that what it shows is made up.

use leptos::prelude::*;

use super::api::EndSamples;
use crate::layout::{leave_to, me};
use crate::ui::{Icon, PostButton};

#[component]
pub(crate) fn SampleBanner() -> impl IntoView {
    // Everything on every page changes with it, so it is loaded anew.
    let on_done = Callback::new(|()| leave_to("/dashboard"));
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
