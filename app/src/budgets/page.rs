//! `/budgets`.

use chrono::NaiveDate;
use leptos::prelude::*;

use ledger::budgets::{Budget, BudgetForm};
use ledger::id::BudgetId;
use ledger::{Book, Changes};

use super::api::RestoreBudget;
use super::form::BudgetFormView;
use super::history::BudgetDetails;
use super::list::{BudgetCard, form_page};
use crate::book::{Beside, BesideList, BookState, Part, WithBook};
use crate::layout::{go, me, today};
use crate::roles::may_open;
use crate::ui::{ButtonKind, ButtonLink, EmptyState, GoButton, PageHead, PostButton, Tab, Tabs, query_here};

#[component]
pub fn BudgetsPage() -> impl IntoView {
    let (beside, today) = (Beside::<BudgetId>::provide(), today());
    view! {
        <PageHead title="Budgets" lead="How much you want to spend, and how it is going.">
            <GoButton href="/budgets/new" label="Add budget" kind=ButtonKind::Primary icon="plus">"Add budget"</GoButton>
        </PageHead>
        <BudgetTabs current="/budgets"/>
        <UndoNotice/>
        <WithBook children={move |book: Signal<Book>| {
            let is_empty = Memo::new(move |_| book.with(|book| book.budgets.is_empty()));
            // All of it is made anew when the day turns.
            move || {
                today.track();
                view! {
                    <Show when=move || !is_empty.get() fallback=|| view! { <FirstBudget/> }>
                        <Cards book over=false/>
                        <Ended book/>
                    </Show>
                }
            }
        }}/>
        <BesideList
            beside
            name=|book, id| book.budgets.get(&id).map(|budget| budget.name.clone())
            form_title="Edit budget"
            form_page
            children={|book: Signal<Book>, part, id| beside_list(book, part, id)}
        />
    }
    .into_any()
}

fn beside_list(book: Signal<Book>, part: Part, id: BudgetId) -> Option<AnyView> {
    let budget = book.with_untracked(|book| book.budgets.get(&id).cloned())?;
    Some(match part {
        Part::Details => view! { <BudgetDetails book budget/> }.into_any(),
        Part::Form => {
            let start = BudgetForm::of(&budget, me().format());
            view! { <BudgetFormView book start is_new=false/> }.into_any()
        }
    })
}

/// The two ways to plan.
#[component]
pub fn BudgetTabs(
    /// The `href` of the page that it stands on.
    current: &'static str,
) -> impl IntoView {
    let tab = |label: &str, href: &str| Tab { label: label.to_owned(), href: href.to_owned() };
    let tabs = vec![tab("Limits", "/budgets"), tab("Envelopes", "/budgets/envelopes")];
    view! { <div class="budget-tabs"><Tabs label="Ways to plan" tabs current=current.to_owned()/></div> }.into_any()
}

/// Those whose days are over for good, or all others.
#[component]
fn Cards(book: Signal<Book>, over: bool) -> impl IntoView {
    let today = me().today;
    let budgets = Memo::new(move |_| book.with(|book| some(book, today, over)));
    view! {
        <ul class="budgets">
            <For each=move || budgets.get() key=|budget| (budget.id, budget.revision) let:budget>
                <BudgetCard book budget/>
            </For>
        </ul>
    }
    .into_any()
}

fn some(book: &Book, today: NaiveDate, over: bool) -> Vec<Budget> {
    book.budgets.values().filter(|budget| budget.is_over(today) == over).cloned().collect()
}

#[component]
fn Ended(book: Signal<Book>) -> impl IntoView {
    let today = me().today;
    let any = Memo::new(move |_| book.with(|book| !some(book, today, true).is_empty()));
    view! {
        <Show when=move || any.get()>
            <details class="budgets-ended">
                <summary>"Ended"</summary>
                <Cards book over=true/>
            </details>
        </Show>
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
            text=if may_open("/budgets/new") {
                "Begin with one limit for the whole month. Expenso tells you each day what is left, and warns you in time."
            } else {
                "What the people of this book set shows here, and each day what is left of it."
            }
        >
            <ButtonLink href="/budgets/new" kind=ButtonKind::Primary icon="plus">"Set a monthly limit"</ButtonLink>
        </EmptyState>
    }
    .into_any()
}

/// The way back where no toast could offer it: on the page that follows a post without JavaScript.
#[component]
fn UndoNotice() -> impl IntoView {
    let query = query_here();
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
