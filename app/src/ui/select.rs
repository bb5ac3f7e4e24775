//! One of a few, from a list that opens.

use leptos::html;
use leptos::prelude::*;

use super::field::{follow, tell_early, typed};
use super::form::Slot;
use super::frame::{FieldFrame, described_by, invalid};
use super::icon::Icon;

/// Something that can be chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// The heading that it stands under.
    pub group: Option<String>,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), group: None }
    }

    #[must_use]
    pub fn in_group(self, group: impl Into<String>) -> Self {
        Self { group: Some(group.into()), ..self }
    }
}

#[component]
pub fn SelectField(
    #[prop(into)] label: String,
    #[prop(into)] name: String,
    #[prop(into)] options: Signal<Vec<Choice>>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] value: Signal<String>,
    #[prop(optional)] required: bool,
    #[prop(optional)] hide_label: bool,
    #[prop(optional, into)] on_input: Option<Callback<String>>,
) -> impl IntoView {
    let slot = Slot::of(&name);
    let node = NodeRef::<html::Select>::new();
    let typed = typed(&slot, on_input);
    let chosen = StoredValue::new(slot.start(value));
    // A book that changes elsewhere must not draw a list anew that is just being read.
    let options = Memo::new(move |_| options.get());
    let show = move || {
        let at = options.with_untracked(|options| chosen.with_value(|chosen| place_of(options, chosen)));
        if let Some(select) = node.get_untracked() {
            select.set_selected_index(at);
        }
    };
    follow(value, move |text| {
        chosen.set_value(text.to_owned());
        show();
    });
    let held = move || {
        let held = node.get().map(|select| select.value())?;
        chosen.set_value(held.clone());
        Some(held)
    };
    tell_early(value, on_input, held);
    // The browser keeps the place in the list when the choices change, not the choice.
    Effect::new(move |drawn: Option<()>| {
        options.track();
        if drawn.is_some() {
            show();
        }
    });
    view! {
        <FieldFrame at=slot.clone() label hint=hint.clone() hide_label>
            <div class="input-group select">
                <select
                    class="input"
                    id=slot.id.clone()
                    name=slot.name.clone()
                    required=required
                    aria-invalid=invalid(&slot)
                    aria-describedby=described_by(&slot, hint.is_some())
                    node_ref=node
                    on:change:target=move |event| {
                        chosen.set_value(event.target().value());
                        typed(event.target().value());
                    }
                >
                    {move || options_view(&options.get(), &chosen.get_value())}
                </select>
                <Icon name="chevron-down"/>
            </div>
        </FieldFrame>
    }
    .into_any()
}

/// Where the choice stands; the first one stands for a choice that is not offered.
fn place_of(options: &[Choice], chosen: &str) -> i32 {
    let at = options.iter().position(|choice| choice.value == chosen).unwrap_or_default();
    i32::try_from(at).unwrap_or_default()
}

/// Choices in the order given; those that follow each other in one group stand under its heading.
fn options_view(options: &[Choice], chosen: &str) -> impl IntoView + use<> {
    options
        .chunk_by(|a, b| a.group == b.group)
        .map(|group| {
            let heading = group.first().and_then(|choice| choice.group.clone());
            let inside = group
                .iter()
                .map(|choice| {
                    let selected = choice.value == chosen;
                    view! { <option value=choice.value.clone() selected=selected>{choice.label.clone()}</option> }
                })
                .collect_view();
            match heading {
                Some(heading) => view! { <optgroup label=heading>{inside}</optgroup> }.into_any(),
                None => inside.into_any(),
            }
        })
        .collect_view()
}
