//! Limits that the past suggests, each a button that fills the field.

use leptos::prelude::*;

use ledger::budgets::{Budget, Suggestion};
use ledger::id::BudgetId;
use ledger::period::Span;
use ledger::{Book, Money};

use super::api::usual_for_tag;
use super::counted::Counted;
use crate::layout::me;
use crate::ui::{Button, ButtonKind};

/// Its buttons need a script.
#[component]
pub(super) fn Suggestions(
    book: Signal<Book>,
    counted: Counted,
    /// As [`ledger::budgets::BudgetForm`] reads it; days that come once by the first and the last, `2027-01-28/2027-02-03`.
    period: Signal<String>,
    /// Called with the amount as it is typed.
    on_choose: Callback<String>,
) -> impl IntoView {
    let (today, format) = (me().today, me().format());
    let of_tag = usual_of_tag(counted, period);
    let found = Memo::new(move |_| {
        let span = span_of(&period.get())?;
        let found = if counted.is_of_tag() {
            of_tag.get()
        } else {
            let categories = counted.ticked.with(|ids| ids.iter().filter_map(|id| id.parse().ok()).collect());
            book.with(|book| {
                let any = Budget::monthly(BudgetId::NIL, "", Money::zero(book.home), today);
                book.judged(&Budget { categories, span, ..any }).suggestions(today)
            })
        };
        Some(found).filter(|found| !found.is_empty())
    });
    let button = move |Suggestion { months, limit }: Suggestion| {
        let words = format!("{months} months: {}", super::words::short(limit, format));
        let on_click = Callback::new(move |()| on_choose.run(format.plain(limit)));
        view! { <Button kind=ButtonKind::Quiet on_click>{words}</Button> }
    };
    view! {
        <Show when=move || found.with(Option::is_some)>
            <div class="budget-suggestions needs-script" role="group" aria-label="What was usual">
                <span class="muted small">"Usual in the last"</span>
                {move || found.get().unwrap_or_default().into_iter().map(button).collect_view()}
            </div>
        </Show>
    }
    .into_any()
}

/// The suggestions for a tag, which the server knows once it is one that records bear.
fn usual_of_tag(counted: Counted, period: Signal<String>) -> RwSignal<Vec<Suggestion>> {
    let found = RwSignal::new(Vec::new());
    let asked = Memo::new(move |_| {
        let known = counted.is_of_tag() && counted.is_known.get();
        known.then(|| Some((counted.tag.get(), span_of(&period.get())?))).flatten()
    });
    let latest = StoredValue::new(0_u32);
    Effect::new(move |_| {
        latest.update_value(|latest| *latest += 1);
        let (nth, question) = (latest.get_value(), asked.get());
        leptos::task::spawn_local(async move {
            let answer = match question {
                Some((tag, span)) => usual_for_tag(tag, span).await.unwrap_or_default(),
                None => Vec::new(),
            };
            if latest.try_get_value() == Some(nth) {
                found.set(answer);
            }
        });
    });
    found
}

/// None for days that come once as long as one of them is not typed.
fn span_of(period: &str) -> Option<Span> {
    match period {
        "pay" => Some(Span::Month),
        "fortnight" => "pay:2000-01-01".parse().ok(),
        span => span.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_so_far_is_a_span_or_none_yet() {
        for period in ["month", "pay", "fortnight", "2027-01-28/2027-02-03", "2028-02-29/2028-02-29"] {
            assert!(span_of(period).is_some(), "{period}");
        }
        for period in ["", "once", "/", "2027-01-28/", "2027-02-03/2027-01-28", "2027-01-28/2030-01-28"] {
            assert_eq!(span_of(period), None, "{period}");
        }
    }
}
