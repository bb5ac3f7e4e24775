//! `/accounts`.

use leptos::prelude::*;

use ledger::accounts::Account;
use ledger::{Book, Money};

use super::row::AccountRow;
use crate::book::WithBook;
use crate::layout::me;
use crate::ui::{ButtonKind, Card, Figure, FigureSize, GoButton, PageHead};

#[component]
pub fn AccountsPage() -> impl IntoView {
    view! {
        <PageHead title="Accounts" lead="Where your money is. Each balance is the exact sum of its records.">
            <GoButton href="/accounts/new" label="Add account" kind=ButtonKind::Primary icon="plus">
                "Add account"
            </GoButton>
        </PageHead>
        <WithBook children={move |book: Signal<Book>| {
            let is_open = |account: &Account| !account.archived;
            let archived = Memo::new(move |_| rows(book, |account| account.archived));
            view! {
                <div class="accounts">
                    <NetWorth book/>
                    <Card>
                        <AccountRows rows=Signal::derive(move || rows(book, is_open))/>
                        <Show when=move || archived.with(|archived| !archived.is_empty())>
                            <details class="archived">
                                <summary>"Archived (" {move || archived.with(Vec::len)} ")"</summary>
                                <AccountRows rows=archived.into()/>
                            </details>
                        </Show>
                    </Card>
                </div>
            }
        }}/>
    }
    .into_any()
}

/// Accounts with their balances, oldest first.
fn rows(book: Signal<Book>, shown: impl Fn(&Account) -> bool) -> Vec<(Account, Money)> {
    book.with(|book| {
        let accounts = book.accounts.values().filter(|account| shown(account));
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
