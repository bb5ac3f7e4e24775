//! An amount of money as typed.

use leptos::html;
use leptos::prelude::*;

use super::field::{follow, typed};
use super::figures::length;
use super::form::Slot;
use super::frame::{FieldFrame, described_by, invalid};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MoneySize {
    /// Where the amount is what the form is about.
    Large,
    #[default]
    Normal,
}

#[component]
pub fn MoneyField(
    #[prop(into)] label: String,
    #[prop(into)] name: String,
    /// The sign put before it, such as `₹`.
    #[prop(into)]
    currency: Signal<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] value: Signal<String>,
    #[prop(optional)] size: MoneySize,
    #[prop(optional)] required: bool,
    #[prop(optional)] autofocus: bool,
    #[prop(optional)] hide_label: bool,
    #[prop(optional, into)] on_input: Option<Callback<String>>,
) -> impl IntoView {
    let slot = Slot::of(&name);
    let node = NodeRef::<html::Input>::new();
    let typed = typed(&slot, on_input);
    let start = slot.start(value);
    let held = RwSignal::new(length(&start));
    follow(value, move |text| {
        held.set(length(text));
        if let Some(input) = node.get_untracked() {
            input.set_value(text);
        }
    });
    view! {
        <FieldFrame at=slot.clone() label hint=hint.clone() hide_label>
            <div
                class="input-group money"
                class:money-large=size == MoneySize::Large
                data-length=move || held.get()
                data-wide=move || (currency.with(|sign| sign.chars().count()) > 1).then_some("true")
            >
                <span class="input-prefix" aria-hidden="true">{move || currency.get()}</span>
                <input
                    class="input num"
                    type="text"
                    id=slot.id.clone()
                    name=slot.name.clone()
                    value=start
                    required=required
                    inputmode="decimal"
                    autocomplete="off"
                    autofocus=autofocus
                    aria-invalid=invalid(&slot)
                    aria-describedby=described_by(&slot, hint.is_some())
                    node_ref=node
                    on:input:target=move |event| {
                        let text = event.target().value();
                        held.set(length(&text));
                        typed(text);
                    }
                />
            </div>
        </FieldFrame>
    }
    .into_any()
}
