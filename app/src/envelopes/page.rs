//! A month of envelopes.

use chrono::{Months, NaiveDate};
use leptos::prelude::*;

use ledger::envelopes::{Envelopes, month_of};
use ledger::period::Period;
use ledger::{Book, Changes, Money};

use super::api::CopyPlan;
use super::plan::PlanTable;
use super::shift::MoveMoney;
use super::undo::Undo;
use super::{month_word, path_of};
use crate::book::{BookState, WithBook};
use crate::budgets::BudgetTabs;
use crate::layout::me;
use crate::roles::may_call;
use crate::ui::{ButtonKind, Card, Figure, PageHead, PostButton, Tone, query_here};

/// How far ahead a month can be planned, and how far back it can be looked at.
const AHEAD: u32 = 12;
const BACK: u32 = 6;

#[component]
pub fn EnvelopesPage() -> impl IntoView {
    let query = query_here();
    let today = me().today;
    let this = Period::month_of(today).start;
    let month = Memo::new(move |_| {
        let asked = query.read().get("month").and_then(|month| month_of(&month)).unwrap_or(this);
        asked.clamp(earliest(this), latest(this))
    });
    // Made once, by the server: the page that is hydrated must hold the same id.
    let move_id = RwSignal::new(SharedValue::new(|| uuid::Uuid::now_v7().to_string()).into_inner());
    view! {
        <PageHead title="Envelopes" lead="Give the income of the month a job, category by category."/>
        <BudgetTabs current="/budgets/envelopes"/>
        <WithBook children={move |book: Signal<Book>| {
            // Made anew for another month: what was typed belongs to the one before.
            move || {
                let month = month.get();
                let plan = Memo::new(move |_| book.with(|book| book.envelopes_as_of(month, today)));
                view! {
                    <div class="envelopes">
                        <MonthNav month this/>
                        <PlanFigures plan/>
                        <PlanTable book plan/>
                        <Copy book month/>
                        <MoveMoney book plan id=move_id/>
                    </div>
                }
            }
        }}/>
    }
    .into_any()
}

fn earliest(this: NaiveDate) -> NaiveDate {
    this.checked_sub_months(Months::new(BACK)).unwrap_or(this)
}

fn latest(this: NaiveDate) -> NaiveDate {
    this.checked_add_months(Months::new(AHEAD)).unwrap_or(this)
}

#[component]
fn MonthNav(month: NaiveDate, this: NaiveDate) -> impl IntoView {
    let before = month.checked_sub_months(Months::new(1)).filter(|before| *before >= earliest(this));
    let after = month.checked_add_months(Months::new(1)).filter(|after| *after <= latest(this));
    let link = |to: NaiveDate, words: &'static str, rel: &'static str| {
        view! {
            <a class="button button-quiet" rel=rel href=path_of(to)>
                <span class="visually-hidden">{words}</span>
                {to.format("%b %Y").to_string()}
            </a>
        }
    };
    view! {
        <nav class="envelope-nav" aria-label="Month">
            <span>{before.map(|before| link(before, "Previous month: ", "prev"))}</span>
            <h2>{month.format("%B %Y").to_string()}</h2>
            <span>{after.map(|after| link(after, "Next month: ", "next"))}</span>
        </nav>
    }
    .into_any()
}

/// Whether there is anything to give.
fn has_any(plan: &Envelopes) -> bool {
    plan.income.minor > 0 || plan.unassigned_before.minor > 0
}

#[component]
fn PlanFigures(plan: Memo<Envelopes>) -> impl IntoView {
    let format = me().format();
    let text = move |of: fn(&Envelopes) -> Money| Signal::derive(move || plan.with(|plan| format.money(of(plan))));
    let minor = move |of: fn(&Envelopes) -> Money| Signal::derive(move || plan.with(|plan| of(plan).minor));
    let income = |plan: &Envelopes| plan.income;
    let given = |plan: &Envelopes| plan.given;
    let tone = Signal::derive(move || {
        plan.with(|plan| match plan.unassigned().minor {
            ..0 => Tone::Over,
            0 if has_any(plan) => Tone::Good,
            0.. => Tone::Neutral,
        })
    });
    let note = Signal::derive(move || {
        plan.with(|plan| match (plan.overspent_before.minor, plan.unassigned().minor) {
            (1.., _) => format!("{} overspent last month is taken off", format.money(plan.overspent_before)),
            (_, ..0) => "more was given than there is".to_owned(),
            (_, 0) if has_any(plan) => "all of it has a job".to_owned(),
            _ => String::new(),
        })
    });
    let nothing = move || plan.with(|plan| !has_any(plan));
    let goes_on = Memo::new(move |_| plan.with(|plan| plan.unassigned_before.minor.signum()));
    // Made once, so that it stays where it is while its amount changes.
    let before = move || {
        let (tone, note) = match goes_on.get() {
            0 => return None,
            ..0 => (Tone::Over, "more was given, or spent outside, than came in"),
            1.. => (Tone::Neutral, "given no job then"),
        };
        Some(view! {
            <Figure
                label="From the month before"
                testid="envelopes-before"
                text=text(|plan| plan.unassigned_before)
                minor=minor(|plan| plan.unassigned_before)
                tone
                note=note.to_owned()
            />
        })
    };
    view! {
        <section class="grid-figures" aria-label="The plan in figures">
            <Figure
                label="Not yet given a job"
                testid="envelopes-unassigned"
                text=text(Envelopes::unassigned)
                minor=minor(Envelopes::unassigned)
                tone
                note
            />
            {before}
            <Figure label="Income" testid="envelopes-income" text=text(income) minor=minor(income) note="planned, or what came in".to_owned()/>
            <Figure label="Given a job" testid="envelopes-given" text=text(given) minor=minor(given)/>
        </section>
        <Show when=nothing>
            {if may_call("save_book") {
                view! {
                    <p class="muted">
                        <a href="/settings">"Tell Expenso what you plan to earn each month"</a>
                        ", or record an income, and there is something to give."
                    </p>
                }
                .into_any()
            } else {
                view! { <p class="muted">"No income is planned or recorded in this month yet."</p> }.into_any()
            }}
        </Show>
    }
    .into_any()
}

/// Plans the month like the one before it.
#[component]
fn Copy(book: Signal<Book>, month: NaiveDate) -> impl IntoView {
    let (state, undo) = (BookState::here(), Undo::here());
    let on_done = Callback::new(move |changes: Changes| {
        // What was just planned is in the book once it has the answer.
        let (fills, home) = book.with_untracked(|book| (book.envelopes_as_before(month), book.home));
        state.merge(&changes);
        undo.plan("Planned like last month", month, &fills, home);
    });
    let offers = Memo::new(move |_| book.with(|book| !book.envelopes_as_before(month).is_empty()));
    view! {
        <Show when=move || offers.get()>
            <Card>
                <div class="envelope-copy">
                    <p>"What has nothing yet can get what it was given last month."</p>
                    <PostButton
                        action={ServerAction::<CopyPlan>::new()}
                        label="Copy last month's plan"
                        fields=vec![("month".to_owned(), month_word(month))]
                        kind=ButtonKind::Plain
                        on_done
                    >
                        "Copy last month's plan"
                    </PostButton>
                </div>
            </Card>
        </Show>
    }
    .into_any()
}
