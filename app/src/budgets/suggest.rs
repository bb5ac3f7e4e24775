//! Limits that the past suggests, each a button that fills the field.

use leptos::prelude::*;

use ledger::Book;
use ledger::budgets::Suggestion;
use ledger::period::Span;

use crate::layout::me;
use crate::ui::{Button, ButtonKind};

/// Needs the page to be interactive: before, it is not there.
#[component]
pub(super) fn Suggestions(
    book: Signal<Book>,
    /// The ids of the chosen categories.
    categories: Signal<Vec<String>>,
    /// As [`ledger::budgets::BudgetForm`] reads it.
    period: Signal<String>,
    /// Called with the amount as it is typed.
    on_choose: Callback<String>,
) -> impl IntoView {
    let (today, format) = (me().today, me().format());
    let interactive = RwSignal::new(false);
    Effect::new(move |_| interactive.set(true));
    let found = Memo::new(move |_| {
        let span = span_of(&period.get())?;
        let chosen: Vec<_> = categories.with(|ids| ids.iter().filter_map(|id| id.parse().ok()).collect());
        Some(book.with(|book| book.suggestions(&chosen, span, today))).filter(|found| !found.is_empty())
    });
    let button = move |Suggestion { months, limit }: Suggestion| {
        let words = format!("{months} months: {}", super::words::short(limit, format));
        let on_click = Callback::new(move |()| on_choose.run(format.plain(limit)));
        view! { <Button kind=ButtonKind::Quiet on_click>{words}</Button> }
    };
    view! {
        <Show when=move || interactive.get() && found.with(Option::is_some)>
            <div class="budget-suggestions" role="group" aria-label="What was usual">
                <span class="muted small">"Usual in the last"</span>
                {move || found.get().unwrap_or_default().into_iter().map(button).collect_view()}
            </div>
        </Show>
    }
    .into_any()
}

/// Days that come once are suggested nothing: how many they are is not known yet.
fn span_of(period: &str) -> Option<Span> {
    match period {
        "pay" => Some(Span::Month),
        "fortnight" => "pay:2000-01-01".parse().ok(),
        "once" => None,
        span => span.parse().ok(),
    }
}
