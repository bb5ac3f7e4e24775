//! Colours and letters.

use leptos::prelude::*;

use crate::ui::{Card, Icon};

const COLOURS: [&str; 16] = [
    "ground",
    "surface",
    "sunken",
    "ink",
    "ink-muted",
    "line",
    "line-strong",
    "accent",
    "accent-strong",
    "accent-soft",
    "near",
    "near-soft",
    "near-fill",
    "over",
    "over-soft",
    "over-fill",
];

const ICONS: [&str; 12] = [
    "plus",
    "check",
    "x",
    "search",
    "receipt",
    "layout-dashboard",
    "calendar-clock",
    "target",
    "tags",
    "wallet",
    "triangle-alert",
    "circle-alert",
];

#[component]
pub(super) fn Tokens() -> impl IntoView {
    view! {
        <Card title="Tokens" testid="guide-tokens">
            <ul class="guide-colours">
                {COLOURS.map(|name| view! { <li class=format!("guide-{name}")>{name}</li> }).collect_view()}
            </ul>
            <div class="stack">
                <p class="lead">"Lead: how much you want to spend, and how it is going."</p>
                <p>"Text: the quick brown fox spent " <strong class="num">"₹1,23,456.78"</strong> " in Žilina, € 20 in Łódź."</p>
                <p class="small muted">"Small and muted: of the monthly budget"</p>
                <p><a href="/styleguide">"A link"</a> " and a key: " <kbd>"Ctrl K"</kbd></p>
            </div>
            <table class="table" aria-label="Figures below each other">
                <tbody>
                    {["₹1,11,111.11", "₹8,88,888.88", "−₹40.00"].map(|text| view! {
                        <tr><td class="num">{text}</td></tr>
                    }).collect_view()}
                </tbody>
            </table>
            <div class="row">{ICONS.map(|name| view! { <Icon name/> }).collect_view()}</div>
        </Card>
    }
    .into_any()
}
