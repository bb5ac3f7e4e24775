//! What is worth a sentence in the period, each with its records.

use leptos::prelude::*;

use ledger::Book;
use ledger::insights::Insight;
use ledger::report::Report;

use crate::layout::me;
use crate::ui::{Card, Icon};

/// Nothing at all where there is nothing to say.
#[component]
pub(super) fn Noticed(book: Signal<Book>, report: StoredValue<Report>) -> impl IntoView {
    let rows = report.with_value(|report| report.insights.iter().map(|insight| row(book, insight)).collect::<Vec<_>>());
    (!rows.is_empty())
        .then(|| view! { <Card title="Worth a look" testid="report-insights"><ul class="insights">{rows}</ul></Card> })
        .into_any()
}

fn row(book: Signal<Book>, insight: &Insight) -> impl IntoView + use<> {
    let words = book.with_untracked(|book| insight.words(book, me().format()));
    let (href, rule) = (insight.behind.url(), insight.rule());
    view! {
        <li class="insight" data-testid="insight">
            <Icon name="sparkles"/>
            <div>
                <p>
                    {words.clone()} " "
                    <a href=href aria-label=format!("See the records: {words}")>"See the records"</a>
                </p>
                <details class="insight-rule">
                    <summary aria-label=format!("Why this: {words}")>"Why this?"</summary>
                    <p class="muted small">{rule}</p>
                </details>
            </div>
        </li>
    }
}
