//! The card of the settings.

use leptos::prelude::*;

use super::api::{HookLine, list_hooks};
use crate::ui::{Card, GoButton, Load};

#[component]
pub(crate) fn Webhooks() -> impl IntoView {
    let hooks = Resource::new(|| (), |()| list_hooks());
    view! {
        <Card title="Webhooks">
            <p class="muted">"Other programs can be told when a record is saved, a budget is crossed or a bill is due."</p>
            <Load from=hooks rows=1 children={move |hooks: Vec<HookLine>| view! { <Lines hooks/> }}/>
            <div class="row">
                <GoButton href="/settings/webhooks/new" label="Add webhook" icon="plus">"Add webhook"</GoButton>
            </div>
        </Card>
    }
    .into_any()
}

#[component]
fn Lines(hooks: Vec<HookLine>) -> impl IntoView {
    let rows = hooks
        .into_iter()
        .map(|hook| {
            let told: Vec<&str> = hook.events.iter().map(|event| event.label()).collect();
            view! {
                <li class="list-row">
                    <span class="list-words">
                        <a href=format!("/settings/webhooks/{}", hook.id)>{hook.url}</a>
                        <span class="muted small">{told.join(" · ")}</span>
                    </span>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="list">{rows}</ul> }.into_any()
}
