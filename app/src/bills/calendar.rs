//! `/bills?month=2026-12`: a month with the due days in it; on phones a list by day.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use leptos::prelude::*;

use ledger::Book;
use ledger::bills::{Due, Standing};
use ledger::id::BillId;
use ledger::period::{FIRST_DAY, LAST_DAY, Period};

use super::words::{amount_of, tone_of, word_of};
use crate::book::Beside;
use crate::layout::me;
use crate::ui::{Badge, Card, Tone, query_here};

/// The month that the query asks for.
pub(super) fn month_of(query: &str) -> Option<Period> {
    let first: NaiveDate = format!("{query}-01").parse().ok()?;
    (FIRST_DAY..=LAST_DAY).contains(&first).then(|| Period::month_of(first))
}

/// Where the calendar of a month is.
pub(super) fn path_of(month: NaiveDate) -> String {
    format!("/bills?month={}", month.format("%Y-%m"))
}

#[component]
pub(super) fn BillCalendar(book: Signal<Book>) -> impl IntoView {
    let query = query_here();
    let today = me().today;
    let month = Memo::new(move |_| {
        query.read().get("month").and_then(|month| month_of(&month)).unwrap_or_else(|| Period::month_of(today))
    });
    let dues = Memo::new(move |_| book.with(|book| book.dues_in(month.get(), today)));
    let week_start = Memo::new(move |_| book.with(|book| book.week_start));
    let beside = move |months: i32| {
        let start = month.get().start;
        let step = Months::new(months.unsigned_abs());
        if months < 0 { start.checked_sub_months(step) } else { start.checked_add_months(step) }.unwrap_or(start)
    };
    view! {
        <Card>
            <nav class="calendar-nav" aria-label="Month">
                <a class="button button-quiet" rel="prev" href=move || path_of(beside(-1))>
                    <span class="visually-hidden">"Previous month: "</span>
                    {move || beside(-1).format("%b %Y").to_string()}
                </a>
                <a class="button button-quiet" rel="next" href=move || path_of(beside(1))>
                    <span class="visually-hidden">"Next month: "</span>
                    {move || beside(1).format("%b %Y").to_string()}
                </a>
            </nav>
            {move || view! { <Month month=month.get() dues=dues.get() week_start=week_start.get()/> }}
        </Card>
    }
    .into_any()
}

#[component]
fn Month(month: Period, dues: Vec<Due>, week_start: Weekday) -> impl IntoView {
    let is_empty = dues.is_empty();
    let mut by_day: BTreeMap<NaiveDate, Vec<Due>> = BTreeMap::new();
    for due in dues {
        by_day.entry(due.occurrence.day).or_default().push(due);
    }
    let first = Period::week_of(month.start, week_start).start;
    let weeks =
        (0..6).filter_map(|week| first.checked_add_days(Days::new(7 * week))).take_while(|day| *day < month.end);
    let names = Period::week_of(first, week_start).start.iter_days().take(7).map(|day| {
        view! { <th scope="col"><abbr title=day.format("%A").to_string()>{day.format("%a").to_string()}</abbr></th> }
    });
    let rows = weeks
        .map(|week| {
            let cells = week.iter_days().take(7).map(|day| {
                let inside = month.contains(day);
                view! { <Day day=inside.then_some(day) dues=by_day.remove(&day).unwrap_or_default()/> }
            });
            view! { <tr>{cells.collect_view()}</tr> }
        })
        .collect_view();
    view! {
        <table class="calendar">
            <caption>{month.start.format("%B %Y").to_string()}</caption>
            <thead><tr>{names.collect_view()}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
        {is_empty.then(|| view! { <p class="muted">"Nothing falls due in this month."</p> })}
    }
    .into_any()
}

#[component]
fn Day(
    /// None beside the month.
    day: Option<NaiveDate>,
    dues: Vec<Due>,
) -> impl IntoView {
    let today = me().today;
    let Some(day) = day else { return view! { <td class="calendar-day" data-empty="true"></td> }.into_any() };
    let is_empty = dues.is_empty();
    let items = dues.into_iter().map(|due| view! { <DueItem due/> }).collect_view();
    view! {
        <td
            class="calendar-day"
            data-empty=is_empty.then_some("true")
            aria-current=(day == today).then_some("date")
        >
            <time datetime=day.to_string()>
                <span class="calendar-long">{day.format("%a ").to_string()}</span>
                {day.day()}
                <span class="calendar-long">{day.format(" %b").to_string()}</span>
            </time>
            {(!is_empty).then(|| view! { <ul>{items}</ul> })}
        </td>
    }
    .into_any()
}

#[component]
fn DueItem(due: Due) -> impl IntoView {
    let (tone, word) = match due.standing {
        Standing::Open(status) => (tone_of(status), word_of(status)),
        Standing::Paid => (Tone::Good, "Paid"),
        Standing::Skipped => (Tone::Neutral, "Skipped"),
    };
    let amount = amount_of(&due.occurrence, me().format());
    let (beside, bill) = (Beside::<BillId>::here(), due.occurrence.bill);
    view! {
        <li data-testid="calendar-due">
            <a href=format!("/bills/{bill}") on:click=move |event| beside.follow_link(&event, bill)>{due.name}</a>
            <span class="num">{amount}</span>
            <Badge tone>{word}</Badge>
        </li>
    }
    .into_any()
}
