//! When a bill falls due, in words.

use chrono::NaiveDate;
use leptos::either::Either;
use leptos::prelude::*;

use ledger::bills::{Occurrence, Settlement, Status};

use super::words::{day_of, due_words, is_soon, tone_of};
use crate::layout::me;
use crate::ui::{Badge, Tone};

/// The next due day, or how it was settled.
#[component]
pub(super) fn DueDay(next: Option<Occurrence>, status: Status, settled: Option<Settlement>) -> impl IntoView {
    let today = me().today;
    let due = next.map(|next| next.day);
    let day = due.or(settled.as_ref().map(|settled| settled.due));
    let words = match (due, settled) {
        (Some(due), _) => Either::Left(view! { <DueWords due tone=tone_of(status)/> }),
        (None, Some(Settlement { record: None, .. })) => Either::Right(view! { <Badge>"Skipped"</Badge> }),
        (None, _) => Either::Right(view! { <Badge tone=Tone::Good>"Paid"</Badge> }),
    };
    view! {
        <div class="bill-due">
            {day.map(|day| view! { <time datetime=day.to_string()>{day_of(day, today)}</time> })}
            {words}
        </div>
    }
    .into_any()
}

/// What comes soon stands out; the rest is there to be read.
#[component]
fn DueWords(due: NaiveDate, tone: Tone) -> impl IntoView {
    let today = me().today;
    let words = due_words(due, today);
    if is_soon(due, today) {
        Either::Left(view! { <Badge tone>{words}</Badge> })
    } else {
        Either::Right(view! { <span class="muted small">{words}</span> })
    }
}
