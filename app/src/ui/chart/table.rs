//! The numbers of a chart as words: the legend beside it and the table below it.

use leptos::prelude::*;

use super::data::ChartData;

/// How many slices are named beside a doughnut; the table names all.
const NAMED: usize = 6;
/// How many colours the palette has.
pub(super) const COLOURS: usize = 8;

#[component]
pub(super) fn Legend(data: Signal<ChartData>) -> impl IntoView {
    let lines = move || {
        data.with(|data| {
            data.labels
                .iter()
                .take(NAMED)
                .enumerate()
                .map(|(at, label)| {
                    let amount = data.series.first().and_then(|series| series.values.get(at));
                    let text = amount.map(|value| value.text.clone()).unwrap_or_default();
                    view! {
                        <li>
                            <svg class=format!("swatch swatch-{}", at % COLOURS + 1) aria-hidden="true" viewBox="0 0 10 10">
                                <rect width="10" height="10" rx="3"></rect>
                            </svg>
                            <span class="legend-name">{label.text.clone()}</span>
                            <span class="legend-share num">{data.share(at)} " %"</span>
                            <span class="legend-amount num">{text}</span>
                        </li>
                    }
                })
                .collect_view()
        })
    };
    view! { <ul class="legend" aria-hidden="true">{lines}</ul> }.into_any()
}

#[component]
pub(super) fn ChartTable(data: Signal<ChartData>, label: String, table_id: String) -> impl IntoView {
    let head = move || {
        data.with(|data| {
            let series =
                data.series.iter().map(|series| view! { <th scope="col" class="num">{series.name.clone()}</th> });
            view! {
                <tr>
                    <th scope="col">{data.heading.clone()}</th>
                    {series.collect_view()}
                </tr>
            }
        })
    };
    let rows = move || {
        data.with(|data| {
            (0..data.labels.len())
                .map(|at| {
                    let label = data.labels[at].clone();
                    let name = match label.href {
                        Some(href) => view! { <a href=href>{label.text}</a> }.into_any(),
                        None => label.text.into_any(),
                    };
                    let cells = data.series.iter().map(|series| {
                        let value = series.values.get(at).cloned().unwrap_or_default();
                        view! { <td class="num" data-minor=value.minor.to_string()>{value.text}</td> }
                    });
                    view! {
                        <tr>
                            <th scope="row">{name}</th>
                            {cells.collect_view()}
                        </tr>
                    }
                })
                .collect_view()
        })
    };
    view! {
        <details class="chart-table">
            <summary>"Show as table"</summary>
            <div class="table-frame">
                <table class="table" aria-label=label data-testid=table_id>
                    <thead>{head}</thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </details>
    }
    .into_any()
}
