//! How far a budget is used up.

use leptos::prelude::*;

use ledger::Book;
use ledger::budgets::{Budget, Progress as Answer};

use super::words::{outlook, pace, rest, tone_of};
use crate::layout::me;
use crate::ui::{Progress, Tone};

/// The bar of one budget, what can still be spent each day, and where its pace leads.
#[component]
pub(super) fn BudgetProgress(book: Signal<Book>, budget: Budget) -> impl IntoView {
    let me = me();
    let (format, today, id) = (me.format(), me.today, budget.id);
    let answer = Memo::new(move |_| {
        book.with(|book| {
            let budget = book.budgets.get(&id)?;
            Some((budget.clone(), book.judged(budget).progress(today)))
        })
    });
    let of = move |read: &dyn Fn(&Budget, &Answer) -> String| {
        answer.with(|answer| answer.as_ref().map(|(budget, answer)| read(budget, answer))).unwrap_or_default()
    };
    let percent = move || {
        answer.with(|answer| {
            answer.as_ref().map_or(0, |(_, answer)| u32::try_from(answer.percent.max(0)).unwrap_or(u32::MAX))
        })
    };
    let note = move || of(&|_, answer| format!("{} of {}", format.money(answer.spent), format.money(answer.limit)));
    let words = move || of(&|budget, answer| outlook(budget, answer, today, format));
    let rest = move || of(&|_, answer| rest(answer, format));
    let pace = move || answer.with(|answer| answer.as_ref().and_then(|(_, answer)| pace(answer)));
    let tone = move || answer.with(|answer| answer.as_ref().map_or(Tone::Good, |(_, answer)| tone_of(answer.standing)));
    view! {
        <div class="budget-progress">
            <Progress label=budget.name percent=Signal::derive(percent) tone=Signal::derive(tone) note=Signal::derive(note)/>
            <p class="budget-outlook">{words}</p>
            <p class="budget-rest muted small">{rest}</p>
            {move || pace().map(|words| view! { <p class="budget-pace small">{words}</p> })}
        </div>
    }
    .into_any()
}
