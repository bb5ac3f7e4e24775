//! Webhooks: addresses of other programs that are told what happens in a book.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::form::FieldErrors;

/// The longest address, in bytes.
const URL_MAX: usize = 500;

/// What a program can be told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Event {
    /// Records were saved or deleted.
    #[serde(rename = "record.saved")]
    RecordSaved,
    /// Spending reached a threshold of a budget.
    #[serde(rename = "budget.crossed")]
    BudgetCrossed,
    /// The day of a bill has come.
    #[serde(rename = "bill.due")]
    BillDue,
    /// Somebody tries whether the program listens.
    #[serde(rename = "test")]
    Test,
}

impl Event {
    /// Those that one can choose.
    pub const CHOICES: [Self; 3] = [Self::RecordSaved, Self::BudgetCrossed, Self::BillDue];

    /// The word that travels, such as `record.saved`.
    pub fn word(self) -> &'static str {
        match self {
            Self::RecordSaved => "record.saved",
            Self::BudgetCrossed => "budget.crossed",
            Self::BillDue => "bill.due",
            Self::Test => "test",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::RecordSaved => "A record is saved or deleted",
            Self::BudgetCrossed => "A budget is crossed",
            Self::BillDue => "A bill is due",
            Self::Test => "A test",
        }
    }
}

/// A webhook as typed; any text of an event is a yes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HookForm {
    pub url: String,
    pub record_saved: String,
    pub budget_crossed: String,
    pub bill_due: String,
}

/// A webhook with nothing wrong about it, but that its address may lead to a place that is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewHook {
    pub url: String,
    pub events: BTreeSet<Event>,
}

impl HookForm {
    /// # Errors
    /// A message for the address, or for the events where none is chosen.
    pub fn parse(&self) -> Result<NewHook, FieldErrors> {
        let mut errors = FieldErrors::default();
        let url = self.url.trim();
        let is_web = ["https://", "http://"].iter().any(|scheme| url.len() > scheme.len() && url.starts_with(scheme));
        if !is_web || url.len() > URL_MAX || url.contains(|sign: char| sign.is_whitespace() || sign.is_control()) {
            errors.add("url", "Enter an address such as https://example.org/hook");
        }
        let typed = [&self.record_saved, &self.budget_crossed, &self.bill_due];
        let chosen = Event::CHOICES.into_iter().zip(typed).filter(|(_, typed)| !typed.trim().is_empty());
        let events: BTreeSet<Event> = chosen.map(|(event, _)| event).collect();
        if events.is_empty() {
            errors.add("record_saved", "Choose what it shall be told");
        }
        if errors.is_empty() { Ok(NewHook { url: url.to_owned(), events }) } else { Err(errors) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_webhook_has_an_address_and_something_to_tell() {
        let form = HookForm { url: " https://example.org/hook ".into(), bill_due: "on".into(), ..HookForm::default() };
        let hook = form.parse().expect("a webhook");
        assert_eq!((hook.url.as_str(), hook.events), ("https://example.org/hook", BTreeSet::from([Event::BillDue])));
        for url in
            ["", "example.org", "ftp://example.org", "https://", "https://a b", "https://a\0b", "javascript:alert(1)"]
        {
            let errors = HookForm { url: url.into(), ..form.clone() }.parse().expect_err("errors");
            assert!(errors.get("url").is_some(), "{url}");
        }
        let errors = HookForm { bill_due: String::new(), ..form }.parse().expect_err("errors");
        assert!(errors.get("record_saved").is_some());
    }
}
