//! The accounts while they are put in order.

use leptos::prelude::*;

use ledger::Book;

use super::api::MoveAccount;
use super::row::icon_of;
use crate::book::{OrderLine, OrderList};
use crate::ui::Card;

#[component]
pub(super) fn AccountOrder(book: Signal<Book>) -> impl IntoView {
    let lines = Signal::derive(move || book.with(lines_of));
    view! {
        <Card>
            <OrderList lines call={|form| MoveAccount { form }}/>
        </Card>
    }
    .into_any()
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
