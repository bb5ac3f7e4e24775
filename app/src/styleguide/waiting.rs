//! What is waited for: come, and refused.

use leptos::prelude::*;

use crate::AppError;
use crate::ui::{Card, ErrorNote, Load};

/// Only once the page is alive: on the server a failure gives the page its status.
#[component]
pub(super) fn Waiting() -> impl IntoView {
    let is_alive = RwSignal::new(false);
    Effect::new(move |_| is_alive.set(true));
    view! {
        <Card title="Waiting" testid="guide-waiting">
            <Show when=move || is_alive.get()>
                <Loads/>
                <ErrorNote error=AppError::Offline/>
            </Show>
        </Card>
    }
    .into_any()
}

#[component]
fn Loads() -> impl IntoView {
    let come = Resource::new(|| (), |()| async { Ok::<_, AppError>("It has come.".to_owned()) });
    let refused = Resource::new(|| (), |()| async { Err::<String, _>(AppError::Stopped) });
    view! {
        <Load from=come rows=1 children={|words: String| view! { <p>{words}</p> }}/>
        <Load from=refused rows=1 children={|words: String| view! { <p>{words}</p> }}/>
    }
    .into_any()
}
