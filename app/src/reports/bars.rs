//! Income and spending by day or by month.

use leptos::prelude::*;

use ledger::filter::Filter;
use ledger::period::Period;
use ledger::records::Kind;
use ledger::report::{Flows, Report};

use super::pictures::{Scale, TOP};
use super::sums::amount;
use crate::ui::{Card, TableFrame};

#[component]
pub(super) fn Bars(report: StoredValue<Report>) -> impl IntoView {
    report
        .with_value(|report| {
            let by_day = report.parts.iter().all(|(part, _)| part.days() == 1);
            let many = report.parts.len() > 24;
            let title = if by_day { "By day" } else { "By month" };
            let heading = if by_day { "Day" } else { "Month" };
            let rows = report.parts.iter().map(|(part, flows)| row(report, *part, *flows, by_day)).collect_view();
            let ends =
                [report.parts.first(), report.parts.last()].map(|part| part.map(|(part, _)| name(*part, by_day)));
            let [first, last] = ends;
            let picture = picture(&report.parts);
            view! {
                <Card title=title testid="report-by-part">
                    <figure class="picture">
                        {picture}
                        <figcaption class="picture-ends muted small">
                            <span>{first}</span>
                            <span class="picture-key">
                                <span class="key-income" aria-hidden="true"></span> "Income "
                                <span class="key-spending" aria-hidden="true"></span> "Spent"
                            </span>
                            <span>{last}</span>
                        </figcaption>
                    </figure>
                    <details class="chart-table" open=!by_day && !many>
                        <summary>"Show as table"</summary>
                        <TableFrame label=format!("Income and spending, {}", title.to_lowercase())>
                            <thead>
                                <tr>
                                    <th scope="col">{heading}</th>
                                    <th scope="col" class="num">"Income"</th>
                                    <th scope="col" class="num">"Spent"</th>
                                    <th scope="col" class="num">"Saved"</th>
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

fn name(part: Period, by_day: bool) -> String {
    part.start.format(if by_day { "%-d %b" } else { "%b %Y" }).to_string()
}

fn row(report: &Report, part: Period, flows: Flows, by_day: bool) -> impl IntoView + use<> {
    let name = name(part, by_day);
    let cell = |minor, what: &str, filter| amount(report, minor, filter, format!("{what}, {name}"));
    view! {
        <tr>
            <th scope="row">{name.clone()}</th>
            {cell(flows.income, "Income", Filter::of_kind(Kind::Income, part))}
            {cell(flows.expenses, "Spent", Filter::of_kind(Kind::Expense, part))}
            {cell(flows.saved(), "Saved", Filter::within(part))}
        </tr>
    }
}

/// Two bars for each part, ten units wide together with the space around them.
fn picture(parts: &[(Period, Flows)]) -> impl IntoView + use<> {
    let scale = Scale::of(parts.iter().flat_map(|(_, flows)| [flows.income, flows.expenses]));
    let bars = parts
        .iter()
        .enumerate()
        .flat_map(|(at, (_, flows))| [(at * 10 + 1, "bar-income", flows.income), (at * 10 + 5, "bar-spending", flows.expenses)])
        .filter(|(_, _, minor)| *minor > 0)
        .map(|(x, class, minor)| {
            let y = scale.at(minor);
            let height = (TOP - y).max(4);
            view! { <rect class=class x=x.to_string() y=(TOP - height).to_string() width="4" height=height.to_string()></rect> }
        })
        .collect_view();
    let view_box = format!("0 0 {} {TOP}", parts.len() * 10);
    view! {
        <svg class="picture-bars" viewBox=view_box preserveAspectRatio="none" aria-hidden="true">
            {bars}
        </svg>
    }
}
