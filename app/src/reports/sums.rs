//! What came in, what was spent, what is left, and the same of the period before and the year before.

use leptos::prelude::*;

use ledger::filter::Filter;
use ledger::records::Kind;
use ledger::report::{Flows, Report, ReportChoice};

use crate::layout::me;
use crate::ui::{Card, Figure, FigureSize, TableFrame, Tone};

#[component]
pub(super) fn Sums(report: StoredValue<Report>) -> impl IntoView {
    let format = me().format();
    report
        .with_value(|report| {
            let (flows, period) = (report.flows, report.choice.period);
            let text = |minor| format.money(report.money(minor));
            let rate = flows.savings_rate().map(|rate| format!("{rate} % of the income")).unwrap_or_default();
            let worth = report.worth.last().map_or(0, |(_, minor)| *minor);
            let until = Filter { to: Some(period.last_day()), ..Filter::default() }.url();
            let tone = if flows.saved() < 0 { Tone::Near } else { Tone::Neutral };
            view! {
                <section class="grid-figures report-figures" aria-label="The period in figures">
                    <Figure
                        label="Spent" testid="report-expenses" text=text(flows.expenses) minor=flows.expenses
                        href=report.of_kind(Kind::Expense).url() size=FigureSize::Hero
                    />
                    <Figure
                        label="Income" testid="report-income" text=text(flows.income) minor=flows.income
                        href=report.of_kind(Kind::Income).url()
                    />
                    <Figure
                        label="Saved" testid="report-saved" text=text(flows.saved()) minor=flows.saved()
                        href=Filter::within(period).url() note=rate tone=tone
                    />
                    <Figure
                        label="Net worth" testid="report-net-worth" text=text(worth) minor=worth
                        href=until note="at the end of it".to_owned()
                    />
                </section>
            }
        })
        .into_any()
}

#[component]
pub(super) fn Beside(report: StoredValue<Report>) -> impl IntoView {
    let rows = report.with_value(|report| {
        let now = Some(report.choice);
        [
            (now, report.flows),
            (now.and_then(ReportChoice::before), report.before),
            (now.and_then(ReportChoice::year_before), report.year_before),
        ]
        .into_iter()
        .filter_map(|(choice, flows)| choice.map(|choice| row(report, choice, flows)))
        .collect_view()
    });
    view! {
        <Card title="Beside other periods" testid="report-beside">
            <TableFrame label="The period, the one before, and the year before">
                <thead>
                    <tr>
                        <th scope="col">"Period"</th>
                        <th scope="col" class="num">"Income"</th>
                        <th scope="col" class="num">"Spent"</th>
                        <th scope="col" class="num">"Saved"</th>
                        <th scope="col" class="num">"Of the income"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </TableFrame>
        </Card>
    }
    .into_any()
}

fn row(report: &Report, choice: ReportChoice, flows: Flows) -> impl IntoView + use<> {
    let (period, words) = (choice.period, choice.words());
    let cell = |minor: i64, what: &str, filter: Filter| amount(report, minor, filter, format!("{what}, {words}"));
    let rate = flows.savings_rate().map_or_else(|| "–".to_owned(), |rate| format!("{rate} %"));
    view! {
        <tr>
            <th scope="row"><a href=choice.url()>{words.clone()}</a></th>
            {cell(flows.income, "Income", Filter::of_kind(Kind::Income, period))}
            {cell(flows.expenses, "Spent", Filter::of_kind(Kind::Expense, period))}
            {cell(flows.saved(), "Saved", Filter::within(period))}
            <td class="num">{rate}</td>
        </tr>
    }
}

/// A cell whose amount leads to the records behind it; `what` says of what it is where the table is not seen.
pub(super) fn amount(report: &Report, minor: i64, behind: Filter, what: String) -> impl IntoView + use<> {
    let text = me().format().money(report.money(minor));
    view! {
        <td class="num" data-minor=minor.to_string()>
            <a href=behind.url() aria-label=format!("{what}: {text}")>{text.clone()}</a>
        </td>
    }
}
