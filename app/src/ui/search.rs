//! The search box of a list, part of a form that is sent with GET.

use leptos::html;
use leptos::prelude::*;

use super::combo::{Suggestion, SuggestionBox, SuggestionList};
use super::field::follow;
use super::icon::Icon;

#[component]
pub fn SearchBox(
    #[prop(into)] label: String,
    #[prop(into)] name: String,
    #[prop(optional, into)] value: Signal<String>,
    #[prop(optional, into)] on_input: Option<Callback<String>>,
    #[prop(optional, into)] suggestions: Signal<Vec<Suggestion>>,
) -> impl IntoView {
    let node = NodeRef::<html::Input>::new();
    let id = format!("search-{name}");
    let on_choose = on_input.map(|on_input| Callback::new(move |chosen: Suggestion| on_input.run(chosen.value)));
    let list = SuggestionList::new(&id, node, suggestions, on_choose);
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
                    if let Some(on_input) = on_input {
                        on_input.run(event.target().value());
                    }
                }
                on:keydown=move |event| list.on_key(&event)
                on:blur=move |_| list.hide()
            />
            <SuggestionBox list/>
        </div>
    }
    .into_any()
}
