//! The budgets at a glance, for the dashboard.

use leptos::prelude::*;

use ledger::Book;
use ledger::budgets::Budget;

use super::progress::BudgetProgress;
use crate::layout::me;
use crate::roles::may_open;
use crate::ui::Card;

#[component]
pub fn BudgetSummary(book: Signal<Book>) -> impl IntoView {
    let today = me().today;
    let current = move |book: &Book| -> Vec<Budget> {
        let shown = |budget: &&Budget| !budget.is_over(today) && book.holds_spending_of(budget, today);
        book.budgets.values().filter(shown).cloned().collect()
    };
    let budgets = Memo::new(move |_| book.with(current));
    view! {
        <Card title="Budgets">
            <Show
                when=move || budgets.with(|budgets| !budgets.is_empty())
                fallback=|| view! {
                    <p class="muted">
                        {if may_open("/budgets/new") {
                            view! { <a href="/budgets/new">"Set a monthly budget"</a> " and see each day what is left." }.into_any()
                        } else {
                            "None is set in this book.".into_any()
                        }}
                    </p>
                }
            >
                <div class="budget-summary">
                    <For each=move || budgets.get() key=|budget| (budget.id, budget.revision) let:budget>
                        <section class="budget">
                            <h3 class="budget-name">{budget.name.clone()}</h3>
                            <BudgetProgress book budget/>
                        </section>
                    </For>
                </div>
                <p class="card-more"><a class="reach" href="/budgets">"All budgets"</a></p>
            </Show>
        </Card>
    }
    .into_any()
}
