//! What is worth a sentence in the period, each with its records.

use std::collections::BTreeSet;

use leptos::prelude::*;

use ledger::Book;
use ledger::insights::Insight;
use ledger::report::{Report, ReportChoice, Years};

use super::api::{DismissInsight, restore_insight};
use crate::layout::me;
use crate::ui::{ButtonKind, Card, Icon, PostButton, Undo};

/// Nothing at all where there is nothing to say; of a period of years always what was looked for.
#[component]
pub(super) fn Noticed(book: Signal<Book>, report: StoredValue<Report>) -> impl IntoView {
    // What is dismissed goes at once; the report is not made anew for it.
    let gone = RwSignal::new(BTreeSet::<String>::new());
    let choice = report.with_value(|report| report.choice);
    let row = |insight: &Insight| {
        let (insight, key) = (insight.clone(), insight.key());
        let words = book.with_untracked(|book| insight.words(book, me().format()));
        let (told, is_gone) = (key.clone(), Memo::new(move |_| gone.with(|gone| gone.contains(&key))));
        let back = told.clone();
        let on_gone = Callback::new(move |()| gone.update(|gone| _ = gone.insert(told.clone())));
        let on_back = Callback::new(move |()| gone.update(|gone| _ = gone.remove(&back)));
        move || (!is_gone.get()).then(|| insight_row(&insight, &words, Some(choice), on_gone, on_back))
    };
    let rows = report.with_value(|report| report.insights.iter().map(row).collect::<Vec<_>>());
    let count = rows.len();
    let all_gone = move || {
        (count > 0 && gone.with(BTreeSet::len) == count).then(|| {
            view! { <p class="muted small">"Nothing else is worth a look."</p> }
        })
    };
    let looked_for = report.with_value(|report| report.years.map(|years| looked_for(years, rows.is_empty())));
    (!rows.is_empty() || looked_for.is_some())
        .then(|| {
            let rows = (!rows.is_empty()).then(|| view! { <ul class="insights">{rows}</ul> });
            let looked_for = looked_for.map(|words| view! { <p class="muted small">{words}</p> });
            view! { <Card title="Worth a look" testid="report-insights">{rows}{all_gone}{looked_for}</Card> }
        })
        .into_any()
}

/// What so long a period is looked through for, and where to find what it is not.
fn looked_for(years: Years, is_nothing_found: bool) -> String {
    let compared = match (years.last, is_nothing_found) {
        (None, _) => "Only with two whole years that are over is the last one laid beside those before.",
        (Some(_), true) => "In its last whole year no category, nor what was saved, stands out beside those before.",
        (Some(_), false) => "Its last whole year is laid beside those before.",
    };
    format!(
        "{compared} Days of the week are looked at in reports of up to a year, single payments in those of up to a month."
    )
}

/// A sentence, the records and the rule behind it, and a button that dismisses it, which can be taken back; of a report,
/// or of the dashboard. What hears of that outlives the row.
pub(crate) fn insight_row(
    insight: &Insight,
    words: &str,
    report: Option<ReportChoice>,
    on_gone: Callback<()>,
    on_back: Callback<()>,
) -> impl IntoView + use<> {
    let (key, undo) = (insight.key(), Undo::here());
    let dismissed = Callback::new(move |()| {
        let key = key.clone();
        undo.offer("Dismissed".to_owned(), move || restore_insight(key.clone()), on_back);
        on_gone.run(());
    });
    let query = report.map(ReportChoice::query).unwrap_or_default();
    let next = report.map_or_else(|| "/dashboard".to_owned(), ReportChoice::url);
    view! {
        <li class="insight" data-testid="insight">
            <Icon name="sparkles"/>
            <div>
                <p>
                    {words.to_owned()} " "
                    <a class="insight-more" href=insight.behind.url() aria-label=format!("See the records: {words}")>"See the records"</a>
                </p>
                <details class="insight-rule">
                    <summary aria-label=format!("Why this: {words}")>"Why this?"</summary>
                    <p class="muted small">{insight.rule()}</p>
                </details>
            </div>
            <PostButton
                action={ServerAction::<DismissInsight>::new()}
                label=format!("Dismiss: {words}")
                fields=vec![("key".to_owned(), insight.key()), ("report".to_owned(), query)]
                kind=ButtonKind::Quiet
                icon="x"
                next
                on_done=dismissed
            />
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_of_years_says_what_it_is_looked_through_for() {
        let words = looked_for(Years::default(), true);
        assert!(
            words.starts_with("Only with two whole years that are over") && words.ends_with("up to a month."),
            "{words}"
        );
    }
}
