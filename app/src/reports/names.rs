//! To whom it went, under which tags, the largest expenses, and through which accounts.

use leptos::prelude::*;

use ledger::Book;
use ledger::filter::Filter;
use ledger::records::{Kind, Record};
use ledger::report::{NameLine, Report};

use super::sums::amount;
use crate::layout::me;
use crate::records::{category_words, day_words};
use crate::ui::{Card, TableFrame, table_head};

#[component]
pub(super) fn Closer(book: Signal<Book>, report: StoredValue<Report>) -> impl IntoView {
    report
        .with_value(|report| match &report.closer {
            None => view! {
                <Card title="Payees, tags and the largest expenses">
                    <p class="muted">"There are too many records in this period to look at each. Choose a shorter one."</p>
                </Card>
            }
            .into_any(),
            Some(closer) => {
                let of_payee = |line: &NameLine| report.of_kind(Kind::Expense).paid_to(&line.name);
                let of_tag = |line: &NameLine| Filter { tag: Some(line.name.clone()), ..report.of_kind(Kind::Expense) };
                let beside = (
                    table(report, "Spending by tag", "Tag", "report-by-tag", (&closer.tags, closer.more_tags), &of_tag),
                    largest(report, book, &closer.largest),
                );
                view! {
                    <div class="report-pair">
                        {table(report, "Spending by payee", "Payee", "report-by-payee", (&closer.payees, closer.more_payees), &of_payee)}
                        <div class="report">{beside}</div>
                    </div>
                }
                .into_any()
            }
        })
        .into_any()
}

/// Nothing at all where there is no line.
fn table(
    report: &Report,
    title: &'static str,
    heading: &'static str,
    testid: &'static str,
    (lines, more): (&[NameLine], i64),
    behind: &dyn Fn(&NameLine) -> Filter,
) -> impl IntoView + use<> {
    let rows = lines
        .iter()
        .map(|line| {
            view! {
                <tr>
                    <th scope="row">{line.name.clone()}</th>
                    <td class="num">{line.count}</td>
                    {amount(report, line.minor, behind(line), line.name.clone())}
                </tr>
            }
        })
        .collect::<Vec<_>>();
    (!rows.is_empty()).then(|| {
        view! {
            <Card title=title testid=testid>
                <TableFrame label=title>
                    {table_head(&[heading], &["Records", "Amount"])}
                    <tbody>{rows}</tbody>
                </TableFrame>
                {(more > 0).then(|| view! { <p class="muted small">{format!("and {more} more")}</p> })}
            </Card>
        }
    })
}

fn largest(report: &Report, book: Signal<Book>, records: &[Record]) -> impl IntoView + use<> {
    let rows = records.iter().map(|record| record_row(report, book, record)).collect::<Vec<_>>();
    (!rows.is_empty()).then(|| {
        view! {
            <Card title="Largest expenses" testid="report-largest">
                <TableFrame label="Largest expenses">
                    {table_head(&["Date", "Payee", "Category"], &["Amount"])}
                    <tbody>{rows}</tbody>
                </TableFrame>
            </Card>
        }
    })
}

/// Leads to the record itself.
fn record_row(report: &Report, book: Signal<Book>, record: &Record) -> impl IntoView + use<> {
    let me = me();
    let named = record.clone();
    let text = me.format().money(report.money(record.home));
    let href = format!("/records/{}/edit", record.id);
    let day = day_words(record.day, me.today);
    view! {
        <tr class="largest">
            <td>{day.clone()}</td>
            <td>{record.payee.clone()}</td>
            <td>{move || book.with(|book| category_words(&named, book))}</td>
            <td class="num" data-minor=record.home.to_string()>
                <a href=href aria-label=format!("{} {day}: {text}", record.payee)>{text.clone()}</a>
            </td>
        </tr>
    }
}

#[component]
pub(super) fn Accounts(book: Signal<Book>, report: StoredValue<Report>) -> impl IntoView {
    let rows = move || {
        report.with_value(|report| {
            let row = |line: &ledger::report::AccountLine| {
                let name = book.with(|book| book.account_name(line.account).to_owned());
                let behind = |kind| Filter { account: Some(line.account), ..report.of_kind(kind) };
                view! {
                    <tr>
                        <th scope="row">{name.clone()}</th>
                        {amount(report, line.flows.income, behind(Kind::Income), format!("Income, {name}"))}
                        {amount(report, line.flows.expenses, behind(Kind::Expense), format!("Spent, {name}"))}
                    </tr>
                }
            };
            report.accounts.iter().map(row).collect_view()
        })
    };
    let is_empty = report.with_value(|report| report.accounts.is_empty());
    (!is_empty)
        .then(|| {
            view! {
                <Card title="By account" testid="report-by-account">
                    <TableFrame label="By account">
                        {table_head(&["Account"], &["Income", "Spent"])}
                        <tbody>{rows}</tbody>
                    </TableFrame>
                </Card>
            }
        })
        .into_any()
}
