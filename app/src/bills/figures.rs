//! What is due soon, against the money that is there.

use chrono::{Days, NaiveDate};
use leptos::prelude::*;

use ledger::{Book, Money, NumberFormat};

use crate::layout::me;
use crate::ui::{Figure, Tone};

/// Due in 7 and in 30 days, overdue bills included, and what the accounts would then still hold.
#[component]
pub(super) fn DueFigures(book: Signal<Book>) -> impl IntoView {
    let me = me();
    let (format, today) = (me.format(), me.today);
    let sums = move |days: u64| Memo::new(move |_| book.with(|book| book.sum_due(after(today, days))));
    let (week, month) = (sums(7), sums(30));
    let worth = Memo::new(move |_| book.with(|book| book.net_worth(today)));
    let home = |sums: Memo<Vec<Money>>| sums.with(|sums| sums.first().copied());
    let left = Memo::new(move |_| {
        let due = home(month).map_or(0, |due| due.minor);
        Money::new(worth.get().minor.saturating_sub(due), worth.get().currency)
    });
    let text = move |sums: Memo<Vec<Money>>| {
        Signal::derive(move || home(sums).map(|due| format.money(due)).unwrap_or_default())
    };
    let minor = move |sums: Memo<Vec<Money>>| Signal::derive(move || home(sums).map_or(0, |due| due.minor));
    let others = move |sums: Memo<Vec<Money>>| Signal::derive(move || sums.with(|sums| others(sums, format)));
    let of = Signal::derive(move || format!("of {} in your accounts", format.money(worth.get())));
    let tone = Signal::derive(move || if left.get().minor < 0 { Tone::Over } else { Tone::Neutral });
    view! {
        <section class="grid-figures" aria-label="What is due soon">
            <Figure label="Due in 7 days" testid="figure-due-7" text=text(week) minor=minor(week) note=others(week)/>
            <Figure label="Due in 30 days" testid="figure-due-30" text=text(month) minor=minor(month) note=others(month)/>
            <Figure
                label="Left after 30 days of bills"
                testid="figure-left-after-bills"
                text=Signal::derive(move || format.money(left.get()))
                minor=Signal::derive(move || left.get().minor)
                note=of
                tone
            />
        </section>
    }
    .into_any()
}

fn after(today: NaiveDate, days: u64) -> NaiveDate {
    today.checked_add_days(Days::new(days)).unwrap_or(today)
}

/// "and $20.00": what is due in other currencies.
fn others(sums: &[Money], format: NumberFormat) -> String {
    let others: Vec<String> = sums.iter().skip(1).map(|sum| format.money(*sum)).collect();
    if others.is_empty() { String::new() } else { format!("and {}", others.join(", ")) }
}
