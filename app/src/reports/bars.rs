//! Income and spending by day or by month.

use chrono::NaiveDate;
use leptos::prelude::*;

use ledger::filter::Filter;
use ledger::period::Period;
use ledger::records::Kind;
use ledger::report::{Flows, Part, Report};

use super::pictures::{Scale, TOP, framed, places};
use super::sums::amount;
use crate::layout::me;
use crate::ui::{Card, TableFrame, table_head};

#[component]
pub(super) fn Bars(report: StoredValue<Report>) -> impl IntoView {
    report
        .with_value(|report| {
            let title = match report.part {
                Part::Day => "By day",
                Part::Month => "By month",
                Part::Year => "By year",
            };
            let is_open = report.part != Part::Day && report.parts.len() <= 24;
            card(report, title, "report-by-part", report.part, &report.parts, is_open)
        })
        .into_any()
}

/// The months up to a period that is told by day, so that it has them too.
#[component]
pub(super) fn Months(report: StoredValue<Report>) -> impl IntoView {
    report
        .with_value(|report| {
            let months = &report.months;
            (!months.is_empty()).then(|| card(report, "Twelve months", "report-by-month", Part::Month, months, false))
        })
        .into_any()
}

fn card(
    report: &Report,
    title: &'static str,
    testid: &'static str,
    part: Part,
    parts: &[(Period, Flows)],
    is_open: bool,
) -> impl IntoView + use<> {
    let heading = match part {
        Part::Day => "Day",
        Part::Month => "Month",
        Part::Year => "Year",
    };
    // Of single days the line would only jump up and down.
    let net_until = (part != Part::Day).then(|| me().today);
    let rows = parts.iter().map(|(period, flows)| row(report, name(*period, part), *period, *flows)).collect_view();
    let picture = picture(report, part, parts, net_until);
    let net = net_until.map(|_| view! { <span><span class="key-net" aria-hidden="true"></span> "Saved"</span> });
    view! {
        <Card title=title testid=testid>
            <figure class="picture">
                {picture}
                <figcaption class="picture-key muted small">
                    <span><span class="key-income" aria-hidden="true"></span> "Income"</span>
                    <span><span class="key-spending" aria-hidden="true"></span> "Spent"</span>
                    {net}
                </figcaption>
            </figure>
            <details class="chart-table" open=is_open>
                <summary>"Show as table"</summary>
                <TableFrame label=format!("Income and spending, {}", title.to_lowercase())>
                    {table_head(&[heading], &["Income", "Spent", "Saved"])}
                    <tbody>{rows}</tbody>
                </TableFrame>
            </details>
        </Card>
    }
}

fn name(period: Period, part: Part) -> String {
    let pattern = match part {
        Part::Day => "%-d %b",
        Part::Month => "%b %Y",
        Part::Year => "%Y",
    };
    period.start.format(pattern).to_string()
}

fn row(report: &Report, name: String, period: Period, flows: Flows) -> impl IntoView + use<> {
    let cell = |minor, what: &str, filter| amount(report, what, minor, &filter, &format!("{what}, {name}"));
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
fn picture(
    report: &Report,
    part: Part,
    parts: &[(Period, Flows)],
    net_until: Option<NaiveDate>,
) -> impl IntoView + use<> {
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
    let width = parts.len().max(1) * 10;
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
            <polyline class="bar-net-ground" points=points.join(" ")></polyline>
            <polyline class="bar-net" points=points.join(" ")></polyline>
        }
    });
    let middle = |at: usize| i64::try_from((at * 10 + 5) * 1000 / width).unwrap_or_default();
    let places = places(parts.len(), |at| parts.get(at).map(|of| name(of.0, part)).unwrap_or_default(), middle);
    let drawn = view! {
        <svg class="picture-bars" viewBox=format!("0 0 {width} {TOP}") preserveAspectRatio="none">
            {bars} {net}
        </svg>
    };
    framed(scale, report.home, places, drawn)
}
