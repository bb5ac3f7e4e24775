//! The two calendars: what falls due in a month, and how much was spent on each day.

use chrono::{Datelike, NaiveDate, Weekday};
use leptos::prelude::*;

use ledger::period::Period;
use ledger::report::calendar;
use ledger::{Currency, NumberFormat};

use crate::reports::heat_month;
use crate::ui::{Badge, Card, Tone};

/// Its days are always the same, so that its picture is.
const MONTH: Option<NaiveDate> = NaiveDate::from_ymd_opt(2026, 11, 1);
const TODAY: u32 = 18;

/// Day, name, amount and state.
const DUES: [(u32, &str, &str, Tone, &str); 5] = [
    (3, "Rent", "₹18,000.00", Tone::Good, "Paid"),
    (12, "Magazine", "₹240.00", Tone::Neutral, "Skipped"),
    (16, "Internet", "₹999.00", Tone::Over, "2 days late"),
    (18, "Electricity", "about ₹1,450.00", Tone::Near, "Due today"),
    (18, "Insurance", "₹9,99,99,99,999.99", Tone::Info, "Upcoming"),
];

#[component]
pub(super) fn Calendars() -> impl IntoView {
    let Some(first) = MONTH else { return ().into_any() };
    view! {
        <Card title="Calendars" testid="guide-calendars">
            {bills(first)}
            {heat(first)}
        </Card>
    }
    .into_any()
}

fn bills(first: NaiveDate) -> impl IntoView {
    let start = Period::week_of(first, Weekday::Mon).start;
    let names = start.iter_days().take(7).map(|day| {
        view! { <th scope="col"><abbr title=day.format("%A").to_string()>{day.format("%a").to_string()}</abbr></th> }
    });
    let days: Vec<NaiveDate> = start.iter_days().take(42).collect();
    let weeks = days.chunks(7).map(|week| {
        let days = week.iter().map(|day| due_day(*day, day.month() == first.month())).collect_view();
        view! { <tr>{days}</tr> }
    });
    view! {
        <table class="calendar">
            <caption>{first.format("%B %Y").to_string()}</caption>
            <thead><tr>{names.collect_view()}</tr></thead>
            <tbody>{weeks.collect_view()}</tbody>
        </table>
    }
}

fn due_day(day: NaiveDate, inside: bool) -> AnyView {
    let dues: Vec<_> = DUES.iter().filter(|due| inside && due.0 == day.day()).collect();
    let is_empty = dues.is_empty();
    if !inside {
        return view! { <td class="calendar-day" data-empty="true"></td> }.into_any();
    }
    let items = dues.into_iter().map(|(_, name, amount, tone, word)| {
        view! {
            <li><a href="/styleguide">{*name}</a> <span class="num">{*amount}</span> <Badge tone=*tone>{*word}</Badge></li>
        }
    });
    view! {
        <td
            class="calendar-day"
            data-empty=is_empty.then_some("true")
            aria-current=(day.day() == TODAY).then_some("date")
        >
            <time datetime=day.to_string()>
                <span class="calendar-long">{day.format("%a ").to_string()}</span>
                {day.day()}
                <span class="calendar-long">{day.format(" %b").to_string()}</span>
            </time>
            {(!is_empty).then(|| view! { <ul>{items.collect_view()}</ul> })}
        </td>
    }
    .into_any()
}

/// Every warmth, and days on which nothing was spent.
fn heat(first: NaiveDate) -> impl IntoView {
    let days: Vec<(NaiveDate, i64)> = first.iter_days().take(30).zip((0..).map(|day| day % 6 * 40_000)).collect();
    let format = NumberFormat::of("en-IN");
    let months = calendar(&days, Weekday::Mon);
    let months = months.iter().map(|month| heat_month(month, Currency::INR, Weekday::Mon, format)).collect_view();
    view! { <div class="heat-months">{months}</div> }
}
