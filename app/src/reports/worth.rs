//! What all accounts held together, over the twelve months up to the end of the period, and each at its end.

use chrono::NaiveDate;
use leptos::prelude::*;

use ledger::filter::Filter;
use ledger::report::{HeldLine, Report, ReportChoice, Step};
use ledger::{Book, Currency, Money};

use super::pictures::{Scale, TOP, framed, places};
use super::sums::amount;
use crate::layout::me;
use crate::ui::{Card, CellLink, TableFrame, money_cell, table_head};

#[component]
pub(super) fn Worth(book: Signal<Book>, report: StoredValue<Report>) -> impl IntoView {
    let points = report.with_value(|report| report.worth.clone());
    let home = report.with_value(|report| report.home);
    view! {
        <div id="net-worth" class="report-worth">
            <Card title="Net worth" testid="report-worth">
                <WorthPicture points home/>
                <Held book report/>
            </Card>
        </div>
    }
    .into_any()
}

/// The line and its table. Each amount leads to the report of its month, which says what each account held.
#[component]
pub fn WorthPicture(
    /// Days, and what was held at the end of each in minor units.
    points: Vec<(NaiveDate, i64)>,
    home: Currency,
) -> impl IntoView {
    let format = me().format();
    let week_start = me().week_start;
    let row = |(end, minor): &(NaiveDate, i64)| {
        let (day, text) = (end.format("%-d %B %Y").to_string(), format.money(Money::new(*minor, home)));
        let href = format!("{}#net-worth", ReportChoice::of(Step::Month, *end, week_start).url());
        let link = CellLink { href, words: format!("Net worth, {day}: {text}") };
        view! {
            <tr>
                <th scope="row">{day}</th>
                {money_cell("Net worth", *minor, text, Some(link))}
            </tr>
        }
    };
    let rows = points.iter().map(row).collect_view();
    let picture = picture(&points, home);
    view! {
        <figure class="picture">{picture}</figure>
        <details class="chart-table">
            <summary>"Show as table"</summary>
            <TableFrame label="Net worth at the end of each month">
                {table_head(&["End of"], &["Net worth"])}
                <tbody>{rows}</tbody>
            </TableFrame>
        </details>
    }
    .into_any()
}

/// How net worth is made up: before the period, opening balances included, what the period did, and at its end.
#[component]
fn Held(book: Signal<Book>, report: StoredValue<Report>) -> impl IntoView {
    let rows =
        move || report.with_value(|report| report.held.iter().map(|line| held_row(report, book, *line)).collect_view());
    let is_empty = report.with_value(|report| report.held.is_empty());
    (!is_empty)
        .then(|| {
            view! {
                <TableFrame label="What each account held">
                    {table_head(&["Held in"], &["Before", "In the period", "At the end"])}
                    <tbody>{rows}</tbody>
                </TableFrame>
            }
        })
        .into_any()
}

fn held_row(report: &Report, book: Signal<Book>, line: HeldLine) -> impl IntoView + use<> {
    let name = book.with(|book| book.account_name(line.account).to_owned());
    let money = |minor: i64| me().format().money(report.money(minor));
    let behind = Filter { account: Some(line.account), ..Filter::within(report.choice.period) };
    let change = line.after.saturating_sub(line.before);
    view! {
        <tr>
            <th scope="row">{name.clone()}</th>
            {money_cell("Before", line.before, money(line.before), None)}
            {amount(report, "In the period", change, &behind, &format!("In the period, {name}"))}
            {money_cell("At the end", line.after, money(line.after), None)}
        </tr>
    }
}

/// A line with the level of nothing below it, points a hundred units apart.
fn picture(points: &[(NaiveDate, i64)], home: Currency) -> impl IntoView + use<> {
    let scale = Scale::of(points.iter().map(|(_, minor)| *minor));
    let line: Vec<String> =
        points.iter().enumerate().map(|(at, (_, minor))| format!("{},{}", at * 100, scale.at(*minor))).collect();
    let last = points.len().saturating_sub(1).max(1);
    let (width, nothing) = ((last * 100).to_string(), scale.at(0).to_string());
    let name = |at: usize| points.get(at).map(|(end, _)| end.format("%-d %b %Y").to_string()).unwrap_or_default();
    let places = places(points.len(), name, |at| i64::try_from(at * 1000 / last).unwrap_or_default());
    let drawn = view! {
        <svg class="picture-line" viewBox=format!("0 0 {width} {TOP}") preserveAspectRatio="none">
            <line class="picture-zero" x1="0" x2=width.clone() y1=nothing.clone() y2=nothing></line>
            <polyline points=line.join(" ")></polyline>
        </svg>
    };
    framed(scale, home, places, drawn)
}
