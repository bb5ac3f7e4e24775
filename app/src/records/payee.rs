//! The payee of a record: one that was used before brings its last category and account.

use leptos::prelude::*;

use ledger::list::PayeeSuggestion;

use super::api::suggest_payees;
use crate::book::BookState;
use crate::ui::{Combo, Suggestion};

/// The other fields of the form that a payee fills.
#[derive(Clone, Copy)]
pub(super) struct Fills {
    kind: RwSignal<String>,
    category: RwSignal<String>,
    account: RwSignal<String>,
    /// Offered even though they are archived.
    kept: RwSignal<Vec<String>>,
    /// The category that came of a payee, and so goes with it.
    by_payee: StoredValue<String>,
    /// Whether it is a record that was not saved yet: to correct a payee is not to move the record.
    is_new: bool,
}

impl Fills {
    pub fn new(
        kind: RwSignal<String>,
        category: RwSignal<String>,
        account: RwSignal<String>,
        kept: RwSignal<Vec<String>>,
        is_new: bool,
    ) -> Self {
        Self { kind, category, account, kept, by_payee: StoredValue::new(String::new()), is_new }
    }

    /// A payee was chosen: with it comes all that is known of it.
    fn choose(self, known: &PayeeSuggestion) {
        let (category, account) = (self.category_of(known), known.account.to_string());
        self.kept.update(|kept| kept.extend(category.iter().chain([&account]).cloned()));
        if let Some(category) = category {
            self.by_payee.set_value(category.clone());
            self.category.set(category);
        }
        self.account.set(account);
    }

    /// What is typed is the name of a payee, or of none: only a category that nobody chose by hand follows it.
    fn typed(self, known: Option<&PayeeSuggestion>) {
        let usual = known.and_then(|known| self.category_of(known)).unwrap_or_default();
        let before = self.by_payee.get_value();
        if self.is_new && self.category.get_untracked() == before && usual != before {
            self.kept.update(|kept| kept.push(usual.clone()));
            self.by_payee.set_value(usual.clone());
            self.category.set(usual);
        }
    }

    /// Empty for none, `None` where its records are of another kind.
    fn category_of(self, known: &PayeeSuggestion) -> Option<String> {
        let is_alike = known.kind.word() == self.kind.get_untracked();
        is_alike.then(|| known.category.map(|id| id.to_string()).unwrap_or_default())
    }
}

#[component]
pub(super) fn PayeeField(value: String, fills: Fills) -> impl IntoView {
    let known = RwSignal::new(Vec::<PayeeSuggestion>::new());
    let latest = StoredValue::new(0_u32);
    let suggest = Callback::new(move |typed: String| {
        latest.update_value(|asked| *asked += 1);
        let asked = latest.get_value();
        leptos::task::spawn_local(async move {
            let name = typed.trim().to_lowercase();
            let answer = if name.is_empty() { Vec::new() } else { suggest_payees(typed).await.unwrap_or_default() };
            // Answers may overtake each other: only the last question counts.
            if latest.try_get_value() == Some(asked) {
                fills.typed(answer.iter().find(|payee| payee.payee.to_lowercase() == name));
                known.set(answer);
            }
        });
    });
    let suggestions = Signal::derive(move || {
        let book = BookState::here();
        let note = |payee: &PayeeSuggestion| book.category_name(payee.category);
        known.with(|known| {
            known.iter().map(|payee| Suggestion { value: payee.payee.clone(), note: note(payee) }).collect()
        })
    });
    let on_choose = Callback::new(move |chosen: Suggestion| {
        // What was asked for before it says nothing any more.
        latest.update_value(|asked| *asked += 1);
        known.with_untracked(|known| {
            if let Some(payee) = known.iter().find(|payee| payee.payee == chosen.value) {
                fills.choose(payee);
            }
        });
    });
    view! { <Combo label="Payee" name="payee" value suggest suggestions on_choose /> }.into_any()
}
