//! What a person is told when a budget is exceeded: at once, and until it is dismissed.

use chrono::NaiveDate;
use leptos::prelude::*;

use ledger::budgets::BudgetAlert;
use ledger::{Book, Changes, NumberFormat};

use super::api::SeeAlerts;
use crate::book::BookState;
use crate::layout::{me, today};
use crate::ui::{ButtonKind, Icon, PostButton, Toasts, later};

/// Tells of the budgets that this very save took over a threshold.
pub fn tell_crossed(changes: &Changes, book: &Book, toasts: Toasts, format: NumberFormat) {
    let crossed = changes.alerts.iter().filter(|alert| !alert.seen && alert.revision == changes.revision);
    for alert in crossed {
        toasts.warn(words_of(alert, book, format));
    }
}

fn words_of(alert: &BudgetAlert, book: &Book, format: NumberFormat) -> String {
    let name = book.budgets.get(&alert.budget).map_or("A budget", |budget| budget.name.as_str());
    alert.words(name, format)
}

/// Alerts that were not dismissed and are still so, the newest first.
#[component]
pub fn AlertBanner(book: Signal<Book>) -> impl IntoView {
    let (state, format) = (BookState::here(), me().format());
    let today = today();
    let words = Memo::new(move |_| book.with(|book| unseen(book, today.get(), format)));
    view! {
        <Show when=move || words.with(|words| !words.is_empty())>
            {later(move || view! {
                <section class="budget-alert" aria-label="Budget alerts" data-testid="budget-alert">
                    <Icon name="triangle-alert"/>
                    <ul>
                        {move || words.get().into_iter().map(|words| view! { <li>{words}</li> }).collect_view()}
                    </ul>
                    <div class="row">
                        <a class="reach" href="/budgets">"See the budgets"</a>
                        <PostButton
                            action={ServerAction::<SeeAlerts>::new()}
                            label="Dismiss"
                            kind=ButtonKind::Quiet
                            on_done=Callback::new(move |changes: Changes| state.merge(&changes))
                        >
                            "Dismiss"
                        </PostButton>
                    </div>
                </section>
            })}
        </Show>
    }
    .into_any()
}

/// Of each budget and period, the highest threshold.
fn unseen(book: &Book, today: NaiveDate, format: NumberFormat) -> Vec<String> {
    let unseen = book.alerts.values().filter(|alert| !alert.seen);
    let mut unseen: Vec<BudgetAlert> = unseen.filter_map(|alert| book.as_it_stands(alert, today)).collect();
    unseen.sort_by_key(|alert| std::cmp::Reverse((alert.period.start, alert.budget, alert.threshold)));
    unseen.dedup_by_key(|alert| (alert.period.start, alert.budget));
    unseen.iter().map(|alert| words_of(alert, book, format)).collect()
}
