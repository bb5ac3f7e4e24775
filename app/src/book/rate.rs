//! The rate that an amount of another currency is counted at: the newest one up to its day, or one that is typed.

use chrono::NaiveDate;
use leptos::prelude::*;

use ledger::period::parse_day;
use ledger::rates::{DayRate, Rate, none_known};
use ledger::record_form::rate_day;
use ledger::{Book, Currency, Money, NumberFormat};

use super::api::rate_on_day;
use crate::layout::me;
use crate::ui::{Button, ButtonKind, Field, Hidden, LONG};

#[component]
pub fn RateField(
    book: Signal<Book>,
    /// The currency that is counted in the home currency; `None` while none is.
    currency: Signal<Option<Currency>>,
    /// That of the rate that it begins with.
    first: Option<Currency>,
    /// The rate that is offered: what is typed otherwise is a person's own.
    offered: RwSignal<Option<DayRate>>,
    /// The rate as typed before; empty for the one that is offered.
    #[prop(optional)]
    start: String,
    /// Whether the rate that it begins with stays as long as it is of no later day.
    #[prop(optional)]
    keeps: bool,
    /// The day and the amount, as typed.
    date: RwSignal<String>,
    amount: RwSignal<String>,
) -> impl IntoView {
    let format = me().format();
    let offer = Offer::new(book, offered, keeps.then_some(first).flatten(), start, format);
    let wanted = Memo::new(move |_| Some((currency.get()?, date.with(|date| parse_day(date).ok())?)));
    let shown = StoredValue::new((first, parse_day(&date.get_untracked()).ok()));
    Effect::new(move |_| {
        let Some((currency, day)) = wanted.get() else { return };
        let (of, on) = shown.get_value();
        if (of, on) != (Some(currency), Some(day)) {
            shown.set_value((Some(currency), Some(day)));
            untrack(|| offer.follow(currency, day, of != Some(currency)));
        }
    });
    let home = move || book.with(|book| book.home);
    let unit = move || currency.get().or(first);
    let note = move || match (offer.asked.get(), offered.get()) {
        _ if offer.is_own() => Some("Your own rate".to_owned()),
        (Asked::Going | Asked::Long, _) => Some("Looking up the rate of that day…".to_owned()),
        (Asked::Left, _) => Some("The rate of that day is looked up when you save".to_owned()),
        (Asked::Done, Some(known)) => Some(format!("Rate of {}", known.on.format("%-d %b %Y"))),
        (Asked::Done, None) => unit().map(|currency| none_known(currency, home())),
    };
    let worth = move || {
        let currency = currency.get()?;
        let rate = Rate::parse(&offer.typed.get(), format).ok()?;
        let money = Money::parse(&amount.get(), currency, format).ok()?;
        Some(format!("= {}", format.money(rate.convert(money, home())?)))
    };
    let of_one = move || unit().map(|currency| format!("1 {} in {}", currency.code(), home().code()));
    view! {
        <Hidden name="rate_day" value=Signal::derive(move || offered.get().map(rate_day).unwrap_or_default())/>
        <Field
            label="Exchange rate"
            name="rate"
            inputmode="decimal"
            autocomplete="off"
            value=offer.rate
            on_input=Callback::new(move |text| offer.typed.set(text))
        />
        <p class="record-worth muted small" role="status">
            <span>{of_one}</span>
            <span data-testid="rate-note">{note}</span>
            <strong class="num" data-testid="record-worth">{worth}</strong>
        </p>
        <Show when=move || offer.asked.get() == Asked::Long>
            <Button
                kind=ButtonKind::Plain
                label="Cancel looking up the rate"
                on_click=Callback::new(move |()| offer.leave())
            >
                "Cancel"
            </Button>
        </Show>
    }
    .into_any()
}

/// How the question for the rate of a day stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    /// Answered, or there was nothing to ask.
    Done,
    Going,
    /// It takes so long that it can be stopped.
    Long,
    /// No answer came, or nobody waits for it: the server takes the rate of the day when it saves.
    Left,
}

/// The rate that is offered, and what is typed over it.
#[derive(Clone, Copy)]
struct Offer {
    book: Signal<Book>,
    offered: RwSignal<Option<DayRate>>,
    /// The currency whose rate stays as long as it is of no later day.
    kept: Option<Currency>,
    format: NumberFormat,
    /// What the field is set to, and what it holds.
    rate: RwSignal<String>,
    typed: RwSignal<String>,
    asked: RwSignal<Asked>,
    /// Counts the questions.
    latest: StoredValue<u32>,
}

impl Offer {
    fn new(
        book: Signal<Book>,
        offered: RwSignal<Option<DayRate>>,
        kept: Option<Currency>,
        start: String,
        format: NumberFormat,
    ) -> Self {
        let text = if start.is_empty() { words(offered.get_untracked(), format) } else { start };
        let (rate, typed) = (RwSignal::new(text.clone()), RwSignal::new(text));
        let (asked, latest) = (RwSignal::new(Asked::Done), StoredValue::new(0));
        Self { book, offered, kept, format, rate, typed, asked, latest }
    }

    /// Whether a person typed another one.
    fn is_own(self) -> bool {
        let offered = words(self.offered.get(), self.format);
        self.typed.with(|typed| !typed.trim().is_empty() && *typed != offered)
    }

    /// Offers another rate; what the field holds may stay.
    fn take(self, found: Option<DayRate>, stays: bool) {
        self.offered.set(found);
        if !stays {
            self.rate.set(words(found, self.format));
            self.typed.set(words(found, self.format));
        }
    }

    /// Another day was chosen, or another currency, for which nothing stays of the one before.
    fn follow(self, currency: Currency, day: NaiveDate, is_other: bool) {
        let nth = self.next();
        let kept = self.kept == Some(currency) && !is_other;
        if kept && self.offered.get().is_some_and(|offered| offered.on <= day) {
            return self.asked.set(Asked::Done);
        }
        // The newest one of all is known here.
        let newest = self.book.with(|book| book.newest_rate(currency)).filter(|newest| newest.on <= day);
        if newest.is_some() {
            self.asked.set(Asked::Done);
            return self.take(newest, !is_other && self.is_own());
        }
        if is_other {
            self.take(None, false);
        }
        self.ask(nth, currency, day, kept);
    }

    fn ask(self, nth: u32, currency: Currency, day: NaiveDate, kept: bool) {
        // Answers may overtake each other: only the last question counts.
        let is_last = move || self.latest.try_get_value() == Some(nth);
        self.asked.set(Asked::Going);
        set_timeout(
            move || {
                if is_last() && self.asked.get_untracked() == Asked::Going {
                    self.asked.set(Asked::Long);
                }
            },
            LONG,
        );
        leptos::task::spawn_local(async move {
            let answer = rate_on_day(currency, day).await;
            if !is_last() {
                return;
            }
            self.asked.set(if answer.is_ok() { Asked::Done } else { Asked::Left });
            if let Ok(found) = answer {
                untrack(|| self.take(found, self.is_own() || kept && found.is_none()));
            }
        });
    }

    /// Waits no longer.
    fn leave(self) {
        self.next();
        self.asked.set(Asked::Left);
    }

    fn next(self) -> u32 {
        self.latest.update_value(|latest| *latest += 1);
        self.latest.get_value()
    }
}

fn words(rate: Option<DayRate>, format: NumberFormat) -> String {
    rate.map(|rate| rate.rate.text(format)).unwrap_or_default()
}
