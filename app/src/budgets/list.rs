//! One budget on its page.

use leptos::prelude::*;

use ledger::budgets::Budget;
use ledger::id::BudgetId;
use ledger::{Book, Changes};

use super::api::{BudgetChoice, DeleteBudget, restore_budget};
use super::parts::BudgetParts;
use super::progress::BudgetProgress;
use super::words::scope;
use crate::book::BookState;
use crate::ui::{ButtonKind, Card, GoButton, PostButton, Toasts, toasts};

#[component]
pub(super) fn BudgetCard(book: Signal<Book>, budget: Budget) -> impl IntoView {
    let edit = format!("/budgets/{}/edit", budget.id);
    let known = budget.clone();
    let about = move || book.with(|book| scope(&known, book));
    view! {
        <Card testid="budget">
            <div class="budget-head">
                <div>
                    <h2 class="budget-name">{budget.name.clone()}</h2>
                    <p class="muted small">{about}</p>
                </div>
                <div class="budget-actions">
                    <GoButton href=edit label="Edit" kind=ButtonKind::Quiet icon="pencil"/>
                    <Delete name=budget.name.clone() id=budget.id/>
                </div>
            </div>
            <BudgetProgress book budget=budget.clone()/>
            <BudgetParts book budget/>
        </Card>
    }
    .into_any()
}

#[component]
fn Delete(name: String, id: BudgetId) -> impl IntoView {
    let (state, toasts) = (BookState::here(), toasts());
    let on_done = Callback::new(move |changes: Changes| {
        state.merge(&changes);
        let _ = toasts.with_undo(format!("Deleted {name}"), move || restore(state, toasts, id));
    });
    let fields = vec![("id".to_owned(), id.to_string())];
    view! {
        <PostButton
            action={ServerAction::<DeleteBudget>::new()}
            label="Delete"
            fields
            kind=ButtonKind::Quiet
            icon="trash"
            on_done/>
    }
    .into_any()
}

fn restore(state: BookState, toasts: Toasts, id: BudgetId) {
    leptos::task::spawn_local(async move {
        match restore_budget(BudgetChoice { id: id.to_string() }).await {
            Ok(changes) => state.merge(&changes),
            Err(error) => toasts.error(&error),
        }
    });
}
