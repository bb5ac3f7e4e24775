//! What a budget counts: everything, the categories that are ticked, or a tag.

use leptos::prelude::*;

use ledger::form::name_key;

use super::api::suggest_tags;
use crate::ui::{CheckList, Choice, Combo, RadioGroup, Suggestion};

/// As [`ledger::budgets::BudgetForm`] reads it. No label holds the name of the list of categories.
const COUNTS: [(&str, &str); 3] = [("all", "Everything"), ("ticked", "Only what is ticked"), ("tag", "A tag")];

/// True without a script too, where a first tick says more than the choice that nobody moved.
const TICKS: &str = "Ticks count only with “Only what is ticked”: the first tick chooses it. What lies below a category \
                     counts with it.";

/// What is chosen, as the fields hold it.
#[derive(Clone, Copy)]
pub(super) struct Counted {
    pub counts: RwSignal<String>,
    /// The ids of the ticked categories.
    pub ticked: RwSignal<Vec<String>>,
    /// As typed.
    pub tag: RwSignal<String>,
    /// Whether that is a tag that records bear.
    pub is_known: RwSignal<bool>,
}

impl Counted {
    pub fn new(counts: String, ticked: Vec<String>, tag: String) -> Self {
        let is_known = RwSignal::new(!tag.is_empty());
        Self { counts: RwSignal::new(counts), ticked: RwSignal::new(ticked), tag: RwSignal::new(tag), is_known }
    }

    pub fn is_of_tag(self) -> bool {
        self.counts.with(|counts| counts == "tag")
    }
}

/// The fields that the choice asks for. Ticking a category chooses the ticked ones, and choosing everything takes the
/// ticks away; the list stays in sight, so that ticking needs no choice first, and is quiet while it counts for nothing.
#[component]
pub(super) fn CountedFields(
    counted: Counted,
    /// The categories that can be ticked.
    options: Signal<Vec<Choice>>,
) -> impl IntoView {
    let of_tag = Memo::new(move |_| counted.is_of_tag());
    let of_all = Memo::new(move |_| counted.counts.with(|counts| counts == "all"));
    let clears = RwSignal::new(0_u32);
    let on_choice = Callback::new(move |choice: String| {
        if choice == "all" && counted.ticked.with_untracked(|ticked| !ticked.is_empty()) {
            counted.ticked.set(Vec::new());
            clears.update(|clears| *clears += 1);
        }
        counted.counts.set(choice);
    });
    let on_tick = Callback::new(move |(id, is_ticked): (String, bool)| {
        counted.ticked.update(|ticked| {
            ticked.retain(|other| *other != id);
            ticked.extend(is_ticked.then_some(id));
        });
        let any = counted.ticked.with_untracked(|ticked| !ticked.is_empty());
        counted.counts.set(if any { "ticked" } else { "all" }.to_owned());
    });
    let list = move || {
        clears.track();
        let chosen = counted.ticked.get_untracked();
        view! {
            <CheckList
                label="Categories"
                name="categories"
                options
                chosen
                on_tick
                hint=TICKS
            />
        }
    };
    let choices = COUNTS.map(|(value, label)| Choice::new(value, label)).to_vec();
    view! {
        <RadioGroup label="What counts" name="counts" options=choices value=counted.counts on_input=on_choice/>
        <div class="budget-categories" class:not-needed=of_tag class:is-resting=of_all>{list}</div>
        <div class:not-needed=move || !of_tag.get()><TagField counted/></div>
    }
    .into_any()
}

/// The tag, with those that records bear offered.
#[component]
fn TagField(counted: Counted) -> impl IntoView {
    let suggestions = RwSignal::new(Vec::<Suggestion>::new());
    let latest = StoredValue::new(0_u32);
    let suggest = Callback::new(move |typed: String| {
        counted.tag.set(typed.clone());
        latest.update_value(|asked| *asked += 1);
        let asked = latest.get_value();
        leptos::task::spawn_local(async move {
            let tags = suggest_tags(typed.clone()).await.unwrap_or_default();
            // Answers may overtake each other: only the last question counts.
            if latest.try_get_value() == Some(asked) {
                let key = name_key(typed.trim().trim_start_matches('#'));
                counted.is_known.set(tags.iter().any(|tag| name_key(tag) == key));
                let offered = tags.into_iter().map(|value| Suggestion { value, note: String::new() });
                suggestions.set(offered.collect());
            }
        });
    });
    let on_choose = Callback::new(move |chosen: Suggestion| {
        counted.tag.set(chosen.value);
        counted.is_known.set(true);
    });
    view! {
        <Combo
            label="Tag"
            name="tag"
            suggest
            suggestions
            on_choose
            hint="All that is spent with this tag counts, whatever its category."
            value=counted.tag
        />
    }
    .into_any()
}
