//! The parts of the budget form that hang together: what the choice asks for, and nothing else.

use leptos::prelude::*;

use crate::ui::{Checkbox, Choice, Field, MoneyField, SelectField};

/// What can be chosen, as [`ledger::budgets::BudgetForm`] reads it.
const PERIODS: [(&str, &str); 9] = [
    ("month", "Month"),
    ("week", "Week"),
    ("day", "Day"),
    ("quarter", "Quarter"),
    ("year", "Year"),
    ("pay", "From pay day to pay day"),
    ("pay:last", "From the last working day of the month"),
    ("fortnight", "Every two weeks"),
    ("once", "Some days, once"),
];

#[component]
pub(super) fn SpanFields(
    period: String,
    pay_day: String,
    paid_on: String,
    /// What is typed so far.
    first: RwSignal<String>,
    last: RwSignal<String>,
    /// Called with what is chosen.
    on_period: Callback<String>,
) -> impl IntoView {
    let chosen = RwSignal::new(period.clone());
    let hides = move |wanted: &str| chosen.with(|chosen| chosen != wanted);
    let options = PERIODS.map(|(value, label)| Choice::new(value, label)).to_vec();
    let on_input = Callback::new(move |period: String| {
        on_period.run(period.clone());
        chosen.set(period);
    });
    view! {
        <div class="grid-2">
            <SelectField label="Period" name="period" options value=period on_input/>
            <div class:not-needed=move || hides("pay")>
                <Field
                    label="Pay day"
                    name="pay_day"
                    inputmode="numeric"
                    hint="From 1 to 31; a short month is paid on its last day"
                    value=pay_day
                />
            </div>
            <div class:not-needed=move || hides("fortnight")>
                <Field label="Paid on" name="paid_on" kind="date" hint="Any of the pay days" value=paid_on/>
            </div>
        </div>
        <div class="grid-2" class:not-needed=move || hides("once")>
            <Field
                label="First day"
                name="first"
                kind="date"
                value=first
                on_input=Callback::new(move |typed| first.set(typed))
            />
            <Field label="Last day" name="last" kind="date" value=last on_input=Callback::new(move |typed| last.set(typed))/>
        </div>
    }
    .into_any()
}

#[component]
pub(super) fn RollOverFields(
    /// The sign of the currency.
    #[prop(into)]
    currency: String,
    roll_over: String,
    overspending: String,
    most: String,
) -> impl IntoView {
    let rolls = RwSignal::new(!roll_over.is_empty());
    let hides = move || !rolls.get();
    view! {
        <Checkbox
            label="Roll over"
            name="roll_over"
            checked=!roll_over.is_empty()
            hint="What is left at the end is added to the next one. Days that come once have no next one."
            on_input=Callback::new(move |ticked| rolls.set(ticked))
        />
        <div class="grid-2" class:not-needed=hides>
            <Checkbox
                label="Take overspending along too"
                name="overspending"
                checked=!overspending.is_empty()
                hint="What was spent too much is taken from the next one."
            />
            <MoneyField
                label="Carry at most (optional)"
                name="most"
                currency
                value=most
                hint="Empty for all of it"
            />
        </div>
    }
    .into_any()
}
