//! One budget on its page.

use leptos::prelude::*;

use ledger::budgets::Budget;
use ledger::id::BudgetId;
use ledger::{Book, Command};

use super::api::{BudgetChoice, DeleteBudget, RestoreBudget};
use super::parts::BudgetParts;
use super::progress::BudgetProgress;
use super::words::scope;
use crate::book::{Beside, DeleteButton, Part};
use crate::layout::me;
use crate::ui::{ButtonKind, Card, GoButton};

#[component]
pub(super) fn BudgetCard(book: Signal<Book>, budget: Budget) -> impl IntoView {
    let (beside, id) = (Beside::<BudgetId>::here(), budget.id);
    let edit = form_page(id);
    let on_edit = Callback::new(move |()| beside.open(Part::Form, id, &form_page(id)));
    let history = format!("/budgets/{}", budget.id);
    let (known, held, today) = (budget.clone(), budget.clone(), me().today);
    let is_held = Memo::new(move |_| book.with(|book| book.holds_spending_of(&held, today)));
    let name = budget.name.clone();
    let about = move || book.with(|book| scope(&known, book));
    view! {
        <li class:is-chosen=move || beside.shows(id) on:focus=move |_| beside.follow(id)>
        <Card testid="budget">
            <div class="budget-head">
                <div>
                    <h2 class="budget-name">
                        <a class="reach" href=history.clone() on:click=move |event| beside.follow_link(&event, id)>{name.clone()}</a>
                    </h2>
                    <p class="muted small">{about}</p>
                </div>
                <div class="budget-actions">
                    <GoButton href=edit label="Edit" kind=ButtonKind::Quiet icon="pencil" on_click=on_edit/>
                    <DeleteButton
                        action={ServerAction::<DeleteBudget>::new()}
                        id=id.to_string()
                        name
                        delete=Command::DeleteBudget(id)
                        restore=(Command::RestoreBudget(id), RestoreBudget { form: BudgetChoice { id: id.to_string() } })
                    />
                </div>
            </div>
            <Show when=move || is_held.get() fallback=move || view! {
                <p class="card-more"><a class="reach" href=history.clone() on:click=move |event| beside.follow_link(&event, id)>"See how it went"</a></p>
            }>
                <BudgetProgress book budget=budget.clone()/>
                <BudgetParts book budget=budget.clone()/>
            </Show>
        </Card>
        </li>
    }
    .into_any()
}

/// Where a budget is edited.
pub(super) fn form_page(id: BudgetId) -> String {
    format!("/budgets/{id}/edit")
}
