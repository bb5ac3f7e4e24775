//! The numbers of a chart as words: the legend beside it and the table below it.

use leptos::prelude::*;

use super::data::{ChartData, ChartLabel, ChartValue};
use crate::ui::table::cell_length;

/// How many slices are named beside a doughnut on a screen, and the others together; paper and the table name all.
const NAMED: usize = 6;

#[component]
pub(super) fn Legend(data: Signal<ChartData>) -> impl IntoView {
    let lines = move || {
        data.with(|data| {
            let colours = data.colours();
            // A single one takes no more room under its own name.
            let named = if data.labels.len() == NAMED + 1 { NAMED + 1 } else { NAMED };
            let lines = data
                .labels
                .iter()
                .zip(colours)
                .enumerate()
                .map(|(at, (label, colour))| {
                    let text = data.value(0, at).map(|value| data.format.money(value.money)).unwrap_or_default();
                    let class = (at >= named).then_some("legend-rest");
                    view! {
                        <li class=class>
                            <svg class=format!("swatch swatch-{}", colour + 1) aria-hidden="true" viewBox="0 0 10 10">
                                <rect width="10" height="10" rx="3"></rect>
                            </svg>
                            <span class="legend-name">{name(data.value(0, at), &label.text)}</span>
                            <span class="legend-share num">{data.share(at)} " %"</span>
                            <span class="legend-amount num" data-length=cell_length(&text)>{text.clone()}</span>
                        </li>
                    }
                })
                .collect_view();
            let others = data.others(named).map(|(count, money, share)| {
                view! {
                    <li class="legend-others">
                        <span></span>
                        <span class="legend-name">{count} " others"</span>
                        <span class="legend-share num">{share} " %"</span>
                        <span class="legend-amount num">{data.format.money(money)}</span>
                    </li>
                }
            });
            (lines, others)
        })
    };
    // What opens is to be reached; all else the table says better.
    let opens = move || data.with(|data| data.series.iter().flat_map(|series| &series.values).any(ChartValue::opens));
    view! { <ul class="legend" aria-hidden=move || (!opens()).then_some("true")>{lines}</ul> }.into_any()
}

fn name(value: Option<&ChartValue>, text: &str) -> AnyView {
    match value.filter(|value| value.opens()) {
        Some(value) => view! {
            <a href=value.href.clone() data-noscroll="" aria-label=format!("Open {text}")>{text.to_owned()}</a>
        }
        .into_any(),
        None => text.to_owned().into_any(),
    }
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
            let row = |(at, label): (usize, &ChartLabel)| {
                let cells = (0..data.series.len()).filter_map(|series| {
                    let words = data.words(series, at).replace('\n', ", ");
                    let head = data.series.get(series).map(|series| series.name.clone());
                    data.value(series, at).map(|value| cell(head, value, data.format.money(value.money), words))
                });
                view! {
                    <tr>
                        <th scope="row">{label.text.clone()}</th>
                        {cells.collect_view()}
                    </tr>
                }
            };
            data.labels.iter().enumerate().map(row).collect_view()
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

/// An amount of the column `head` that leads to the records behind it; `words` say what it is where the table is not seen.
fn cell(head: Option<String>, value: &ChartValue, text: String, words: String) -> impl IntoView + use<> {
    let length = cell_length(&text);
    view! {
        <td class="num" data-minor=value.money.minor.to_string() data-head=head data-length=length>
            <a href=value.href.clone() data-noscroll=value.opens().then_some("") aria-label=words>{text}</a>
        </td>
    }
}
