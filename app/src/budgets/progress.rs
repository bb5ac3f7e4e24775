//! How far a budget is used up.

use leptos::prelude::*;

use ledger::Book;
use ledger::budgets::{Budget, Progress as Answer};
use ledger::id::BudgetId;

use super::words::{outlook, tone_of};
use crate::layout::me;
use crate::ui::{Progress, Tone};

/// The bar of one budget, and what can still be spent each day.
#[component]
pub(super) fn BudgetProgress(book: Signal<Book>, budget: Budget) -> impl IntoView {
    let me = me();
    let (format, today, id) = (me.format(), me.today, budget.id);
    let answer = Memo::new(move |_| book.with(|book| answer_of(book, id, today)));
    let percent = move || {
        answer
            .with(|answer| answer.as_ref().map_or(0, |answer| u32::try_from(answer.percent.max(0)).unwrap_or(u32::MAX)))
    };
    let note = move || {
        let words = |answer: &Answer| format!("{} of {}", format.money(answer.spent), format.money(answer.limit));
        answer.with(|answer| answer.as_ref().map(words)).unwrap_or_default()
    };
    let words = move || answer.with(|answer| answer.as_ref().map(|answer| outlook(answer, today, format)));
    let tone = move || answer.with(|answer| answer.as_ref().map_or(Tone::Good, |answer| tone_of(answer.standing)));
    view! {
        <div class="budget-progress">
            <Progress label=budget.name percent=Signal::derive(percent) tone=Signal::derive(tone) note=Signal::derive(note)/>
            <p class="budget-outlook">{words}</p>
        </div>
    }
    .into_any()
}

fn answer_of(book: &Book, id: BudgetId, today: chrono::NaiveDate) -> Option<Answer> {
    book.budgets.get(&id).map(|budget| budget.progress(&book.totals, today, book.week_start))
}
