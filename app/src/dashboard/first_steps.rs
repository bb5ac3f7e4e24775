//! What to do first, for a book without records.

use leptos::prelude::*;

use ledger::Book;

use crate::ui::{Card, Icon};

/// Path, words, why, and icon.
const STEPS: [(&str, &str, &str, &str); 3] = [
    (
        "/records/new",
        "Write down one expense",
        "The coffee of this morning will do. It takes a few seconds.",
        "receipt",
    ),
    ("/budgets/new", "Set a monthly limit", "Expenso then tells you each day what is left.", "target"),
    ("/bills/new", "Add a bill", "Rent, electricity, a subscription: seen before it falls due.", "calendar-clock"),
];

/// Gone as soon as there is a record. The figures below stand from the first day.
#[component]
pub(super) fn FirstSteps(book: Signal<Book>) -> impl IntoView {
    let is_new = Memo::new(move |_| book.with(|book| book.records.is_empty()));
    let done = move |path: &str| {
        book.with(|book| match path {
            "/budgets/new" => !book.budgets.is_empty(),
            "/bills/new" => !book.bills.is_empty(),
            _ => false,
        })
    };
    view! {
        <Show when=move || is_new.get()>
            <Card title="Three steps to begin with">
                <ol class="first-steps">
                    {STEPS
                        .map(|(path, words, why, icon)| {
                            view! {
                                <li class="first-step" data-done=move || done(path).then_some("true")>
                                    {move || view! { <Icon name=if done(path) { "circle-check" } else { icon }/> }}
                                    <span>
                                        <a href=path>{words}</a>
                                        <span class="muted small">{why}</span>
                                    </span>
                                </li>
                            }
                        })
                        .into_iter()
                        .collect_view()}
                </ol>
            </Card>
        </Show>
    }
    .into_any()
}
