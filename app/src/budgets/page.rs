//! `/budgets`.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use ledger::id::BudgetId;
use ledger::{Book, Changes};

use super::api::RestoreBudget;
use super::list::BudgetCard;
use crate::book::{BookState, WithBook};
use crate::layout::{go, today};
use crate::ui::{ButtonKind, ButtonLink, EmptyState, GoButton, PageHead, PostButton};

#[component]
pub fn BudgetsPage() -> impl IntoView {
    let today = today();
    view! {
        <PageHead title="Budgets" lead="How much you want to spend, and how it is going.">
            <GoButton href="/budgets/new" label="Add budget" kind=ButtonKind::Primary icon="plus">"Add budget"</GoButton>
        </PageHead>
        <UndoNotice/>
        <WithBook children={move |book: Signal<Book>| {
            let budgets = Memo::new(move |_| book.with(|book| book.budgets.values().cloned().collect::<Vec<_>>()));
            // All of it is made anew when the day turns.
            move || {
                today.track();
                view! {
                    <Show
                        when=move || budgets.with(|budgets| !budgets.is_empty())
                        fallback=|| view! { <FirstBudget/> }
                    >
                        <div class="budgets">
                            <For each=move || budgets.get() key=|budget| (budget.id, budget.revision) let:budget>
                                <BudgetCard book budget/>
                            </For>
                        </div>
                    </Show>
                }
            }
        }}/>
    }
    .into_any()
}

/// The plain monthly limit is the one to begin with.
#[component]
fn FirstBudget() -> impl IntoView {
    view! {
        <EmptyState
            icon="target"
            title="No budget yet"
            text="Begin with one limit for the whole month. Expenso tells you each day what is left, and warns you in time."
        >
            <ButtonLink href="/budgets/new" kind=ButtonKind::Primary icon="plus">"Set a monthly limit"</ButtonLink>
        </EmptyState>
    }
    .into_any()
}

/// The way back where no toast could offer it: on the page that follows a post without JavaScript.
#[component]
fn UndoNotice() -> impl IntoView {
    let query = use_query_map();
    let state = BookState::here();
    let on_done = Callback::new(move |changes: Changes| {
        state.merge(&changes);
        go("/budgets");
    });
    move || {
        let deleted = query.read().get("deleted").and_then(|id| id.parse::<BudgetId>().ok());
        deleted.map(|id| {
            let fields = vec![("id".to_owned(), id.to_string())];
            view! {
                <div class="undo-notice" role="status">
                    <span>"Budget deleted."</span>
                    <PostButton action={ServerAction::<RestoreBudget>::new()} label="Undo" fields on_done>"Undo"</PostButton>
                </div>
            }
        })
    }
}
