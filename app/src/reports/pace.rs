//! What was spent up to each day, this period's line over those of others.

use chrono::{Days, NaiveDate};
use leptos::prelude::*;

use ledger::filter::Filter;
use ledger::period::Period;
use ledger::records::Kind;
use ledger::{Currency, Money};

use super::pictures::{Scale, TOP, framed, places};
use crate::layout::me;
use crate::ui::{CellLink, TableFrame, money_cell};

/// Sums up to each day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaceLine {
    pub name: String,
    /// Minor units, from the first day on.
    pub minors: Vec<i64>,
    /// The first day; `None` where the line is of no days that can be looked at.
    pub start: Option<NaiveDate>,
}

/// The looks of the lines in their order.
const LOOKS: [&str; 3] = ["now", "then", "usual"];

/// The first line is the one that matters; at most two others.
#[component]
pub fn PacePicture(
    lines: Vec<PaceLine>,
    home: Currency,
    /// The name of the table, and its `data-testid`.
    label: &'static str,
    testid: &'static str,
) -> impl IntoView {
    let longest = lines.iter().map(|line| line.minors.len()).max().unwrap_or_default();
    let scale = Scale::of(lines.iter().flat_map(|line| line.minors.iter().copied()));
    let drawn = lines.iter().zip(LOOKS).rev().map(|(line, look)| {
        let points = std::iter::once(0).chain(line.minors.iter().copied());
        let points: Vec<String> =
            points.enumerate().map(|(day, minor)| format!("{},{}", day * 10, scale.at(minor))).collect();
        view! { <polyline class=format!("pace-{look}") points=points.join(" ")></polyline> }
    });
    let key = lines.iter().zip(LOOKS).map(|(line, look)| {
        view! { <span class="pace-key"><span class=format!("pace-mark pace-mark-{look}") aria-hidden="true"></span> {line.name.clone()}</span> }
    });
    let days = longest.max(1);
    let middle = |day: usize| i64::try_from((day + 1) * 1000 / days).unwrap_or_default();
    let places = places(longest, |day| format!("Day {}", day + 1), middle);
    let drawn = view! {
        <svg class="picture-pace" viewBox=format!("0 0 {} {TOP}", days * 10) preserveAspectRatio="none">
            {drawn.collect_view()}
        </svg>
    };
    let heads = lines.iter().map(|line| view! { <th scope="col" class="num">{line.name.clone()}</th> }).collect_view();
    let rows = (0..longest).map(|day| row(&lines, day, home)).collect_view();
    view! {
        <figure class="picture">
            {framed(scale, home, places, drawn)}
            <figcaption class="picture-key muted small">{key.collect_view()}</figcaption>
        </figure>
        <details class="chart-table">
            <summary>"Show as table"</summary>
            <div data-testid=testid>
                <TableFrame label=label>
                    <thead><tr><th scope="col">"Day"</th>{heads}</tr></thead>
                    <tbody>{rows}</tbody>
                </TableFrame>
            </div>
        </details>
    }
    .into_any()
}

fn row(lines: &[PaceLine], day: usize, home: Currency) -> impl IntoView + use<> {
    let cells = lines.iter().map(|line| match line.minors.get(day) {
        Some(minor) => cell(line, day, *minor, home),
        None => view! { <td></td> }.into_any(),
    });
    view! { <tr><th scope="row">{day + 1}</th>{cells.collect_view()}</tr> }
}

fn cell(line: &PaceLine, day: usize, minor: i64, home: Currency) -> AnyView {
    let text = me().format().money(Money::new(minor, home));
    let days = Days::new(u64::try_from(day + 1).unwrap_or_default());
    let period = line.start.and_then(|start| Some(Period { start, end: start.checked_add_days(days)? }));
    let behind = period.map(|period| CellLink {
        href: Filter::of_kind(Kind::Expense, period).url(),
        words: format!("{}, up to day {}: {text}", line.name, day + 1),
    });
    money_cell(line.name.as_str(), minor, text, behind)
}
