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
    let soon = move |days: u64| Memo::new(move |_| book.with(|book| Soon::of(book, after(today, days), today)));
    let (week, month) = (soon(7), soon(30));
    let worth = Memo::new(move |_| book.with(|book| book.net_worth(today)));
    let text = move |soon: Memo<Soon>| Signal::derive(move || soon.with(|soon| format.money(soon.home)));
    let minor = move |soon: Memo<Soon>| Signal::derive(move || soon.with(|soon| soon.home.minor));
    let of_week = Signal::derive(move || {
        let left = format!("leaves {}", format.money(week.with(|week| week.left)));
        [week.with(|week| words_with("and", &week.others, format)), Some(left)]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" · ")
    });
    let of_month =
        Signal::derive(move || month.with(|month| words_with("and", &month.others, format)).unwrap_or_default());
    let of = Signal::derive(move || {
        let of = format!("of {} in your accounts", format.money(worth.get()));
        match month.with(|month| words_with("without", &month.unrated, format)) {
            Some(without) => format!("{of}, {without}: no rate is known"),
            None => of,
        }
    });
    let tone =
        Signal::derive(move || if month.with(|month| month.left.minor) < 0 { Tone::Over } else { Tone::Neutral });
    view! {
        <section class="grid-figures" aria-label="What is due soon">
            <Figure label="Due in 7 days" testid="figure-due-7" text=text(week) minor=minor(week) note=of_week/>
            <Figure label="Due in 30 days" testid="figure-due-30" text=text(month) minor=minor(month) note=of_month/>
            <Figure
                label="Left after 30 days of bills"
                testid="figure-left-after-bills"
                text=Signal::derive(move || month.with(|month| format.money(month.left)))
                minor=Signal::derive(move || month.with(|month| month.left.minor))
                note=of
                tone
            />
        </section>
    }
    .into_any()
}

/// What is due up to a day.
#[derive(Clone, PartialEq)]
struct Soon {
    /// In the home currency.
    home: Money,
    others: Vec<Money>,
    /// Those of them that have no rate.
    unrated: Vec<Money>,
    /// What the accounts would then hold, but for what has no rate.
    left: Money,
}

impl Soon {
    fn of(book: &Book, last: NaiveDate, today: NaiveDate) -> Self {
        let mut others = book.sum_due(last);
        let home = others.remove(0);
        let (due, unrated) = book.sum_due_at_home(last, today);
        let worth = book.net_worth(today);
        let left = Money::new(worth.minor.saturating_sub(due.minor), worth.currency);
        Self { home, others, unrated, left }
    }
}

fn after(today: NaiveDate, days: u64) -> NaiveDate {
    today.checked_add_days(Days::new(days)).unwrap_or(today)
}

/// "and $20.00": what is due in other currencies.
fn words_with(word: &str, sums: &[Money], format: NumberFormat) -> Option<String> {
    let sums: Vec<String> = sums.iter().map(|sum| format.money(*sum)).collect();
    (!sums.is_empty()).then(|| format!("{word} {}", sums.join(", ")))
}
