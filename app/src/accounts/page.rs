//! `/accounts`, and with `?order=on` the same to be put in order.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use ledger::accounts::Account;
use ledger::{Book, Money};

use super::order::AccountOrder;
use super::row::AccountRow;
use crate::book::WithBook;
use crate::layout::me;
use crate::ui::{ButtonKind, ButtonLink, Card, Figure, FigureSize, GoButton, PageHead};

#[component]
pub fn AccountsPage() -> impl IntoView {
    let query = use_query_map();
    let ordering = Memo::new(move |_| query.read().get("order").is_some());
    view! {
        <PageHead title="Accounts" lead="Where your money is. Each balance is the exact sum of its records.">
            {move || if ordering.get() {
                view! { <ButtonLink href="/accounts" kind=ButtonKind::Primary icon="check">"Done"</ButtonLink> }.into_any()
            } else {
                view! { <ButtonLink href="/accounts?order=on" kind=ButtonKind::Quiet icon="list">"Change order"</ButtonLink> }.into_any()
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
    }
    .into_any()
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

/// All accounts of the home currency together.
#[component]
fn NetWorth(book: Signal<Book>) -> impl IntoView {
    let format = me().format();
    let worth = Memo::new(move |_| book.with(Book::net_worth));
    let note = move || {
        let foreign = book.with(|book| book.accounts.values().any(|account| account.currency() != book.home));
        if foreign {
            "Accounts in other currencies are not counted".to_owned()
        } else {
            "All accounts together".to_owned()
        }
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
