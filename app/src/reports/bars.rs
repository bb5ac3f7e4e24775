//! Income and spending by day or by month.

use chrono::NaiveDate;
use leptos::prelude::*;

use ledger::filter::Filter;
use ledger::period::Period;
use ledger::records::Kind;
use ledger::report::{Flows, Part, Report};

use super::pictures::{Scale, TOP};
use super::sums::amount;
use crate::layout::me;
use crate::ui::{Card, TableFrame, table_head};

#[component]
pub(super) fn Bars(report: StoredValue<Report>) -> impl IntoView {
    let today = me().today;
    report
        .with_value(|report| {
            let by_day = report.part == Part::Day;
            let many = report.parts.len() > 24;
            let (title, heading) = match report.part {
                Part::Day => ("By day", "Day"),
                Part::Month => ("By month", "Month"),
                Part::Year => ("By year", "Year"),
            };
            let rows = report.parts.iter().map(|(period, flows)| row(report, *period, *flows)).collect_view();
            let [first, last] = [report.parts.first(), report.parts.last()]
                .map(|part| part.map(|(period, _)| name(*period, report.part)));
            // Of single days the line would only jump up and down.
            let picture = picture(&report.parts, (!by_day).then_some(today));
            let net = (!by_day).then(|| view! { <span class="key-net" aria-hidden="true"></span> "Saved" });
            view! {
                <Card title=title testid="report-by-part">
                    <figure class="picture">
                        {picture}
                        <figcaption class="picture-ends muted small">
                            <span>{first}</span>
                            <span class="picture-key">
                                <span class="key-income" aria-hidden="true"></span> "Income "
                                <span class="key-spending" aria-hidden="true"></span> "Spent "
                                {net}
                            </span>
                            <span>{last}</span>
                        </figcaption>
                    </figure>
                    <details class="chart-table" open=!by_day && !many>
                        <summary>"Show as table"</summary>
                        <TableFrame label=format!("Income and spending, {}", title.to_lowercase())>
                            {table_head(&[heading], &["Income", "Spent", "Saved"])}
                            <tbody>{rows}</tbody>
                        </TableFrame>
                    </details>
                </Card>
            }
        })
        .into_any()
}

fn name(period: Period, part: Part) -> String {
    let pattern = match part {
        Part::Day => "%-d %b",
        Part::Month => "%b %Y",
        Part::Year => "%Y",
    };
    period.start.format(pattern).to_string()
}

fn row(report: &Report, period: Period, flows: Flows) -> impl IntoView + use<> {
    let name = name(period, report.part);
    let cell = |minor, what: &str, filter| amount(report, minor, filter, format!("{what}, {name}"));
    view! {
        <tr>
            <th scope="row">{name.clone()}</th>
            {cell(flows.income, "Income", Filter::of_kind(Kind::Income, period))}
            {cell(flows.expenses, "Spent", Filter::of_kind(Kind::Expense, period))}
            {cell(flows.saved(), "Saved", Filter::within(period))}
        </tr>
    }
}

/// Two bars for each part, ten units wide together with the space around them, and the line of what was saved up to a
/// day: of parts that have not come nothing is saved yet.
fn picture(parts: &[(Period, Flows)], net_until: Option<NaiveDate>) -> impl IntoView + use<> {
    let of = |flows: &Flows| [flows.income, flows.expenses, if net_until.is_some() { flows.saved() } else { 0 }];
    let scale = Scale::of(parts.iter().flat_map(|(_, flows)| of(flows)));
    let ground = scale.at(0);
    let bars = parts
        .iter()
        .enumerate()
        .flat_map(|(at, (_, flows))| [(at * 10 + 1, "bar-income", flows.income), (at * 10 + 5, "bar-spending", flows.expenses)])
        .filter(|(_, _, minor)| *minor > 0)
        .map(|(x, class, minor)| {
            let height = (ground - scale.at(minor)).max(4);
            view! { <rect class=class x=x.to_string() y=(ground - height).to_string() width="4" height=height.to_string()></rect> }
        })
        .collect_view();
    let width = parts.len() * 10;
    let net = net_until.map(|until| {
        let points: Vec<String> = parts
            .iter()
            .take_while(|(period, _)| period.start <= until)
            .enumerate()
            .map(|(at, (_, flows))| format!("{},{}", at * 10 + 5, scale.at(flows.saved())))
            .collect();
        let ground = ground.to_string();
        view! {
            <line class="picture-zero" x1="0" x2=width.to_string() y1=ground.clone() y2=ground></line>
            <polyline class="bar-net" points=points.join(" ")></polyline>
        }
    });
    view! {
        <svg class="picture-bars" viewBox=format!("0 0 {width} {TOP}") preserveAspectRatio="none" aria-hidden="true">
            {bars} {net}
        </svg>
    }
}
