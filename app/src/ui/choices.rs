//! Boxes to tick and rows to choose from.

use leptos::html;
use leptos::prelude::*;

use super::form::Slot;
use super::frame::{FieldNotes, described_by, invalid};
use super::radios::{Radio, Radios};
use super::select::Choice;

/// Sends `on` when ticked.
#[component]
pub fn Checkbox(
    #[prop(into)] label: String,
    #[prop(into)] name: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional)] checked: bool,
    /// `true` or `false`.
    #[prop(optional, into)]
    on_input: Option<Callback<bool>>,
) -> impl IntoView {
    let slot = Slot::of(&name);
    let start = checked;
    let checked = slot.posted().map_or(checked, |posted| !posted.is_empty());
    let here = slot.clone();
    let node = NodeRef::<html::Input>::new();
    // As it is when the page comes alive: see `tell_early`.
    Effect::new(move |_| {
        if let (Some(on_input), Some(input)) = (on_input, node.get())
            && input.checked() != start
        {
            untrack(|| on_input.run(input.checked()));
        }
    });
    view! {
        <div class="field">
            <label class="check">
                <input
                    type="checkbox"
                    id=slot.id.clone()
                    name=slot.name.clone()
                    value="on"
                    checked=checked
                    aria-invalid=invalid(&slot)
                    aria-describedby=described_by(&slot, hint.is_some())
                    node_ref=node
                    on:change:target=move |event| {
                        here.clear();
                        if let Some(on_input) = on_input {
                            on_input.run(event.target().checked());
                        }
                    }
                />
                <span>{label}</span>
            </label>
            <FieldNotes at=slot hint/>
        </div>
    }
    .into_any()
}

/// One of a few, all in sight, side by side.
#[component]
pub fn RadioGroup(
    #[prop(into)] label: String,
    #[prop(into)] name: String,
    options: Vec<Choice>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] value: Signal<String>,
    #[prop(optional)] hide_label: bool,
    #[prop(optional, into)] on_input: Option<Callback<String>>,
) -> impl IntoView {
    let radio = |choice: Choice| Radio {
        value: choice.value,
        title: None,
        face: view! { <span>{choice.label}</span> }.into_any(),
    };
    let radios = options.into_iter().map(radio).collect();
    view! { <Radios label name look="segment" radios hint value hide_label on_input/> }.into_any()
}

/// Any of many; sends `name[]` once for each that is ticked.
#[component]
pub fn CheckList(
    #[prop(into)] label: String,
    #[prop(into)] name: String,
    #[prop(into)] options: Signal<Vec<Choice>>,
    #[prop(optional)] chosen: Vec<String>,
    #[prop(optional, into)] hint: Option<String>,
    /// The value of a box, and whether it is ticked now.
    #[prop(optional, into)]
    on_tick: Option<Callback<(String, bool)>>,
) -> impl IntoView {
    let slot = Slot::of(&name);
    let ticked: Vec<String> = slot.posted().map_or(chosen, |posted| posted.lines().map(str::to_owned).collect());
    let (id, sent_as) = (slot.id.clone(), format!("{}[]", slot.name));
    let boxes = move || {
        options
            .get()
            .into_iter()
            .enumerate()
            .map(|(at, choice)| {
                view! {
                    <label class="check">
                        <input
                            type="checkbox"
                            id=if at == 0 { id.clone() } else { format!("{id}-{at}") }
                            name=sent_as.clone()
                            checked=ticked.contains(&choice.value)
                            value=choice.value
                            on:change:target=move |event| {
                                if let Some(on_tick) = on_tick {
                                    on_tick.run((event.target().value(), event.target().checked()));
                                }
                            }
                        />
                        <span>{choice.label}</span>
                    </label>
                }
            })
            .collect_view()
    };
    let (described, wrong) = (described_by(&slot, hint.is_some()), invalid(&slot));
    view! {
        <fieldset class="field" aria-describedby=described data-invalid=wrong>
            <legend class="field-label">{label}</legend>
            <div class="check-list">{boxes}</div>
            <FieldNotes at=slot hint/>
        </fieldset>
    }
    .into_any()
}
