//! A line of text with suggestions: the combobox pattern of the ARIA practices.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::field::{follow, typed};
use super::form::Slot;
use super::frame::{FieldFrame, described_by, invalid};

/// One line of the list below the box.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suggestion {
    pub value: String,
    /// What tells it from others: its last category, how often it was used.
    pub note: String,
}

#[component]
pub fn Combo(
    #[prop(into)] label: String,
    #[prop(into)] name: String,
    /// Called with what is typed.
    #[prop(into)]
    suggest: Callback<String>,
    #[prop(into)] suggestions: Signal<Vec<Suggestion>>,
    #[prop(optional, into)] on_choose: Option<Callback<Suggestion>>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] value: Signal<String>,
) -> impl IntoView {
    let slot = Slot::of(&name);
    let node = NodeRef::<html::Input>::new();
    let list = SuggestionList::new(&slot.id, node, suggestions, on_choose);
    let typed = typed(&slot, Some(suggest));
    follow(value, move |text| {
        if let Some(input) = node.get_untracked() {
            input.set_value(text);
        }
    });
    view! {
        <FieldFrame at=slot.clone() label hint=hint.clone() hide_label=false>
            <div class="combo">
                <input
                    class="input"
                    type="text"
                    role="combobox"
                    id=slot.id.clone()
                    name=slot.name.clone()
                    value=slot.start(value)
                    autocomplete="off"
                    aria-autocomplete="list"
                    aria-expanded=move || list.is_open().to_string()
                    aria-controls=list.id()
                    aria-activedescendant=move || list.active_id()
                    aria-invalid=invalid(&slot)
                    aria-describedby=described_by(&slot, hint.is_some())
                    node_ref=node
                    on:input:target=move |event| {
                        list.show();
                        typed(event.target().value());
                    }
                    on:keydown=move |event| list.on_key(&event)
                    on:blur=move |_| list.hide()
                />
                <SuggestionBox list/>
            </div>
        </FieldFrame>
    }
    .into_any()
}

/// The open list and the line in it that the keyboard is at.
#[derive(Clone, Copy)]
pub(super) struct SuggestionList {
    id: StoredValue<String>,
    node: NodeRef<html::Input>,
    all: Signal<Vec<Suggestion>>,
    on_choose: Option<Callback<Suggestion>>,
    wanted: RwSignal<bool>,
    at: RwSignal<Option<usize>>,
}

impl SuggestionList {
    pub fn new(
        id: &str,
        node: NodeRef<html::Input>,
        all: Signal<Vec<Suggestion>>,
        on_choose: Option<Callback<Suggestion>>,
    ) -> Self {
        let id = StoredValue::new(format!("{id}-list"));
        Self { id, node, all, on_choose, wanted: RwSignal::new(false), at: RwSignal::new(None) }
    }

    pub fn id(self) -> String {
        self.id.get_value()
    }

    pub fn is_open(self) -> bool {
        self.wanted.get() && self.all.with(|all| !all.is_empty())
    }

    pub fn show(self) {
        self.at.set(None);
        self.wanted.set(true);
    }

    pub fn hide(self) {
        self.wanted.set(false);
    }

    fn line_id(self, at: usize) -> String {
        format!("{}-{at}", self.id.get_value())
    }

    pub fn active_id(self) -> Option<String> {
        let at = self.at.get()?;
        self.is_open().then(|| self.line_id(at))
    }

    pub fn on_key(self, event: &KeyboardEvent) {
        let count = self.all.with_untracked(Vec::len);
        let at = self.at.get_untracked();
        match event.key().as_str() {
            "ArrowDown" | "ArrowUp" if count > 0 => {
                event.prevent_default();
                let down = event.key() == "ArrowDown";
                let next = match at {
                    Some(at) if down => (at + 1) % count,
                    None if down => 0,
                    Some(at) => (at + count - 1) % count,
                    None => count - 1,
                };
                self.wanted.set(true);
                self.at.set(Some(next));
            }
            "Enter" if self.wanted.get_untracked() => {
                if let Some(at) = at {
                    event.prevent_default();
                    self.choose(at);
                }
            }
            "Escape" if self.wanted.get_untracked() && count > 0 => {
                // The first Escape closes the list, not the dialog around it.
                event.prevent_default();
                event.stop_propagation();
                self.hide();
            }
            _ => {}
        }
    }

    fn choose(self, at: usize) {
        let Some(chosen) = self.all.with_untracked(|all| all.get(at).cloned()) else { return };
        if let Some(input) = self.node.get_untracked() {
            input.set_value(&chosen.value);
        }
        self.hide();
        if let Some(on_choose) = self.on_choose {
            on_choose.run(chosen);
        }
    }
}

#[component]
pub(super) fn SuggestionBox(list: SuggestionList) -> impl IntoView {
    let lines = move || {
        if !list.is_open() {
            return Vec::new();
        }
        list.all
            .get()
            .into_iter()
            .enumerate()
            .map(|(at, suggestion)| {
                view! {
                    <li
                        role="option"
                        id=list.line_id(at)
                        aria-selected=move || (list.at.get() == Some(at)).to_string()
                        // Before the box loses focus.
                        on:mousedown=move |event| {
                            event.prevent_default();
                            list.choose(at);
                        }
                    >
                        <span class="suggestion-value" title=suggestion.value.clone()>{suggestion.value.clone()}</span>
                        <span class="suggestion-note">{suggestion.note}</span>
                    </li>
                }
            })
            .collect()
    };
    view! {
        <ul class="suggestions" role="listbox" aria-label="Suggestions" id=list.id() hidden=move || !list.is_open()>
            {lines}
        </ul>
    }
    .into_any()
}
