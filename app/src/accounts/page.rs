//! `/accounts`, and with `?order=on` the same to be put in order.

use chrono::NaiveDate;
use leptos::prelude::*;

use ledger::accounts::Account;
use ledger::id::AccountId;
use ledger::rates::DayRate;
use ledger::{Book, Currency, Money, NumberFormat};

use super::detail::AccountDetails;
use super::form::{AccountFormView, form_of};
use super::order::AccountOrder;
use super::row::{AccountRow, form_page};
use crate::book::{Beside, BesideList, Part, WithBook};
use crate::layout::{me, today};
use crate::roles::may_call;
use crate::ui::{ButtonKind, ButtonLink, Card, Figure, FigureSize, GoButton, PageHead, query_here};

#[component]
pub fn AccountsPage() -> impl IntoView {
    let (query, beside) = (query_here(), Beside::<AccountId>::provide());
    let ordering = Memo::new(move |_| query.read().get("order").is_some());
    view! {
        <PageHead title="Accounts" lead="Where your money is. Each balance is the exact sum of its records.">
            {move || if ordering.get() {
                view! { <ButtonLink href="/accounts" kind=ButtonKind::Primary icon="check">"Done"</ButtonLink> }.into_any()
            } else {
                may_call("move_account").then(|| view! {
                    <ButtonLink href="/accounts?order=on" kind=ButtonKind::Quiet icon="list">"Change order"</ButtonLink>
                }).into_any()
            }}
            <GoButton href="/accounts/new" label="Add account" kind=ButtonKind::Primary icon="plus">
                "Add account"
            </GoButton>
        </PageHead>
        <WithBook children={move |book: Signal<Book>| {
            let archived = Memo::new(move |_| rows(book, |account| account.archived));
            view! {
                <div class="accounts">
                    <NetWorth book/>
                    <Show when=move || ordering.get() fallback=move || view! { <AllAccounts book archived/> }>
                        <AccountOrder book/>
                    </Show>
                </div>
            }
        }}/>
        <BesideList
            beside
            name=|book, id| book.accounts.get(&id).map(|account| account.name.clone())
            form_title="Edit account"
            form_page
            children={|book: Signal<Book>, part, id| beside_list(book, part, id)}
        />
    }
    .into_any()
}

fn beside_list(book: Signal<Book>, part: Part, id: AccountId) -> Option<AnyView> {
    let account = book.with_untracked(|book| book.accounts.get(&id).cloned())?;
    Some(match part {
        Part::Details => view! { <AccountDetails book id/> }.into_any(),
        Part::Form => {
            let start = form_of(&account, me().format());
            view! { <AccountFormView book start/> }.into_any()
        }
    })
}

/// Those that are open, and behind them the archived ones.
#[component]
fn AllAccounts(book: Signal<Book>, archived: Memo<Vec<(Account, Money)>>) -> impl IntoView {
    view! {
        <Card>
            <AccountRows rows=Signal::derive(move || rows(book, |account| !account.archived))/>
            <Show when=move || archived.with(|archived| !archived.is_empty())>
                <details class="archived">
                    <summary>"Archived (" {move || archived.with(Vec::len)} ")"</summary>
                    <AccountRows rows=archived.into()/>
                </details>
            </Show>
        </Card>
    }
    .into_any()
}

/// Accounts with their balances, in their order.
fn rows(book: Signal<Book>, shown: impl Fn(&Account) -> bool) -> Vec<(Account, Money)> {
    book.with(|book| {
        let accounts = book.accounts_in_order().into_iter().filter(|account| shown(account));
        accounts.map(|account| (account.clone(), book.balance(account))).collect()
    })
}

#[component]
fn AccountRows(rows: Signal<Vec<(Account, Money)>>) -> impl IntoView {
    let key = |(account, balance): &(Account, Money)| (account.id, account.revision, balance.minor);
    view! {
        <ul class="list">
            <For each=move || rows.get() key let:row>
                <AccountRow account=row.0 balance=row.1/>
            </For>
        </ul>
    }
    .into_any()
}

/// By which rate a currency counts: "1 USD = ₹83.25 on 24 Nov 2026".
fn rate_words(book: &Book, currency: Currency, today: NaiveDate, format: NumberFormat) -> String {
    let code = currency.code();
    match book.rate_at(currency, today) {
        Some(DayRate { rate, on }) => {
            format!("1 {code} = {} on {}", format.worth(rate, book.home), on.format("%-d %b %Y"))
        }
        None => format!("{code} is not counted: enter its rate in the settings"),
    }
}

/// All accounts together, in the home currency.
#[component]
fn NetWorth(book: Signal<Book>) -> impl IntoView {
    let (format, today) = (me().format(), today());
    let worth = Memo::new(move |_| book.with(|book| book.net_worth(today.get())));
    let note = move || {
        let words = |book: &Book, currency| rate_words(book, currency, today.get(), format);
        let foreign = book.with(|book| book.foreign().into_iter().map(|one| words(book, one)).collect::<Vec<_>>());
        if foreign.is_empty() { "All accounts together".to_owned() } else { foreign.join(" · ") }
    };
    view! {
        <Figure
            label="Net worth"
            testid="figure-net-worth"
            text=Signal::derive(move || format.money(worth.get()))
            minor=Signal::derive(move || worth.get().minor)
            note=Signal::derive(note)
            size=FigureSize::Hero
        />
    }
    .into_any()
}
