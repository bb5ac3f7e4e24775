//! What a record needs besides its amount where another currency is part of it: the rate, and what arrived.

use leptos::prelude::*;

use ledger::accounts::Account;
use ledger::rates::{DayRate, Rate};
use ledger::record_form::{RecordForm, rate_day, read_rate_day};
use ledger::{Book, Currency, Money};

use crate::layout::me;
use crate::ui::{Field, Hidden, MoneyField};

/// The currencies of the accounts that are chosen.
#[derive(Clone, Copy)]
pub(super) struct Chosen {
    pub book: Signal<Book>,
    pub kind: RwSignal<String>,
    pub account: RwSignal<String>,
    pub to_account: RwSignal<String>,
}

impl Chosen {
    /// That of the amount.
    pub fn currency(self) -> Currency {
        self.of(self.account).unwrap_or_else(|| self.book.with(|book| book.home))
    }

    /// Where a transfer arrives in another currency, that one.
    fn reached(self) -> Option<Currency> {
        let to = self.kind.with(|kind| kind == "transfer").then(|| self.of(self.to_account)).flatten();
        to.filter(|to| *to != self.currency())
    }

    /// The currency whose rate is needed: that of the amount, unless one side is in the home currency.
    fn rated(self) -> Option<Currency> {
        let (home, from) = (self.book.with(|book| book.home), self.currency());
        (from != home && self.reached() != Some(home)).then_some(from)
    }

    fn of(self, account: RwSignal<String>) -> Option<Currency> {
        let id = account.with(|id| id.parse().ok())?;
        self.book.with(|book| book.accounts.get(&id).map(Account::currency))
    }
}

#[component]
pub(super) fn Exchange(
    chosen: Chosen,
    start: RecordForm,
    /// As typed.
    amount: RwSignal<String>,
) -> impl IntoView {
    let book = chosen.book;
    let format = me().format();
    let interactive = RwSignal::new(false);
    Effect::new(move |_| interactive.set(true));
    // Without a script nobody knows which account will be chosen: what may be needed is there.
    let any = move || !interactive.get() && book.with(|book| !book.foreign().is_empty());
    let newest = move |currency: Currency| book.with(|book| book.newest_rate(currency));
    let first = untrack(|| chosen.rated().or_else(|| book.with(|book| book.foreign().first().copied())));
    let known = first.and_then(|currency| untrack(|| newest(currency)));
    let of_start = (!start.rate.is_empty()).then(|| (start.rate.clone(), start.rate_day.clone()));
    let words = move |rate: DayRate| (rate.rate.text(format), rate_day(rate));
    let (text, day) = of_start.or_else(|| known.map(words)).unwrap_or_default();
    let (rate, day) = (RwSignal::new(text.clone()), RwSignal::new(day));
    let typed = RwSignal::new(text);
    Effect::new(move |before: Option<Option<Currency>>| {
        let now = chosen.rated();
        if let Some(currency) =
            now.filter(|now| before.is_some_and(|before| before != Some(*now)) && first != Some(*now))
        {
            let (text, of_day) = untrack(|| newest(currency)).map(words).unwrap_or_default();
            rate.set(text.clone());
            typed.set(text);
            day.set(of_day);
        }
        now
    });
    let worth = move || {
        let rated = chosen.rated()?;
        let rate = Rate::parse(&typed.get(), format).ok()?;
        let money = Money::parse(&amount.get(), rated, format).ok()?;
        let home = book.with(|book| book.home);
        Some(format!("= {}", format.money(rate.convert(money, home)?)))
    };
    let of_day = move || {
        let DayRate { rate: known, on } = read_rate_day(&day.get())?;
        let stands = Rate::parse(&typed.get(), format) == Ok(known);
        Some(if stands { format!("Rate of {}", on.format("%-d %b %Y")) } else { "Your own rate".to_owned() })
    };
    let what = move || {
        let home = book.with(|book| book.home.code());
        chosen.rated().or(first).map(|currency| format!("1 {} in {home}", currency.code()))
    };
    view! {
        <div class="record-exchange" class:not-needed=move || chosen.rated().is_none() && !any()>
            <Hidden name="rate_day" value=day />
            <Field
                label="Exchange rate"
                name="rate"
                inputmode="decimal"
                autocomplete="off"
                value=rate
                on_input=Callback::new(move |text| typed.set(text))
            />
            <p class="record-worth muted small" role="status">
                <span>{what}</span>
                <span>{of_day}</span>
                <strong class="num" data-testid="record-worth">{worth}</strong>
            </p>
        </div>
        <div class="record-received" class:not-needed=move || chosen.reached().is_none() && !any()>
            <MoneyField
                label="Received"
                name="received"
                currency=Signal::derive(move || chosen.reached().map(Currency::symbol).unwrap_or_default())
                value=start.received
                hint="What a transfer brings to an account of another currency"
            />
        </div>
    }
    .into_any()
}
