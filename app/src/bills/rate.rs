//! The rate that a bill of another currency is paid at: that of the day it is paid on, or one that is typed.

use chrono::NaiveDate;
use leptos::prelude::*;

use ledger::period::parse_day;
use ledger::rates::{DayRate, Rate};
use ledger::record_form::rate_day;
use ledger::{Currency, Money};

use super::api::rate_on_day;
use super::pay::no_rate;
use crate::layout::me;
use crate::ui::{Field, Hidden};

#[component]
pub(super) fn PayRate(
    /// That of the bill, and of the book.
    currency: Currency,
    home: Currency,
    /// The rate of the day, as far as it is known: the check of the form reads it.
    known: RwSignal<Option<DayRate>>,
    /// The day of the payment and its amount, as typed.
    date: RwSignal<String>,
    amount: RwSignal<String>,
) -> impl IntoView {
    let format = me().format();
    let words = move |rate: Option<DayRate>| rate.map(|rate| rate.rate.text(format)).unwrap_or_default();
    let start = words(known.get_untracked());
    let (rate, typed) = (RwSignal::new(start.clone()), RwSignal::new(start));
    let latest = StoredValue::new(0_u32);
    let take = move |found: Option<DayRate>| {
        let is_own = !typed.with_untracked(|typed| typed.trim().is_empty() || *typed == words(known.get_untracked()));
        known.set(found);
        // What a person typed stays.
        if !is_own {
            rate.set(words(found));
            typed.set(words(found));
        }
    };
    let day = Memo::new(move |_| date.with(|date| parse_day(date).ok()));
    Effect::new(move |before: Option<Option<NaiveDate>>| {
        let day = day.get();
        if let Some(asked) = day.filter(|_| before.is_some_and(|before| before != day)) {
            latest.update_value(|latest| *latest += 1);
            let nth = latest.get_value();
            leptos::task::spawn_local(async move {
                let found = rate_on_day(currency, asked).await;
                // Answers may overtake each other: only the last question counts.
                if let (Ok(found), Some(true)) = (found, latest.try_get_value().map(|latest| latest == nth)) {
                    take(found);
                }
            });
        }
        day
    });
    let note = move || match known.get() {
        _ if !typed.with(|typed| *typed == words(known.get())) => "Your own rate".to_owned(),
        Some(known) => format!("Rate of {}", known.on.format("%-d %b %Y")),
        None => no_rate(currency, home),
    };
    let worth = move || {
        let rate = Rate::parse(&typed.get(), format).ok()?;
        let money = Money::parse(&amount.get(), currency, format).ok()?;
        Some(format!("= {}", format.money(rate.convert(money, home)?)))
    };
    let offered = Signal::derive(move || known.get().map(rate_day).unwrap_or_default());
    view! {
        <Hidden name="rate_day" value=offered/>
        <Field
            label="Exchange rate"
            name="rate"
            inputmode="decimal"
            autocomplete="off"
            value=rate
            on_input=Callback::new(move |text| typed.set(text))
        />
        <p class="record-worth muted small" role="status">
            <span>{format!("1 {} in {}", currency.code(), home.code())}</span>
            <span data-testid="rate-note">{note}</span>
            <strong class="num" data-testid="record-worth">{worth}</strong>
        </p>
    }
    .into_any()
}
