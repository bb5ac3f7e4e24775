//! `/budgets/:id`: how a budget stands, and how it stood before.

use chrono::NaiveDate;
use leptos::either::Either;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use ledger::budgets::{Budget, History as Told, Past};
use ledger::id::BudgetId;
use ledger::period::Span;
use ledger::{Book, Money};

use super::api::load_budget_history;
use super::parts::{BudgetParts, behind};
use super::progress::BudgetProgress;
use super::words::{day_of, period_words, scope};
use crate::book::{BookState, WithBook};
use crate::layout::{NotFoundPage, me};
use crate::ui::{
    ButtonKind, ButtonLink, Card, Chart, ChartData, ChartKind, ChartLabel, ChartValue, GoButton, Load, PageHead,
    Series, SeriesTone, TableFrame, money_cell, number_cell, query_here, table_head,
};

#[component]
pub fn BudgetHistoryPage() -> impl IntoView {
    let id = use_params_map().with_untracked(|params| params.get("id")).unwrap_or_default();
    let touched = BookState::here().touched();
    let asked = id.clone();
    let query = query_here();
    // The first day of the last period that was told: those before it are shown.
    let before = Memo::new(move |_| query.read().get("before").and_then(|day| day.parse::<NaiveDate>().ok()));
    let past = Resource::new(
        move || (touched.get().answers, before.get()),
        move |(_, before)| load_budget_history(asked.clone(), before),
    );
    view! {
        <Load from=past children={move |past: Told| {
            let id = id.parse::<BudgetId>().ok();
            view! {
                <WithBook children={move |book: Signal<Book>| {
                    let budget = id.and_then(|id| book.with_untracked(|book| book.budgets.get(&id).cloned()));
                    let past = past.clone();
                    match budget {
                        Some(budget) => Either::Left(view! { <Known book budget past is_newest={before.get_untracked().is_none()}/> }),
                        None => Either::Right(view! { <NotFoundPage/> }),
                    }
                }}/>
            }
        }}/>
    }
    .into_any()
}

#[component]
fn Known(book: Signal<Book>, budget: Budget, past: Told, is_newest: bool) -> impl IntoView {
    let lead = book.with_untracked(|book| scope(&budget, book));
    let edit = format!("/budgets/{}/edit", budget.id);
    let name = budget.name.clone();
    view! {
        <PageHead title=name lead>
            <GoButton href=edit label="Edit" icon="pencil">"Edit"</GoButton>
            <ButtonLink href="/budgets" kind=ButtonKind::Quiet>"All budgets"</ButtonLink>
        </PageHead>
        <div class="budget-history">
            {is_newest.then(|| view! { <Now book budget=budget.clone()/> })}
            <History book budget past is_newest/>
        </div>
    }
    .into_any()
}

/// The same beside the list of budgets.
#[component]
pub(super) fn BudgetDetails(book: Signal<Book>, budget: Budget) -> impl IntoView {
    let (touched, id) = (BookState::here().touched(), budget.id);
    let past = Resource::new(move || touched.get().answers, move |_| load_budget_history(id.to_string(), None));
    let about = book.with_untracked(|book| scope(&budget, book));
    view! {
        <p class="muted">{about}</p>
        <div class="budget-history">
            <Now book budget=budget.clone()/>
            <Load from=past children={move |past: Told| view! { <History book budget=budget.clone() past is_newest=true/> }}/>
        </div>
    }
    .into_any()
}

/// The period that is running.
#[component]
fn Now(book: Signal<Book>, budget: Budget) -> impl IntoView {
    (!budget.is_over(me().today)).then(|| {
        view! {
            <Card title="Now">
                <BudgetProgress book budget=budget.clone()/>
                <BudgetParts book budget/>
            </Card>
        }
    })
}

#[component]
fn History(book: Signal<Book>, budget: Budget, past: Told, is_newest: bool) -> impl IntoView {
    let Told { past, has_earlier } = past;
    let page = format!("/budgets/{}", budget.id);
    let oldest = past.last().filter(|_| has_earlier).map(|oldest| oldest.period.start);
    let earlier = oldest.map(
        |day| view! { <ButtonLink href=format!("{page}?before={day}") kind=ButtonKind::Quiet>"Earlier"</ButtonLink> },
    );
    let newest =
        (!is_newest).then(|| view! { <ButtonLink href=page.clone() kind=ButtonKind::Quiet>"Newest"</ButtonLink> });
    // Before it began there was no limit that could be drawn.
    let limited: Vec<(Past, Money)> = past.iter().filter_map(|past| Some((past.clone(), past.limit?))).collect();
    let chart = (limited.len() > 1).then(|| {
        let data = book.with_untracked(|book| chart_of(&budget, &limited, book));
        view! { <Chart id="chart-by-period" table_id="table-by-period" label="Spent by period" data=Signal::stored(data)/> }
    });
    let (span, since) = (budget.span, day_of(budget.since));
    let row = |past: Past| {
        let href = book.with_untracked(|book| behind(&budget, past.period, book));
        view! { <PastRow past span href/> }
    };
    let rows = past.into_iter().map(row).collect_view();
    view! {
        <Card title="History">
            {chart}
            <TableFrame label="History">
                {table_head(&["When"], &["Limit", "Spent", "Left"])}
                <tbody>{rows}</tbody>
            </TableFrame>
            <p class="muted small">
                {format!("Each by the limit that held then, from {since} on.")}
            </p>
            <div class="row">{earlier} {newest}</div>
        </Card>
    }
    .into_any()
}

#[component]
fn PastRow(
    past: Past,
    span: Span,
    /// Where its records are listed.
    href: String,
) -> impl IntoView {
    let format = me().format();
    let left = past.left();
    let state = left.map_or("none", |left| if left.minor < 0 { "over" } else { "ok" });
    let cell = |head: &'static str, money: Option<Money>| match money {
        Some(money) => money_cell(head, money.minor, format.money(money), None),
        None => number_cell(head, "–"),
    };
    view! {
        <tr data-testid="past-period" data-state=state>
            <th scope="row"><a href=href>{period_words(span, past.period)}</a></th>
            {cell("Limit", past.limit)}
            {cell("Spent", Some(past.spent))}
            {cell("Left", left)}
        </tr>
    }
    .into_any()
}

/// What was spent in each period, the oldest first, and the limit as a line.
fn chart_of(budget: &Budget, limited: &[(Past, Money)], book: &Book) -> ChartData {
    let oldest_first = || limited.iter().rev();
    let label = |(past, _): &(Past, Money)| {
        let text = period_words(budget.span, past.period);
        ChartLabel { short: day_of(past.period.start), text, colour: None }
    };
    let value = |past: &Past, money| ChartValue { money, href: behind(budget, past.period, book) };
    ChartData {
        kind: ChartKind::Bars,
        heading: "When".into(),
        labels: oldest_first().map(label).collect(),
        series: vec![Series {
            name: "Spent".into(),
            tone: SeriesTone::Spending,
            values: oldest_first().map(|(past, _)| value(past, past.spent)).collect(),
        }],
        line: Some(Series {
            name: "Limit".into(),
            tone: SeriesTone::Net,
            values: oldest_first().map(|(past, limit)| value(past, *limit)).collect(),
        }),
        format: me().format(),
    }
}
