//! What is said: badges, notes, empty places, and that something is on its way.

use leptos::prelude::*;

use super::controls::theme;
use crate::layout::SaveTheme;
use crate::ui::{Badge, Button, ButtonKind, ButtonLink, Card, EmptyState, Icon, Skeleton, Tone, UndoNotice};

const TONES: [(Tone, &str); 5] = [
    (Tone::Neutral, "Neutral"),
    (Tone::Good, "Good"),
    (Tone::Near, "Near"),
    (Tone::Over, "Over"),
    (Tone::Info, "Info"),
];

#[component]
pub(super) fn Words() -> impl IntoView {
    let nothing = Callback::new(|()| ());
    view! {
        <Card title="Words" testid="guide-words">
            <div class="row">{TONES.map(|(tone, words)| view! { <Badge tone>{words}</Badge> }).collect_view()}</div>
            <p class="alert"><Icon name="info"/> <span>"A note."</span></p>
            <p class="alert alert-good"><Icon name="circle-check"/> <span>"Saved."</span></p>
            <EmptyState icon="receipt" title="No records yet" text="Add what you spent or earned today. It takes a few seconds.">
                <ButtonLink href="/styleguide" kind=ButtonKind::Primary icon="plus">"Write the first one"</ButtonLink>
            </EmptyState>
            <Skeleton rows=3/>
            <UndoNotice words="Budget deleted." action={ServerAction::<SaveTheme>::new()} fields=theme() on_done=nothing/>
            <aside class="banner" aria-label="A banner">
                <Icon name="mail"/>
                <p><strong>"Confirm your email."</strong></p>
                <Button kind=ButtonKind::Quiet on_click=nothing>"Later"</Button>
            </aside>
            <div class="row">
                <a class="chip" href="/styleguide" aria-current="true">"This month"</a>
                <a class="chip" href="/">"Last month"</a>
                <a class="tag reach" href="/">"#holiday"</a>
            </div>
            <ul class="list">
                <li class="list-row is-chosen"><span class="list-words"><a href="/styleguide">"Shown beside the list"</a></span></li>
                <li class="list-row"><span class="list-words"><a href="/styleguide">"Another row"</a></span></li>
            </ul>
        </Card>
    }
    .into_any()
}
