//! One account in the list.

use leptos::prelude::*;

use ledger::accounts::{Account, AccountKind};
use ledger::filter::Filter;
use ledger::{Changes, Money};

use super::api::ArchiveAccount;
use crate::book::BookState;
use crate::layout::me;
use crate::ui::{ButtonKind, GoButton, Icon, PostButton, toasts};

#[component]
pub(super) fn AccountRow(account: Account, balance: Money) -> impl IntoView {
    let behind = Filter { account: Some(account.id), ..Filter::default() };
    let edit = format!("/accounts/{}/edit", account.id);
    view! {
        <li class="list-row account" data-testid="account">
            <span class="account-icon"><Icon name=icon_of(account.kind)/></span>
            <span class="account-words">
                <a class="account-name" href=behind.url()>{account.name.clone()}</a>
                <span class="muted small">{account.kind.label()}</span>
            </span>
            <span
                class="account-balance num"
                data-testid="account-balance"
                data-minor=balance.minor.to_string()
                data-currency=balance.currency.code()
            >
                {me().format().money(balance)}
            </span>
            <div class="account-actions">
                <GoButton href=edit label="Edit" kind=ButtonKind::Quiet icon="pencil"/>
                <Archive id=account.id.to_string() archived=account.archived name=account.name/>
            </div>
        </li>
    }
    .into_any()
}

fn icon_of(kind: AccountKind) -> &'static str {
    match kind {
        AccountKind::Cash => "banknote",
        AccountKind::Bank => "landmark",
        AccountKind::Card => "credit-card",
        AccountKind::Wallet => "wallet",
    }
}

#[component]
fn Archive(id: String, archived: bool, name: String) -> impl IntoView {
    let (state, toasts) = (BookState::here(), toasts());
    let (label, icon, wanted) =
        if archived { ("Unarchive", "archive-restore", "") } else { ("Archive", "archive", "on") };
    let on_done = Callback::new(move |changes: Changes| {
        state.merge(&changes);
        toasts.ok(if archived { format!("{name} is offered again") } else { format!("{name} archived") });
    });
    let fields = vec![("id".to_owned(), id), ("archived".to_owned(), wanted.to_owned())];
    view! {
        <PostButton action={ServerAction::<ArchiveAccount>::new()} label fields kind=ButtonKind::Quiet icon on_done/>
    }
    .into_any()
}
