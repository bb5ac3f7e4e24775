//! The ring of a doughnut as plain marks: for paper, and where no script draws.

use leptos::prelude::*;

use super::data::ChartData;

/// Units along the whole ring, and those between two slices.
const ROUND: i64 = 10_000;
const GAP: i64 = 50;

/// Seen only where the style sheet says so.
#[component]
pub(super) fn Ring(data: Signal<ChartData>) -> impl IntoView {
    let slices = move || {
        data.with(|data| {
            let arcs = data.arcs(ROUND).into_iter().zip(data.colours());
            arcs.filter(|((_, length), _)| *length > 0)
                .map(|((from, length), colour)| {
                    let gap = if length > 2 * GAP && length < ROUND { GAP } else { 0 };
                    let drawn = length - gap;
                    view! {
                        <circle
                            class=format!("tint-{}", colour + 1)
                            cx="50"
                            cy="50"
                            r="39"
                            pathLength=ROUND.to_string()
                            stroke-dasharray=format!("{drawn} {}", ROUND - drawn)
                            stroke-dashoffset=format!("-{from}")
                        ></circle>
                    }
                })
                .collect_view()
        })
    };
    view! {
        <svg class="chart-ring" viewBox="0 0 100 100" aria-hidden="true">
            <circle class="chart-ring-ground" cx="50" cy="50" r="39"></circle>
            <g transform="rotate(-90 50 50)">{slices}</g>
        </svg>
    }
    .into_any()
}
