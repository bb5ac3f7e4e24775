//! What surrounds every control: its label, its hint and what is wrong with it.

use leptos::prelude::*;

use super::form::Slot;
use super::icon::Icon;

/// The ids that describe a control, for `aria-describedby`.
pub(crate) fn described_by(slot: &Slot, has_hint: bool) -> Signal<Option<String>> {
    let (error, id) = (slot.error(), slot.id.clone());
    Signal::derive(move || {
        let hint = has_hint.then(|| format!("{id}-hint"));
        let error = error.get().map(|_| format!("{id}-error"));
        let ids: Vec<String> = hint.into_iter().chain(error).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    })
}

/// `"true"` while something is wrong, for `aria-invalid`.
pub(crate) fn invalid(slot: &Slot) -> Signal<Option<&'static str>> {
    let error = slot.error();
    Signal::derive(move || error.get().map(|_| "true"))
}

/// A label above a control.
#[component]
pub(crate) fn FieldFrame(
    at: Slot,
    label: String,
    hint: Option<String>,
    hide_label: bool,
    children: Children,
) -> impl IntoView {
    let id = at.id.clone();
    view! {
        <div class="field">
            <label class="field-label" class:visually-hidden=hide_label for=id>
                {label}
            </label>
            {children()}
            <FieldNotes at hint/>
        </div>
    }
    .into_any()
}

/// The hint and the message below a control.
#[component]
pub(crate) fn FieldNotes(at: Slot, hint: Option<String>) -> impl IntoView {
    let error = at.error();
    let error_id = format!("{}-error", at.id);
    let hint_id = format!("{}-hint", at.id);
    view! {
        {hint.map(|hint| view! { <p class="field-hint" id=hint_id>{hint}</p> })}
        {move || {
            error
                .get()
                .map(|error| {
                    view! {
                        <p class="field-error" id=error_id.clone()>
                            <Icon name="circle-alert"/>
                            <span>{error}</span>
                        </p>
                    }
                })
        }}
    }
    .into_any()
}
