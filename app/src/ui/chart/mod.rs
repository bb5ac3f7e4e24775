//! A picture of figures, drawn after the figures themselves are on the page, with a table of the same numbers.

mod bars;
mod data;
#[cfg(feature = "hydrate")]
mod draw;
#[cfg(not(feature = "hydrate"))]
#[path = "draw_nothing.rs"]
mod draw;
#[cfg(feature = "hydrate")]
mod near;
#[cfg(feature = "hydrate")]
mod option;
mod ring;
mod table;

use leptos::prelude::*;

pub use data::{ChartData, ChartKind, ChartLabel, ChartValue, Series, SeriesTone};

use bars::{BarKeys, PlainBars};
use ring::Ring;
use table::{ChartTable, Legend};

/// Drawn in the browser by charming and ECharts; a slice or bar leads to the records behind it, and so does
/// each amount of the table.
#[component]
pub fn Chart(
    /// Also its `data-testid`.
    #[prop(into)]
    id: String,
    /// The `data-testid` of the table.
    #[prop(into)]
    table_id: String,
    /// The accessible name.
    #[prop(into)]
    label: String,
    #[prop(into)] data: Signal<ChartData>,
) -> impl IntoView {
    let place = NodeRef::new();
    let failed = draw::keep_drawn(place, data);
    let kind = data.with_untracked(|data| data.kind);
    let is_empty = Memo::new(move |_| data.with(ChartData::is_empty));
    let class = match kind {
        ChartKind::Doughnut => "chart chart-doughnut",
        ChartKind::Bars => "chart chart-bars",
    };
    view! {
        <figure class=class>
            {move || failed.get().then(|| view! {
                <p class="muted" role="status">"The chart could not be loaded. The table below has the same numbers."</p>
            })}
            <div class="chart-row">
                <div
                    class="chart-canvas"
                    role="img"
                    aria-label=label.clone()
                    id=id.clone()
                    data-testid=id
                    hidden=move || failed.get()
                >
                    // What stands above a doughnut says so.
                    <Show when=move || is_empty.get() && kind == ChartKind::Bars>
                        <p class="muted">"Nothing to draw yet."</p>
                    </Show>
                    <div class="chart-place" hidden=move || is_empty.get() node_ref=place></div>
                </div>
                {match kind {
                    ChartKind::Doughnut => view! { <Ring data/> <Legend data/> }.into_any(),
                    ChartKind::Bars => view! { <PlainBars data/> <BarKeys data/> }.into_any(),
                }}
            </div>
            <ChartTable data label table_id/>
        </figure>
    }
    .into_any()
}
