//! How the budgets stood in the period, each by the limit that held then.

use leptos::prelude::*;

use ledger::Book;
use ledger::budgets::{Budget, Past};
use ledger::report::{BudgetLine, Report};

use crate::budgets::{behind, period_words};
use crate::layout::me;
use crate::ui::{Card, CellLink, TableFrame, money_cell, number_cell, table_head};

#[component]
pub(super) fn Budgets(book: Signal<Book>, report: StoredValue<Report>) -> impl IntoView {
    let rows = move || {
        report.with_value(|report| {
            book.with(|book| report.budgets.iter().flat_map(|line| rows_of(book, line)).collect_view())
        })
    };
    let is_empty = report.with_value(|report| report.budgets.is_empty());
    let has_more = report.with_value(|report| report.budgets.iter().any(|line| line.has_more));
    (!is_empty)
        .then(|| {
            view! {
                <Card title="Budgets of the period" testid="report-budgets">
                    <TableFrame label="Budgets of the period">
                        {table_head(&["Budget"], &["Spent", "Limit", "Left", "Used"])}
                        <tbody>{rows}</tbody>
                    </TableFrame>
                    <p class="muted small">
                        "Each by the limit that held then, with what was carried over."
                        {has_more.then_some(" Of many periods the last twelve are listed.")}
                    </p>
                </Card>
            }
        })
        .into_any()
}

/// Nothing for a budget that was deleted since.
fn rows_of(book: &Book, line: &BudgetLine) -> Vec<AnyView> {
    let Some(budget) = book.budgets.get(&line.budget) else { return Vec::new() };
    line.past.iter().map(|past| row(book, budget, past)).collect()
}

fn row(book: &Book, budget: &Budget, past: &Past) -> AnyView {
    let format = me().format();
    let limit = past.limit.unwrap_or(budget.limit);
    let left = past.left().unwrap_or(limit);
    let used = past.used().map_or_else(|| "–".to_owned(), |percent| format!("{percent} %"));
    let state = if left.minor < 0 { "over" } else { "ok" };
    let when = period_words(budget.span, past.period);
    let spent = format.money(past.spent);
    let words = format!("Spent, {}, {when}: {spent}", budget.name);
    let link = CellLink { href: behind(budget, past.period, book), words };
    view! {
        <tr class="beside" data-testid="report-budget" data-state=state>
            <th scope="row">
                <a href=format!("/budgets/{}", budget.id)>{budget.name.clone()}</a> " "
                <span class="muted small budget-when">{when}</span>
            </th>
            {money_cell("Spent", past.spent.minor, spent, Some(link))}
            {money_cell("Limit", limit.minor, format.money(limit), None)}
            {money_cell("Left", left.minor, format.money(left), None)}
            {number_cell("Used", used)}
        </tr>
    }
    .into_any()
}
