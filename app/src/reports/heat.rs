//! Spending by day on a calendar: the warmer, the more was spent. Each day leads to its records.

use chrono::{Datelike, Weekday};
use leptos::prelude::*;

use ledger::NumberFormat;
use ledger::filter::Filter;
use ledger::period::Period;
use ledger::records::Kind;
use ledger::report::{HeatDay, HeatMonth, Report, calendar};

use crate::layout::me;
use crate::ui::Card;

/// Fewer days need no map.
const LEAST: usize = 7;

#[component]
pub(super) fn Heat(report: StoredValue<Report>, week_start: Weekday) -> impl IntoView {
    let format = me().format();
    report
        .with_value(|report| {
            (report.days.len() >= LEAST).then(|| {
                let months = calendar(&report.days, week_start);
                let months = months.iter().map(|month| month_view(report, month, week_start, format)).collect_view();
                view! {
                    <Card title="Spending on the calendar" testid="report-heat">
                        <div class="heat-months">{months}</div>
                    </Card>
                }
            })
        })
        .into_any()
}

fn month_view(report: &Report, month: &HeatMonth, week_start: Weekday, format: NumberFormat) -> impl IntoView + use<> {
    let names = std::iter::successors(Some(week_start), |day| Some(day.succ())).take(7);
    let head = names.map(|day| view! { <th scope="col">{day.to_string()}</th> }).collect_view();
    let cell = |day: &Option<HeatDay>| match day {
        Some(day) => day_view(report, *day, format).into_any(),
        None => view! { <td></td> }.into_any(),
    };
    let weeks = month.weeks.iter().map(|week| view! { <tr>{week.iter().map(cell).collect_view()}</tr> }).collect_view();
    view! {
        <table class="heat">
            <caption>{month.first.format("%B %Y").to_string()}</caption>
            <thead><tr>{head}</tr></thead>
            <tbody>{weeks}</tbody>
        </table>
    }
}

fn day_view(report: &Report, day: HeatDay, format: NumberFormat) -> impl IntoView + use<> {
    let number = day.day.day();
    let inside = if day.minor == 0 {
        view! { <span>{number}</span> }.into_any()
    } else {
        let words = format!("{}: {}", day.day.format("%-d %B"), format.money(report.money(day.minor)));
        let href = Filter::of_kind(Kind::Expense, Period::day(day.day)).url();
        view! { <a href=href aria-label=words.clone() title=words>{number}</a> }.into_any()
    };
    view! { <td data-level=day.level.to_string() data-minor=day.minor.to_string()>{inside}</td> }
}
