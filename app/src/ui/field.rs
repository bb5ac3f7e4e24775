//! A line of text: a name, an address, a day.

use leptos::html;
use leptos::prelude::*;

use super::form::Slot;
use super::frame::{FieldFrame, described_by, invalid};

/// Sets a control when the value that it was given changes; never at first, so that what was typed
/// before the page came alive stays.
pub(crate) fn follow(value: Signal<String>, set: impl Fn(&str) + 'static) {
    let start = value.get_untracked();
    Effect::new(move |before: Option<String>| {
        let now = value.get();
        if before.as_ref().unwrap_or(&start) != &now {
            set(&now);
        }
        now
    });
}

/// Tells the page what a control holds when it comes alive, where that is not `value`: a person may choose before
/// the WebAssembly is there, and a refused post comes back with what was chosen.
pub(crate) fn tell_early(
    value: Signal<String>,
    on_input: Option<Callback<String>>,
    held: impl Fn() -> Option<String> + 'static,
) {
    Effect::new(move |_| {
        if let Some(held) = held()
            && let Some(on_input) = on_input
            && held != value.get_untracked()
        {
            untrack(|| on_input.run(held));
        }
    });
}

/// Tells the page what is typed, and takes the message away.
pub(crate) fn typed(slot: &Slot, on_input: Option<Callback<String>>) -> impl Fn(String) + Clone + 'static {
    let slot = slot.clone();
    move |text: String| {
        slot.clear();
        if let Some(on_input) = on_input {
            on_input.run(text);
        }
    }
}

#[component]
#[expect(clippy::fn_params_excessive_bools, reason = "each is one switch of the input")]
pub fn Field(
    #[prop(into)] label: String,
    #[prop(into)] name: String,
    /// `text`, `email`, `date`, `number`, `tel` or `search`.
    #[prop(default = "text")]
    kind: &'static str,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] value: Signal<String>,
    #[prop(optional)] required: bool,
    #[prop(optional)] readonly: bool,
    #[prop(optional)] hide_label: bool,
    #[prop(optional, into)] on_input: Option<Callback<String>>,
    #[prop(optional, into)] autocomplete: Option<String>,
    #[prop(optional, into)] inputmode: Option<String>,
    #[prop(optional, into)] placeholder: Option<String>,
    /// Characters.
    #[prop(optional)]
    maxlength: u32,
    #[prop(optional)] autofocus: bool,
) -> impl IntoView {
    let slot = Slot::of(&name);
    let node = NodeRef::<html::Input>::new();
    let typed = typed(&slot, on_input);
    follow(value, move |text| {
        if let Some(input) = node.get_untracked() {
            input.set_value(text);
        }
    });
    let spelling = if matches!(kind, "email" | "tel") { "off" } else { "sentences" };
    view! {
        <FieldFrame at=slot.clone() label hint=hint.clone() hide_label>
            <input
                class="input"
                type=kind
                id=slot.id.clone()
                name=slot.name.clone()
                value=slot.start(value)
                required=required
                readonly=readonly
                autocomplete=autocomplete
                autocapitalize=spelling
                inputmode=inputmode
                placeholder=placeholder
                maxlength=(maxlength > 0).then(|| maxlength.to_string())
                autofocus=autofocus
                aria-invalid=invalid(&slot)
                aria-describedby=described_by(&slot, hint.is_some())
                node_ref=node
                on:input:target=move |event| typed(event.target().value())
            />
        </FieldFrame>
    }
    .into_any()
}
