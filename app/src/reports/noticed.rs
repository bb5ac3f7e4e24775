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
    let row = |insight: &Insight| {
        let words = book.with_untracked(|book| insight.words(book, me().format()));
        insight_row(insight, &words, ())
    };
    let rows = report.with_value(|report| report.insights.iter().map(row).collect::<Vec<_>>());
    (!rows.is_empty())
        .then(|| view! { <Card title="Worth a look" testid="report-insights"><ul class="insights">{rows}</ul></Card> })
        .into_any()
}

/// A sentence, the records and the rule behind it, and what can be done about it.
pub(crate) fn insight_row<D: IntoView>(insight: &Insight, words: &str, deeds: D) -> impl IntoView + use<D> {
    view! {
        <li class="insight" data-testid="insight">
            <Icon name="sparkles"/>
            <div>
                <p>
                    {words.to_owned()} " "
                    <a href=insight.behind.url() aria-label=format!("See the records: {words}")>"See the records"</a>
                </p>
                <details class="insight-rule">
                    <summary aria-label=format!("Why this: {words}")>"Why this?"</summary>
                    <p class="muted small">{insight.rule()}</p>
                </details>
            </div>
            {deeds}
        </li>
    }
}
