//! What an amount comes to that is typed as a sum: "12+8.50" is ₹20.50.

use leptos::prelude::*;

use ledger::Money;

use super::exchange::Chosen;
use crate::layout::me;

/// Nothing while it is no sum, or cannot be read.
#[component]
pub(super) fn SumOf(amount: RwSignal<String>, chosen: Chosen) -> impl IntoView {
    let format = me().format();
    let sum = Memo::new(move |_| {
        let typed = amount.get();
        let money = typed.contains('+').then(|| Money::parse(&typed, chosen.currency(), format).ok()).flatten()?;
        Some(format!("= {}", format.money(money)))
    });
    view! {
        <p class="record-sum num" aria-live="polite" data-testid="record-sum" hidden=move || sum.with(Option::is_none)>
            {sum}
        </p>
    }
    .into_any()
}
