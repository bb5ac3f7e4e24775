//! What was typed and not sent yet: of one form, and of all forms of a place that may be closed.

use leptos::prelude::*;

/// The forms of a place, each with whether something was typed into it since it was last sent.
#[derive(Clone, Copy)]
pub struct Unsent(StoredValue<Vec<StoredValue<bool>>>);

impl Unsent {
    pub fn nothing() -> Self {
        Self(StoredValue::new(Vec::new()))
    }

    /// Whether anything would be lost with the place. Nothing is once it has gone itself.
    pub fn holds_any(self) -> bool {
        self.0.try_with_value(|forms| forms.iter().any(|form| is_unsent(*form))).unwrap_or_default()
    }

    /// That of a new form, which counts in the place around it.
    pub(super) fn of_form(typed: bool) -> StoredValue<bool> {
        let form = StoredValue::new(typed);
        if let Some(place) = use_context::<Self>() {
            place.0.update_value(|forms| {
                forms.retain(|form| form.try_get_value().is_some());
                forms.push(form);
            });
        }
        form
    }
}

pub(super) fn is_unsent(form: StoredValue<bool>) -> bool {
    form.try_get_value() == Some(true)
}
