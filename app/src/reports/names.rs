//! To whom it went and from whom it came, under which tags, the largest records, and through which accounts.

use leptos::prelude::*;

use ledger::Book;
use ledger::filter::Filter;
use ledger::records::{Kind, Record};
use ledger::report::{NameLine, Report};

use super::sums::amount;
use crate::layout::me;
use crate::records::{category_words, day_view, day_words};
use crate::ui::{Card, TableFrame, cell_length, number_cell, table_head};

/// What the cards of a kind are called.
struct Names {
    payees: (&'static str, &'static str),
    tags: (&'static str, &'static str),
    largest: (&'static str, &'static str),
}

const SPENT: Names = Names {
    payees: ("Spending by payee", "report-by-payee"),
    tags: ("Spending by tag", "report-by-tag"),
    largest: ("Largest expenses", "report-largest"),
};

const EARNED: Names = Names {
    payees: ("Income by payee", "report-income-by-payee"),
    tags: ("Income by tag", "report-income-by-tag"),
    largest: ("Largest income", "report-largest-income"),
};

#[component]
pub(super) fn Closer(book: Signal<Book>, report: StoredValue<Report>) -> impl IntoView {
    report
        .with_value(|report| match (&report.closer, &report.earned) {
            (None, _) | (_, None) => view! {
                <Card title="Payees, tags and the largest records">
                    <p class="muted">"There are too many records in this period to look at each. Choose a shorter one."</p>
                </Card>
            }
            .into_any(),
            (Some(spent), Some(earned)) => view! {
                {closer(report, book, spent, Kind::Expense, &SPENT)}
                {closer(report, book, earned, Kind::Income, &EARNED)}
            }
            .into_any(),
        })
        .into_any()
}

/// Nothing at all where nothing is known of the kind.
fn closer(report: &Report, book: Signal<Book>, of: &ledger::report::Closer, kind: Kind, names: &Names) -> AnyView {
    if of.largest.is_empty() && of.payees.is_empty() && of.tags.is_empty() {
        return ().into_any();
    }
    let of_payee = |line: &NameLine| report.of_kind(kind).paid_to(&line.name);
    let of_tag = |line: &NameLine| Filter { tag: Some(line.name.clone()), ..report.of_kind(kind) };
    let beside = (
        table(report, "Tag", names.tags, (&of.tags, of.more_tags), &of_tag),
        largest(report, book, &of.largest, names.largest),
    );
    view! {
        <div class="report-pair">
            {table(report, "Payee", names.payees, (&of.payees, of.more_payees), &of_payee)}
            <div class="report">{beside}</div>
        </div>
    }
    .into_any()
}

/// Nothing at all where there is no line.
fn table(
    report: &Report,
    heading: &'static str,
    (title, testid): (&'static str, &'static str),
    (lines, more): (&[NameLine], i64),
    behind: &dyn Fn(&NameLine) -> Filter,
) -> impl IntoView + use<> {
    let rows = lines
        .iter()
        .map(|line| {
            view! {
                <tr>
                    <th scope="row">{line.name.clone()}</th>
                    {number_cell("Records", line.count.to_string())}
                    {amount(report, "Amount", line.minor, &behind(line), &line.name)}
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

fn largest(
    report: &Report,
    book: Signal<Book>,
    records: &[Record],
    (title, testid): (&'static str, &'static str),
) -> impl IntoView + use<> {
    let rows = records.iter().map(|record| record_row(report, book, record)).collect::<Vec<_>>();
    (!rows.is_empty()).then(|| {
        view! {
            <Card title=title testid=testid>
                <TableFrame label=title>
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
            <td>{day_view(record.day, me.today)}</td>
            <td>{record.payee.clone()}</td>
            <td>{move || book.with(|book| category_words(&named, book))}</td>
            <td class="num" data-minor=record.home.to_string() data-length=cell_length(&text)>
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
                        {amount(report, "Income", line.flows.income, &behind(Kind::Income), &format!("Income, {name}"))}
                        {amount(report, "Spent", line.flows.expenses, &behind(Kind::Expense), &format!("Spent, {name}"))}
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
