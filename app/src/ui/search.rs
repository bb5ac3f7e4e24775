//! The search box of a list, part of a form that is sent with GET.

use std::time::Duration;

use leptos::html;
use leptos::prelude::*;

use super::combo::{Suggestion, SuggestionBox, SuggestionList};
use super::field::follow;
use super::icon::Icon;

/// Typing that stops for so long is a question.
const PAUSE: Duration = Duration::from_millis(150);

/// Tells what is typed once for each pause, and what is chosen at once.
#[derive(Clone, Copy)]
struct Asking {
    on_input: Option<Callback<String>>,
    waiting: StoredValue<Option<TimeoutHandle>>,
}

impl Asking {
    fn now(self, text: String) {
        self.stop();
        if let Some(on_input) = self.on_input {
            on_input.run(text);
        }
    }

    fn later(self, text: String) {
        self.stop();
        let handle = set_timeout_with_handle(move || self.now(text), PAUSE);
        self.waiting.set_value(handle.ok());
    }

    fn stop(self) {
        if let Some(handle) = self.waiting.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    }
}

#[component]
pub fn SearchBox(
    #[prop(into)] label: String,
    #[prop(into)] name: String,
    #[prop(optional, into)] value: Signal<String>,
    /// Called when typing pauses.
    #[prop(optional, into)]
    on_input: Option<Callback<String>>,
    #[prop(optional, into)] suggestions: Signal<Vec<Suggestion>>,
) -> impl IntoView {
    let node = NodeRef::<html::Input>::new();
    let id = format!("search-{name}");
    let asking = Asking { on_input, waiting: StoredValue::new(None) };
    on_cleanup(move || asking.stop());
    let on_choose = Callback::new(move |chosen: Suggestion| asking.now(chosen.value));
    let list = SuggestionList::new(&id, node, suggestions, Some(on_choose));
    // Follows the URL, except while the person is typing ahead of it.
    follow(value, move |text| {
        if let Some(input) = node.get_untracked()
            && document().active_element().as_ref() != Some(input.as_ref())
        {
            input.set_value(text);
        }
    });
    view! {
        <div class="search combo">
            <Icon name="search"/>
            <input
                class="input"
                type="search"
                role="combobox"
                id=id
                name=name
                aria-label=label.clone()
                placeholder=label
                value=value.get_untracked()
                autocomplete="off"
                aria-autocomplete="list"
                aria-expanded=move || list.is_open().to_string()
                aria-controls=list.id()
                aria-activedescendant=move || list.active_id()
                node_ref=node
                on:input:target=move |event| {
                    list.show();
                    asking.later(event.target().value());
                }
                on:keydown=move |event| list.on_key(&event)
                on:blur=move |_| list.hide()
            />
            <SuggestionBox list/>
        </div>
    }
    .into_any()
}
