//! The categories while they are put in order.

use leptos::prelude::*;

use ledger::id::CategoryId;
use ledger::records::Kind;
use ledger::{Book, Command};

use super::api::MoveCategory;
use super::row::{icon_of, tint_of};
use crate::book::{MoveForm, OrderLine, OrderList};
use crate::error::AppError;
use crate::ui::Card;

#[component]
pub(super) fn CategoryOrder(book: Signal<Book>, kind: Kind, title: &'static str) -> impl IntoView {
    let lines = Signal::derive(move || book.with(|book| lines_of(book, kind)));
    view! {
        <Card title>
            <OrderList lines call={|form| MoveCategory { form }} ordered=ordered/>
        </Card>
    }
    .into_any()
}

/// The order that a move makes.
pub(super) fn ordered(form: &MoveForm, book: &Book) -> Result<Command, AppError> {
    let (id, to) = form.read::<CategoryId>()?;
    let category = book.categories.get(&id).ok_or(AppError::NotFound)?;
    Ok(Command::OrderCategories(ledger::order::moved(&book.categories_beside(category), id, to)))
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
