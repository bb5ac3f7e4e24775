//! A form that was posted without JavaScript and came back, and what its fields hold.

use std::collections::BTreeMap;

use ledger::FieldErrors;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A refused post. The server gives it to the page, which shows what was typed and what to mend.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posted {
    /// The endpoint, such as `save_record`.
    pub action: String,
    /// What was typed, by field name. Never a password. Several values of one field stand on lines of their own.
    pub values: BTreeMap<String, String>,
    pub errors: FieldErrors,
    /// Whether it came from a button that stands alone, with no place of its own for the errors.
    pub by_button: bool,
}

/// The field that a post of such a button carries.
pub(crate) const BY_BUTTON: &str = "button";

impl Posted {
    /// From the pairs of a posted body, whose fields are named `form[amount]` or `form[tags][]`.
    pub fn new(action: &str, body: impl IntoIterator<Item = (String, String)>, errors: FieldErrors) -> Self {
        let mut values: BTreeMap<String, String> = BTreeMap::new();
        let mut by_button = false;
        for (key, value) in body {
            by_button |= key == BY_BUTTON;
            let Some(field) = field_of(&key).filter(|field| !is_secret(field)) else { continue };
            values
                .entry(field.to_owned())
                .and_modify(|before| {
                    before.push('\n');
                    before.push_str(&value);
                })
                .or_insert(value);
        }
        Self { action: action.to_owned(), values, errors, by_button }
    }
}

/// `amount` of `form[amount]`, `tags` of `form[tags][]`, and `parts][0][note` of `form[parts][0][note]`.
fn field_of(key: &str) -> Option<&str> {
    let field = key.strip_prefix("form[")?.strip_suffix(']')?;
    Some(field.strip_suffix("][").unwrap_or(field))
}

fn is_secret(field: &str) -> bool {
    matches!(field, "password" | "confirm" | "current" | "token")
}

/// The refused post of this page, on both sides, until the person goes to another page.
#[derive(Clone, Copy)]
pub(crate) struct PostedHere(StoredValue<Option<Posted>>);

impl PostedHere {
    /// Once, in `App`.
    pub fn provide() -> Self {
        let posted = SharedValue::new(use_context::<Posted>).into_inner();
        let here = Self(StoredValue::new(posted));
        provide_context(here);
        here
    }

    /// The refused post of the form of `action`.
    pub fn of(action: &str) -> Option<Posted> {
        Self::find(|posted| !posted.by_button && posted.action == action)
    }

    /// The refused post of a button.
    pub fn of_button() -> Option<Posted> {
        Self::find(|posted| posted.by_button)
    }

    fn find(wanted: impl Fn(&Posted) -> bool) -> Option<Posted> {
        let here = use_context::<Self>()?;
        here.0.with_value(|posted| posted.clone().filter(wanted))
    }

    pub fn forget(self) {
        self.0.set_value(None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_comes_back_but_no_secret() {
        let body = [
            ("do", "sign_up"),
            ("form[name]", "Asha"),
            ("form[password]", "x"),
            ("form[tags][]", "a"),
            ("form[tags][]", "b"),
        ]
        .map(|(key, value)| (key.to_owned(), value.to_owned()));
        let posted = Posted::new("sign_up", body, FieldErrors::default());
        assert_eq!(posted.values.get("name").map(String::as_str), Some("Asha"));
        assert_eq!(posted.values.get("tags").map(String::as_str), Some("a\nb"));
        assert_eq!(posted.values.len(), 2);
        assert!(!posted.by_button);
    }

    #[test]
    fn a_post_of_a_button_is_told_from_one_of_a_form() {
        let body = [("do", "pay_bill"), (BY_BUTTON, "1"), ("form[bill]", "7")];
        let body = body.map(|(key, value)| (key.to_owned(), value.to_owned()));
        assert!(Posted::new("pay_bill", body, FieldErrors::default()).by_button);
    }
}
