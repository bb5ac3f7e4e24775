//! What all accounts held together, over the twelve months up to the end of the period.

use leptos::prelude::*;

use ledger::filter::Filter;
use ledger::report::Report;

use super::pictures::{Scale, TOP};
use super::sums::amount;
use crate::ui::{Card, TableFrame};

#[component]
pub(super) fn Worth(report: StoredValue<Report>) -> impl IntoView {
    report
        .with_value(|report| {
            let rows = report
                .worth
                .iter()
                .map(|(end, minor)| {
                    let day = end.format("%-d %B %Y").to_string();
                    let behind = Filter { to: Some(*end), ..Filter::default() };
                    view! {
                        <tr>
                            <th scope="row">{day.clone()}</th>
                            {amount(report, *minor, behind, format!("Net worth, {day}"))}
                        </tr>
                    }
                })
                .collect_view();
            let ends = [report.worth.first(), report.worth.last()];
            let [first, last] = ends.map(|point| point.map(|(end, _)| end.format("%-d %b %Y").to_string()));
            let picture = picture(&report.worth.iter().map(|(_, minor)| *minor).collect::<Vec<_>>());
            view! {
                <Card title="Net worth" testid="report-worth">
                    <figure class="picture">
                        {picture}
                        <figcaption class="picture-ends muted small">
                            <span>{first}</span>
                            <span>{last}</span>
                        </figcaption>
                    </figure>
                    <details class="chart-table">
                        <summary>"Show as table"</summary>
                        <TableFrame label="Net worth at the end of each month">
                            <thead>
                                <tr>
                                    <th scope="col">"End of"</th>
                                    <th scope="col" class="num">"Net worth"</th>
                                </tr>
                            </thead>
                            <tbody>{rows}</tbody>
                        </TableFrame>
                    </details>
                </Card>
            }
        })
        .into_any()
}

/// A line with the level of nothing below it, points a hundred units apart.
fn picture(minors: &[i64]) -> impl IntoView + use<> {
    let scale = Scale::of(minors.iter().copied());
    let points: Vec<String> =
        minors.iter().enumerate().map(|(at, minor)| format!("{},{}", at * 100, scale.at(*minor))).collect();
    let width = minors.len().saturating_sub(1).max(1) * 100;
    let nothing = scale.at(0).to_string();
    view! {
        <svg class="picture-line" viewBox=format!("0 0 {width} {TOP}") preserveAspectRatio="none" aria-hidden="true">
            <line class="picture-zero" x1="0" x2=width.to_string() y1=nothing.clone() y2=nothing></line>
            <polyline points=points.join(" ")></polyline>
        </svg>
    }
}
