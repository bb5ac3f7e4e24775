//! One account in the list.

use leptos::prelude::*;

use ledger::accounts::{Account, AccountKind};
use ledger::{Command, Money};

use super::api::ArchiveAccount;
use crate::book::ArchiveButton;
use crate::layout::me;
use crate::ui::{ButtonKind, GoButton, Icon};

#[component]
pub(super) fn AccountRow(account: Account, balance: Money) -> impl IntoView {
    let detail = format!("/accounts/{}", account.id);
    let edit = format!("/accounts/{}/edit", account.id);
    view! {
        <li class="list-row account" data-testid="account">
            <span class="account-icon"><Icon name=icon_of(account.kind)/></span>
            <span class="account-words">
                <a class="account-name" href=detail>{account.name.clone()}</a>
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
                <ArchiveButton
                    action={ServerAction::<ArchiveAccount>::new()}
                    id=account.id.to_string()
                    archived=account.archived
                    command=Command::ArchiveAccount { id: account.id, archived: !account.archived }
                    name=account.name
                />
            </div>
        </li>
    }
    .into_any()
}

pub(super) fn icon_of(kind: AccountKind) -> &'static str {
    match kind {
        AccountKind::Cash => "banknote",
        AccountKind::Bank => "landmark",
        AccountKind::Card => "credit-card",
        AccountKind::Wallet => "wallet",
    }
}
