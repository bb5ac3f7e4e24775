//! What a record needs besides its amount where another currency is part of it: the rate, and what arrived.

use leptos::prelude::*;

use ledger::accounts::Account;
use ledger::period::parse_day;
use ledger::record_form::{RecordForm, read_rate_day};
use ledger::{Book, Currency};

use crate::book::RateField;
use crate::ui::MoneyField;

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
    /// The day and the amount, as typed.
    date: RwSignal<String>,
    amount: RwSignal<String>,
) -> impl IntoView {
    let book = chosen.book;
    let is_home_only = move || book.with(|book| book.foreign().is_empty());
    let first = untrack(|| chosen.rated().or_else(|| book.with(|book| book.foreign().first().copied())));
    let day = parse_day(&start.date).ok();
    let of_day = || first.zip(day).and_then(|(first, day)| book.with_untracked(|book| book.rate_on(first, day)));
    let offered = if start.rate.is_empty() { of_day() } else { read_rate_day(&start.rate_day) };
    let (offered, keeps, rate) = (RwSignal::new(offered), start.keeps_rate(), start.rate.clone());
    let currency = Signal::derive(move || chosen.rated());
    view! {
        <div class="record-exchange" hidden=is_home_only class:not-needed=move || chosen.rated().is_none()>
            <RateField book currency first offered start=rate keeps date amount />
        </div>
        <div class="record-received" hidden=is_home_only class:not-needed=move || chosen.reached().is_none()>
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
