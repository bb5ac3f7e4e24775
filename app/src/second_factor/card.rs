//! The card of the settings.

use leptos::prelude::*;

use crate::layout::me;
use crate::ui::{Badge, Card, GoButton, Tone};

#[component]
pub(crate) fn SecondFactorCard() -> impl IntoView {
    let is_on = me().has_second_factor;
    let words = if is_on {
        "Logging in takes your password and a code of your app."
    } else {
        "Your password alone is enough to log in. With an app that shows codes, whoever learns it still stays out."
    };
    let label = if is_on { "Manage two-step log-in" } else { "Set up two-step log-in" };
    view! {
        <Card title="Two-step log-in" testid="second-factor">
            <div class="state-line">
                {if is_on {
                    view! { <Badge tone=Tone::Good>"On"</Badge> }.into_any()
                } else {
                    view! { <Badge>"Off"</Badge> }.into_any()
                }}
                <p class="muted">{words}</p>
            </div>
            <div class="row">
                <GoButton href="/settings/second-factor" label icon="shield">{label}</GoButton>
            </div>
        </Card>
    }
    .into_any()
}
