//! The budget form, on a page of its own.

use leptos::either::EitherOf3;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use ledger::budgets::BudgetForm;
use ledger::id::BudgetId;
use ledger::period::Span;
use ledger::records::Kind;
use ledger::{Book, Command};

use super::api::SaveBudget;
use super::counted::{Counted, CountedFields};
use super::fields::{RollOverFields, SpanFields};
use super::suggest::Suggestions;
use crate::book::{BookState, Save, WithBook};
use crate::layout::{NotFoundPage, me};
use crate::ui::form::id_of_new;
use crate::ui::{Card, Checkbox, Choice, Field, Form, Hidden, Leave, MoneyField, MoneySize, PageHead, SubmitRow};

/// `/budgets/new` and `/budgets/:id/edit`.
#[component]
pub fn BudgetPage() -> impl IntoView {
    let edited = use_params_map().with_untracked(|params| params.get("id"));
    // Made once, by the server: the page that is hydrated must hold the same id.
    let id = id_of_new("save_budget");
    view! {
        <WithBook children={move |book: Signal<Book>| {
            let Some(edited) = &edited else {
                let start = book.with_untracked(|book| blank(&id, book));
                return EitherOf3::A(view! {
                    <PageHead title="Add budget" lead="The most that you want to spend in a period."/>
                    <BudgetFormView book start is_new=true/>
                });
            };
            let known = |id: BudgetId| book.with_untracked(|book| book.budgets.get(&id).cloned());
            match edited.parse().ok().and_then(known) {
                Some(budget) => EitherOf3::B(view! {
                    <PageHead title="Edit budget"/>
                    <BudgetFormView book start=BudgetForm::of(&budget, me().format()) is_new=false/>
                }),
                None => EitherOf3::C(view! { <NotFoundPage/> }),
            }
        }}/>
    }
    .into_any()
}

/// The first budget is the plain monthly one.
fn blank(id: &str, book: &Book) -> BudgetForm {
    let name = if book.plain_monthly_budget().is_none() { "Monthly budget" } else { "" };
    BudgetForm {
        id: id.to_owned(),
        name: name.to_owned(),
        period: Span::Month.to_string(),
        counts: "all".to_owned(),
        paid_on: me().today.to_string(),
        first: me().today.to_string(),
        ..BudgetForm::default()
    }
}

#[component]
pub(super) fn BudgetFormView(book: Signal<Book>, start: BudgetForm, is_new: bool) -> impl IntoView {
    let me = me();
    let (state, format, today) = (BookState::here(), me.format(), me.today);
    let id = start.id.parse().unwrap_or(BudgetId::NIL);
    let currency = book.with_untracked(|book| book.budgets.get(&id).map_or(book.home, |budget| budget.limit.currency));
    let read = move |form: &BudgetForm| {
        book.with_untracked(|book| form.parse(id, currency, format, today, book.budgets.get(&id)))
    };
    let check = Callback::new(move |call: SaveBudget| read(&call.form).err().unwrap_or_default());
    let leave = use_context::<Leave>();
    let take = Callback::new(move |call: SaveBudget| {
        let Ok(budget) = read(&call.form) else { return };
        let save = Save {
            name: budget.name.clone(),
            command: Command::SaveBudget(budget),
            done: if is_new { "Budget added" } else { "Budget saved" },
            list: "/budgets",
            form: if is_new { "/budgets/new".to_owned() } else { format!("/budgets/{id}/edit") },
        };
        state.save(call, save, leave);
    });
    let (amount, period) = (RwSignal::new(start.amount), RwSignal::new(start.period.clone()));
    let (first, last) = (RwSignal::new(start.first), RwSignal::new(start.last));
    let days = Signal::derive(move || match period.get() {
        once if once == "once" => format!("{}/{}", first.get(), last.get()),
        period => period,
    });
    let held = start.categories.clone();
    let counted = Counted::new(start.counts, start.categories, start.tag);
    let categories = Signal::derive(move || book.with(|book| categories_of(book, &held)));
    view! {
        <div class="form-card">
            <Card>
                <Form action={ServerAction::<SaveBudget>::new()} label="Budget" check take>
                    <Hidden name="id" value=start.id/>
                    <Hidden name="revision" value=start.revision/>
                    <MoneyField
                        label="Amount"
                        name="amount"
                        currency=currency.symbol()
                        size=MoneySize::Large
                        value=amount
                        on_input=Callback::new(move |typed| amount.set(typed))
                        autofocus=true
                    />
                    <Suggestions
                        book
                        counted
                        period=days
                        on_choose=Callback::new(move |limit| amount.set(limit))
                    />
                    <Field label="Name" name="name" value=start.name maxlength=80/>
                    <SpanFields
                        period=start.period
                        on_period=Callback::new(move |chosen| period.set(chosen))
                        pay_day=start.pay_day
                        paid_on=start.paid_on
                        first
                        last
                    />
                    <CountedFields counted options=categories/>
                    <RollOverFields
                        currency=currency.symbol()
                        roll_over=start.roll_over
                        overspending=start.overspending
                        most=start.most
                    />
                    <Field
                        label="Warn at"
                        name="thresholds"
                        value=start.thresholds
                        placeholder="80, 100"
                        hint="In percent, by commas. Empty for 80 and 100, 0 for no warning."
                    />
                    <Checkbox
                        label="Warn me when it will not last at this pace"
                        name="pace"
                        checked=!start.pace.is_empty()
                        hint="Once, in the morning, as soon as the days so far say so."
                    />
                    <SubmitRow back="/budgets"/>
                </Form>
            </Card>
        </div>
    }
    .into_any()
}

/// Categories of expenses, with those that the form holds even when they are archived.
fn categories_of(book: &Book, held: &[String]) -> Vec<Choice> {
    let archived =
        held.iter().filter_map(|id| book.categories.get(&id.parse().ok()?)).filter(|category| category.archived);
    let offered = book.categories_of(Kind::Expense).into_iter().chain(archived);
    offered.map(|category| Choice::new(category.id.to_string(), book.category_path(category))).collect()
}
