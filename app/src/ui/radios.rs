//! One of a few, all in sight: what [`RadioGroup`](super::RadioGroup) and [`TileGroup`](super::TileGroup) have in common.

use leptos::html;
use leptos::prelude::*;

use super::field::{follow, tell_early, typed};
use super::form::Slot;
use super::frame::{FieldNotes, described_by, invalid};

/// One that can be chosen.
pub(super) struct Radio {
    /// What is sent.
    pub value: String,
    /// What the pointer is told.
    pub title: Option<&'static str>,
    /// What stands beside the radio in its label.
    pub face: AnyView,
}

/// Radios of one field, under its label.
#[component]
pub(super) fn Radios(
    label: String,
    name: String,
    /// The class of each; with an "s", of all together.
    look: &'static str,
    radios: Vec<Radio>,
    #[prop(default = None)] hint: Option<String>,
    value: Signal<String>,
    #[prop(default = false)] hide_label: bool,
    on_input: Option<Callback<String>>,
) -> impl IntoView {
    let slot = Slot::of(&name);
    let typed = typed(&slot, on_input);
    let start = slot.start(value);
    let radios = radios
        .into_iter()
        .enumerate()
        .map(|(at, radio)| {
            let node = NodeRef::<html::Input>::new();
            let (mine, held) = (radio.value.clone(), radio.value.clone());
            tell_early(value, on_input, move || node.get()?.checked().then(|| held.clone()));
            follow(value, move |text| {
                if let Some(input) = node.get_untracked() {
                    input.set_checked(text == mine);
                }
            });
            let typed = typed.clone();
            // The first one bears the id of the field, so that a message can lead there.
            let id = if at == 0 { slot.id.clone() } else { format!("{}-{at}", slot.id) };
            view! {
                <label class=look title=radio.title>
                    <input
                        type="radio"
                        id=id
                        name=slot.name.clone()
                        checked=radio.value == start
                        value=radio.value
                        node_ref=node
                        on:change:target=move |event| typed(event.target().value())
                    />
                    {radio.face}
                </label>
            }
        })
        .collect_view();
    let (described, wrong) = (described_by(&slot, hint.is_some()), invalid(&slot));
    view! {
        <fieldset class="field" aria-describedby=described data-invalid=wrong>
            <legend class="field-label" class:visually-hidden=hide_label>{label}</legend>
            <div class=format!("{look}s")>{radios}</div>
            <FieldNotes at=slot hint/>
        </fieldset>
    }
    .into_any()
}
