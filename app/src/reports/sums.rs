//! What came in, what was spent, and what is left.

use leptos::prelude::*;

use ledger::dashboard::Difference;
use ledger::filter::Filter;
use ledger::records::Kind;
use ledger::report::{Flows, Other, Report};

use crate::layout::me;
use crate::ui::{CellLink, Figure, FigureSize, Tone, money_cell, percent};

#[component]
pub(super) fn Sums(report: StoredValue<Report>) -> impl IntoView {
    let format = me().format();
    report
        .with_value(|report| {
            let (flows, period) = (report.flows, report.choice.period);
            let text = |minor| format.money(report.money(minor));
            let rate = flows.savings_rate().map(|rate| format!("{} of the income", percent(rate))).unwrap_or_default();
            let worth = report.worth.last().map_or(0, |(_, minor)| *minor);
            let held = format!("?{}#net-worth", report.choice.query());
            let beside = report.sides().zip(report.other.as_ref().map(Other::than));
            let note = |of: fn(Flows) -> i64| match &beside {
                Some(([now, other], words)) => difference(report, of(now.flows), of(other.flows), words),
                None => String::new(),
            };
            let tone = if flows.saved() < 0 { Tone::Near } else { Tone::Neutral };
            view! {
                <section class="grid-figures report-figures" aria-label="The period in figures">
                    <Figure
                        label="Spent" testid="report-expenses" text=text(flows.expenses) minor=flows.expenses
                        href=report.of_kind(Kind::Expense).url() size=FigureSize::Hero
                        note=note(|flows| flows.expenses)
                    />
                    <Figure
                        label="Income" testid="report-income" text=text(flows.income) minor=flows.income
                        href=report.of_kind(Kind::Income).url() note=note(|flows| flows.income)
                    />
                    <Figure
                        label="Saved" testid="report-saved" text=text(flows.saved()) minor=flows.saved()
                        href=Filter::within(period).url() note=rate tone=tone
                    />
                    <Figure
                        label="Net worth" testid="report-net-worth" text=text(worth) minor=worth
                        href=held note="at the end of it".to_owned()
                    />
                </section>
            }
        })
        .into_any()
}

/// Such as "₹1,240.00 less than October 2026", or "by this day of October 2026".
fn difference(report: &Report, now: i64, then: i64, period: &str) -> String {
    let difference = Difference { now: report.money(now), then: report.money(then), shown: report.choice };
    difference.words(period, me().format())
}

/// A cell of the column `head` whose amount leads to the records behind it; `what` says of what it is where the table is
/// not seen.
pub(super) fn amount(report: &Report, head: &str, minor: i64, behind: &Filter, what: &str) -> AnyView {
    let text = me().format().money(report.money(minor));
    let link = CellLink { href: behind.url(), words: format!("{what}: {text}") };
    money_cell(head, minor, text, Some(link))
}
