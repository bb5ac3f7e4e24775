//! The period beside others: its sums in a table, and its days line over line with the one that was chosen.

use leptos::prelude::*;

use ledger::filter::Filter;
use ledger::records::Kind;
use ledger::report::{Average, Flows, LastYear, Report, ReportChoice, Usual, running, year_name};

use super::pace::{PaceLine, PacePicture};
use super::sums::amount;
use crate::layout::me;
use crate::ui::{Card, TableFrame, money_cell, number_cell, percent, table_head};

#[component]
pub(super) fn Beside(report: StoredValue<Report>) -> impl IntoView {
    let rows = report.with_value(|report| {
        let now = report.choice.beside(None);
        let mut rows = vec![(Some(now), report.flows)];
        rows.extend(report.other.iter().map(|other| (Some(other.choice), other.flows)));
        rows.extend([(now.before(), report.before), (now.year_before(), report.year_before)]);
        // The year before a year is the period before it, and the other one is often one of both.
        let mut told = Vec::new();
        rows.retain(|(choice, _)| {
            let is_new = !told.contains(choice);
            told.push(*choice);
            is_new
        });
        rows.into_iter().filter_map(|(choice, flows)| choice.map(|choice| row(report, choice, flows))).collect_view()
    });
    let usual = report.with_value(|report| {
        let usual = report.usual.as_ref();
        let row = |usual: &Usual| average_row(report, "Average of the three before", "usual", usual.shown, usual.flows);
        usual.map(row)
    });
    let averages = report.with_value(|report| {
        let years = report.years.unwrap_or_default();
        let row = |one: Average, unit, testid| {
            average_row(report, &format!("Average of {} {unit}", one.count), testid, one.shown, one.flows)
        };
        let month = years.month.map(|one| row(one, "months", "average-month"));
        [month, years.year.map(|one| row(one, "years", "average-year"))].into_iter().flatten().collect_view()
    });
    let than_before = report.with_value(|report| {
        let last = report.years.and_then(|years| years.last);
        last.map(|last| last_year_words(report, last))
    });
    let than_usual = report.with_value(|report| report.usual.as_ref().map(|usual| usual_words(report, usual)));
    view! {
        <Card title="Beside other periods" testid="report-beside">
            {than_usual}
            {than_before}
            <TableFrame label="The period, the one before, and the year before">
                {table_head(&["Period"], &["Income", "Spent", "Saved", "Rate"])}
                <tbody>{rows}{usual}{averages}</tbody>
            </TableFrame>
        </Card>
    }
    .into_any()
}

fn row(report: &Report, choice: ReportChoice, flows: Flows) -> impl IntoView + use<> {
    let (period, words) = (choice.period, choice.words());
    let cell =
        |minor: i64, what: &str, filter: Filter| amount(report, what, minor, &filter, &format!("{what}, {words}"));
    view! {
        <tr class="beside">
            <th scope="row"><a href=format!("?{}", choice.query())>{words.clone()}</a></th>
            {cell(flows.income, "Income", Filter::of_kind(Kind::Income, period))}
            {cell(flows.expenses, "Spent", Filter::of_kind(Kind::Expense, period))}
            {cell(flows.saved(), "Saved", Filter::within(period))}
            {number_cell("Rate", rate_words(flows))}
        </tr>
    }
}

/// The share of the income that was saved, where there was one.
fn rate_words(flows: Flows) -> String {
    flows.savings_rate().map_or_else(|| "–".to_owned(), percent)
}

/// An average of several periods, whose records are those of no single row; `name` is that of its row.
fn average_row(report: &Report, name: &str, testid: &str, shown: ReportChoice, flows: Flows) -> impl IntoView + use<> {
    let cell = |head: &str, minor: i64| money_cell(head, minor, me().format().money(report.money(minor)), None);
    view! {
        <tr class="beside" data-testid=format!("report-{testid}")>
            <th scope="row"><a href=format!("?{}", shown.query())>{name.to_owned()}</a></th>
            {cell("Income", flows.income)}
            {cell("Spent", flows.expenses)}
            {cell("Saved", flows.saved())}
            {number_cell("Rate", rate_words(flows))}
        </tr>
    }
}

/// Such as "Spent in 2026: ₹1,240.00 less than in an average year of the 4 before".
fn last_year_words(report: &Report, last: LastYear) -> impl IntoView + use<> {
    let than = match last.before.count {
        1 => "in the year before".to_owned(),
        count => format!("in an average year of the {count} before"),
    };
    let difference = last.difference(|minor| report.money(minor));
    let words = difference.words(&than, me().format());
    view! {
        <p data-testid="report-last-year" data-minor=difference.by().to_string()>
            <a href=format!("?{}", last.shown.query())>{format!("Spent in {}", year_name(last.shown.period))}</a>
            {format!(": {words}")}
        </p>
    }
}

/// Such as "₹1,240.00 less than by this day in an average month of the three before".
fn usual_words(report: &Report, usual: &Usual) -> impl IntoView + use<> {
    let me = me();
    let by = if report.choice.is_going_on(me.today) { "by this day in" } else { "in" };
    let than = match report.choice.step {
        Some(step) => format!("{by} an average {} of the three before", step.word()),
        None => format!("{by} the average of the three periods before"),
    };
    let difference = usual.difference(report);
    view! {
        <p data-testid="report-than-usual" data-minor=difference.by().to_string()>
            {difference.words(&than, me.format())}
        </p>
    }
}

/// Nothing without a period to compare with, or where it is too long to be told day by day.
#[component]
pub(super) fn PaceBeside(report: StoredValue<Report>) -> impl IntoView {
    let today = me().today;
    report
        .with_value(|report| {
            let other = report.other.as_ref().filter(|other| other.days.len() > 1);
            let usual = report.usual.as_ref().filter(|usual| usual.days.len() > 1);
            if report.days.len() <= 1 || other.is_none() && usual.is_none() {
                return None;
            }
            // A line ends where the days do that have come.
            let known = report.days.iter().filter(|(day, _)| *day <= today).map(|(_, minor)| *minor);
            let line = |name, minors, choice: ReportChoice| PaceLine { name, minors, start: Some(choice.period.start) };
            let mut lines = vec![line(report.choice.words(), running(known), report.choice)];
            lines.extend(
                other.map(|other| line(other.choice.words(), running(other.days.iter().copied()), other.choice)),
            );
            lines.extend(usual.map(|usual| PaceLine {
                name: "Average of the three before".to_owned(),
                minors: usual.days.clone(),
                start: None,
            }));
            let home = report.home;
            Some(view! {
                <Card title="Spent day by day" testid="report-pace">
                    <PacePicture lines home label="Spent up to each day" testid="table-pace"/>
                </Card>
            })
        })
        .into_any()
}
