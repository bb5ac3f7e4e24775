//! One account in the list.

use leptos::prelude::*;

use ledger::accounts::{Account, AccountKind};
use ledger::id::AccountId;
use ledger::{Command, Money};

use super::api::ArchiveAccount;
use crate::book::{ArchiveButton, Beside, Part};
use crate::layout::me;
use crate::ui::{ButtonKind, GoButton, Icon};

#[component]
pub(super) fn AccountRow(account: Account, balance: Money) -> impl IntoView {
    let (beside, id) = (Beside::<AccountId>::here(), account.id);
    let edit = form_page(id);
    let on_edit = Callback::new(move |()| beside.open(Part::Form, id, &form_page(id)));
    view! {
        <li
            class="list-row account"
            class:is-chosen=move || beside.shows(id)
            on:focus=move |_| beside.follow(id)
            data-testid="account"
        >
            <span class="account-icon"><Icon name=icon_of(account.kind)/></span>
            <span class="account-words">
                <a
                    class="account-name reach"
                    href=format!("/accounts/{id}")
                    on:click=move |event| beside.follow_link(&event, id)
                >
                    {account.name.clone()}
                </a>
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
                <GoButton href=edit label="Edit" kind=ButtonKind::Quiet icon="pencil" on_click=on_edit/>
                <ArchiveButton
                    action={ServerAction::<ArchiveAccount>::new()}
                    id=account.id
                    archived=account.archived
                    command=|id, archived| Command::ArchiveAccount { id, archived }
                    name=account.name
                />
            </div>
        </li>
    }
    .into_any()
}

/// Where an account is edited.
pub(super) fn form_page(id: AccountId) -> String {
    format!("/accounts/{id}/edit")
}

pub(super) fn icon_of(kind: AccountKind) -> &'static str {
    match kind {
        AccountKind::Cash => "banknote",
        AccountKind::Bank => "landmark",
        AccountKind::Card => "credit-card",
        AccountKind::Wallet => "wallet",
    }
}
