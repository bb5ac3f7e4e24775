//! The accounts while they are put in order.

use leptos::prelude::*;

use ledger::id::AccountId;
use ledger::{Book, Command};

use super::api::MoveAccount;
use super::row::icon_of;
use crate::book::{MoveForm, OrderLine, OrderList};
use crate::error::AppError;
use crate::ui::Card;

#[component]
pub(super) fn AccountOrder(book: Signal<Book>) -> impl IntoView {
    let lines = Signal::derive(move || book.with(lines_of));
    view! {
        <Card>
            <OrderList lines call={|form| MoveAccount { form }} ordered=ordered/>
        </Card>
    }
    .into_any()
}

/// The order that a move makes.
pub(super) fn ordered(form: &MoveForm, book: &Book) -> Result<Command, AppError> {
    let (id, to) = form.read()?;
    let open: Vec<AccountId> = book.open_accounts().into_iter().map(|account| account.id).collect();
    Ok(Command::OrderAccounts(ledger::order::moved(&open, id, to)))
}

fn lines_of(book: &Book) -> Vec<OrderLine> {
    let open = book.open_accounts();
    let line = |(place, account): (usize, &&ledger::accounts::Account)| OrderLine {
        id: account.id.to_string(),
        name: account.name.clone(),
        icon: icon_of(account.kind).to_owned(),
        tint: String::new(),
        depth: 0,
        group: String::new(),
        place,
        count: open.len(),
    };
    open.iter().enumerate().map(line).collect()
}
