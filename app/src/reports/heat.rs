//! Spending by day on a calendar: the warmer, the more was spent. Each day leads to its records.

use chrono::{Datelike, NaiveDate, Weekday};
use leptos::prelude::*;

use ledger::filter::Filter;
use ledger::period::Period;
use ledger::records::Kind;
use ledger::report::{HeatDay, HeatMonth, calendar};
use ledger::{Currency, Money, NumberFormat};

use crate::layout::me;
use crate::ui::Card;

/// Fewer days need no map.
const LEAST: usize = 7;

#[component]
pub fn HeatCalendar(
    /// Days that follow each other, and what was spent on each in minor units.
    days: Vec<(NaiveDate, i64)>,
    home: Currency,
    week_start: Memo<Weekday>,
    testid: &'static str,
) -> impl IntoView {
    let format = me().format();
    let enough = days.len() >= LEAST;
    let months = move || {
        let week_start = week_start.get();
        let months = calendar(&days, week_start);
        months.iter().map(|month| heat_month(month, home, week_start, format)).collect_view()
    };
    enough
        .then(|| {
            view! {
                <Card title="Spending on the calendar" testid=testid>
                    <div class="heat-months">{months}</div>
                </Card>
            }
        })
        .into_any()
}

/// A month with its days, each as warm as what was spent on it.
pub fn heat_month(
    month: &HeatMonth,
    home: Currency,
    week_start: Weekday,
    format: NumberFormat,
) -> impl IntoView + use<> {
    let names = std::iter::successors(Some(week_start), |day| Some(day.succ())).take(7);
    let head = names.map(|day| view! { <th scope="col">{day.to_string()}</th> }).collect_view();
    let cell = |day: &Option<HeatDay>| match day {
        Some(day) => day_view(*day, home, format).into_any(),
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

fn day_view(day: HeatDay, home: Currency, format: NumberFormat) -> impl IntoView + use<> {
    let number = day.day.day();
    let inside = if day.minor == 0 {
        view! { <span>{number}</span> }.into_any()
    } else {
        let words = format!("{}: {}", day.day.format("%-d %B"), format.money(Money::new(day.minor, home)));
        let href = Filter::of_kind(Kind::Expense, Period::day(day.day)).url();
        view! { <a href=href aria-label=words.clone() title=words>{number}</a> }.into_any()
    };
    view! { <td data-level=day.level.to_string() data-minor=day.minor.to_string()>{inside}</td> }
}
