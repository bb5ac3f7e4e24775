//! What the fields of a form share.

use std::collections::BTreeMap;

use ledger::FieldErrors;
use leptos::prelude::*;

/// The context of every field inside a `Form`.
#[derive(Clone, Copy)]
pub struct FormState {
    /// Messages by field name, `""` for the form as a whole.
    pub errors: RwSignal<FieldErrors>,
    /// Whether the answer is awaited.
    pub pending: Signal<bool>,
    /// Whether what went wrong may go well when it is simply sent again.
    pub worth_a_retry: RwSignal<bool>,
    /// Values of a refused post, by field name.
    values: StoredValue<BTreeMap<String, String>>,
    id: StoredValue<String>,
}

impl FormState {
    pub(super) fn new(
        id: String,
        errors: FieldErrors,
        values: BTreeMap<String, String>,
        pending: impl Into<Signal<bool>>,
    ) -> Self {
        Self {
            errors: RwSignal::new(errors),
            pending: pending.into(),
            worth_a_retry: RwSignal::new(false),
            values: StoredValue::new(values),
            id: StoredValue::new(id),
        }
    }

    /// The form around this component.
    pub fn here() -> Option<Self> {
        use_context()
    }

    /// What a refused post held in a field.
    pub fn posted(self, field: &str) -> Option<String> {
        self.values.with_value(|values| values.get(field).cloned())
    }

    /// Takes the message of a field away, as soon as the person mends it.
    pub fn clear(self, field: &str) {
        let has_error = self.errors.with_untracked(|errors| errors.get(field).is_some());
        if has_error {
            self.errors.update(|errors| {
                let mut rest = FieldErrors::default();
                for (name, message) in errors.iter().filter(|(name, _)| *name != field) {
                    rest.add(name, message);
                }
                *errors = rest;
            });
        }
    }
}

/// How one field stands in its form, or alone.
#[derive(Clone)]
pub(crate) struct Slot {
    /// The id of the control.
    pub id: String,
    /// The name that is sent.
    pub name: String,
    /// The field name alone.
    pub field: String,
    state: Option<FormState>,
}

impl Slot {
    /// The place of `field` in the form around it.
    pub fn of(field: &str) -> Self {
        let state = FormState::here();
        let (id, name) = match state {
            Some(state) => (format!("{}-{field}", state.id.get_value()), format!("form[{field}]")),
            None => (format!("field-{field}"), field.to_owned()),
        };
        Self { id, name, field: field.to_owned(), state }
    }

    /// The message beside the field.
    pub fn error(&self) -> Signal<Option<String>> {
        let (state, field) = (self.state, self.field.clone());
        Signal::derive(move || {
            state.and_then(|state| state.errors.with(|errors| errors.get(&field).map(str::to_owned)))
        })
    }

    /// What the control holds at first: the refused post wins over `value`.
    pub fn start(&self, value: Signal<String>) -> String {
        self.posted().unwrap_or_else(|| value.get_untracked())
    }

    /// What was posted, if a post was refused.
    pub fn posted(&self) -> Option<String> {
        self.state.and_then(|state| {
            state.values.with_value(|values| {
                // A box that was not ticked is not posted at all.
                if values.is_empty() { None } else { Some(values.get(&self.field).cloned().unwrap_or_default()) }
            })
        })
    }

    pub fn clear(&self) {
        if let Some(state) = self.state {
            state.clear(&self.field);
        }
    }
}
