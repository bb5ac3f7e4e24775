//! The categories while they are put in order.

use leptos::prelude::*;

use ledger::Book;
use ledger::records::Kind;

use super::api::MoveCategory;
use super::row::{icon_of, tint_of};
use crate::book::{OrderLine, OrderList};
use crate::ui::Card;

#[component]
pub(super) fn CategoryOrder(book: Signal<Book>, kind: Kind, title: &'static str) -> impl IntoView {
    let lines = Signal::derive(move || book.with(|book| lines_of(book, kind)));
    view! {
        <Card title>
            <OrderList lines call={|form| MoveCategory { form }}/>
        </Card>
    }
    .into_any()
}

fn lines_of(book: &Book, kind: Kind) -> Vec<OrderLine> {
    let tree = book.category_tree(kind).into_iter().filter(|(_, category)| !category.archived);
    tree.map(|(depth, category)| {
        let beside = book.categories_beside(category);
        OrderLine {
            id: category.id.to_string(),
            name: category.name.clone(),
            icon: icon_of(category),
            tint: tint_of(category),
            depth,
            group: category.parent.map(|id| id.to_string()).unwrap_or_default(),
            place: beside.iter().position(|id| *id == category.id).unwrap_or_default(),
            count: beside.len(),
        }
    })
    .collect()
}
