//! A form that was posted without JavaScript and came back, and what its fields hold.

use std::collections::BTreeMap;

use ledger::FieldErrors;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::endpoint;
use crate::error::AppError;

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
    /// Whether it may go well when it is simply sent again.
    pub worth_a_retry: bool,
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
        Self { action: action.to_owned(), values, errors, by_button, worth_a_retry: false }
    }

    /// A call that was refused when its form had been left already.
    pub fn of_call<S: ServerFn + Serialize>(call: &S, error: AppError) -> Self {
        let worth_a_retry = error.is_worth_a_retry();
        let typed = serde_json::to_value(call).unwrap_or_default();
        let values = typed.get("form").and_then(Value::as_object).into_iter().flatten();
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let values = values.filter_map(|(field, value)| {
            let lines = value.as_array().map(|lines| lines.iter().filter_map(text).collect::<Vec<_>>().join("\n"));
            Some((field.clone(), text(value).or(lines)?))
        });
        Self {
            action: endpoint::<S>().to_owned(),
            values: values.collect(),
            errors: error.into_field_errors(),
            by_button: false,
            worth_a_retry,
        }
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
pub(crate) struct PostedHere {
    posted: StoredValue<Option<Posted>>,
    /// The page to which it came back, where its form had been left already.
    back_to: RwSignal<Option<String>>,
}

impl PostedHere {
    /// Once, in `App`.
    pub fn provide() -> Self {
        let posted = SharedValue::new(use_context::<Posted>).into_inner();
        let here = Self { posted: StoredValue::new(posted), back_to: RwSignal::new(None) };
        provide_context(here);
        here
    }

    /// That of the page.
    pub fn here() -> Self {
        expect_context()
    }

    /// The refused post of the form of `action`.
    pub fn of(action: &str) -> Option<Posted> {
        use_context::<Self>()?.find(|posted| !posted.by_button && posted.action == action)
    }

    /// The refused post of a button.
    pub fn of_button() -> Option<Posted> {
        use_context::<Self>()?.find(|posted| posted.by_button)
    }

    fn find(self, wanted: impl Fn(&Posted) -> bool) -> Option<Posted> {
        self.posted.with_value(|posted| posted.clone().filter(wanted))
    }

    /// Brings what was typed back to its form, which stands at `path`.
    pub fn bring_back(self, posted: Posted, path: &str) {
        self.posted.set_value(Some(posted));
        self.back_to.set(Some(path.to_owned()));
    }

    /// The post that came back to the form of `action`, now and each time that one does.
    pub fn came_back(self, action: &str) -> Option<Posted> {
        self.back_to.get()?;
        self.find(|posted| posted.action == action)
    }

    /// The person is at `path` now.
    pub fn forget(self, path: &str) {
        if self.back_to.get_untracked().as_deref() != Some(path) {
            self.posted.set_value(None);
            self.back_to.set(None);
        }
    }
}

/// The id of what a new form makes, on both sides: that of what came back to it, so that nothing is made twice.
pub(crate) fn id_of_new(action: &'static str) -> String {
    let known = move || PostedHere::of(action).and_then(|mut posted| posted.values.remove("id"));
    SharedValue::new(move || known().unwrap_or_else(|| uuid::Uuid::now_v7().to_string())).into_inner()
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
