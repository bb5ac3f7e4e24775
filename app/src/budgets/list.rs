//! One budget on its page.

use leptos::prelude::*;

use ledger::budgets::Budget;
use ledger::{Book, Command};

use super::api::{BudgetChoice, DeleteBudget, RestoreBudget};
use super::parts::BudgetParts;
use super::progress::BudgetProgress;
use super::words::scope;
use crate::book::DeleteButton;
use crate::layout::me;
use crate::ui::{ButtonKind, Card, GoButton};

#[component]
pub(super) fn BudgetCard(book: Signal<Book>, budget: Budget) -> impl IntoView {
    let edit = format!("/budgets/{}/edit", budget.id);
    let history = format!("/budgets/{}", budget.id);
    let (known, held, today) = (budget.clone(), budget.clone(), me().today);
    let is_held = Memo::new(move |_| book.with(|book| book.holds_spending_of(&held, today)));
    let (name, id) = (budget.name.clone(), budget.id);
    let about = move || book.with(|book| scope(&known, book));
    view! {
        <Card testid="budget">
            <div class="budget-head">
                <div>
                    <h2 class="budget-name"><a href=history.clone()>{name.clone()}</a></h2>
                    <p class="muted small">{about}</p>
                </div>
                <div class="budget-actions">
                    <GoButton href=edit label="Edit" kind=ButtonKind::Quiet icon="pencil"/>
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
                <p class="card-more"><a href=history.clone()>"See how it went"</a></p>
            }>
                <BudgetProgress book budget=budget.clone()/>
                <BudgetParts book budget=budget.clone()/>
            </Show>
        </Card>
    }
    .into_any()
}
