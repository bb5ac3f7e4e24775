//! What staff type.

use serde::{Deserialize, Serialize};

use crate::form::{FieldErrors, long_text, short_text};

/// The longest reason, in characters.
pub const WHY_MAX: usize = 200;

/// Whose account it is about, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WhyForm {
    pub user: String,
    pub why: String,
}

impl WhyForm {
    /// The reason.
    ///
    /// # Errors
    /// When none was typed: whoever reads the trail later must understand it.
    pub fn parse(&self) -> Result<String, FieldErrors> {
        match short_text(&self.why, WHY_MAX) {
            Ok(why) if why.is_empty() => Err(FieldErrors::one("why", "Say why: it stands in the audit trail")),
            Ok(why) => Ok(why),
            Err(error) => Err(FieldErrors::one("why", error.to_string())),
        }
    }
}

/// The longest question, answer and letter, in characters.
pub const TEXT_MAX: usize = 5000;
/// The longest subject of a letter, in characters.
pub const SUBJECT_MAX: usize = 120;

/// A question, or the answer to one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HelpForm {
    /// Of the request; made by whoever asks.
    pub id: String,
    pub text: String,
}

impl HelpForm {
    /// The text.
    ///
    /// # Errors
    /// When there is none, or too much of it.
    pub fn parse(&self) -> Result<String, FieldErrors> {
        words("text", &self.text)
    }
}

/// A letter to everybody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BroadcastForm {
    pub id: String,
    pub subject: String,
    pub text: String,
}

impl BroadcastForm {
    /// Subject and words.
    ///
    /// # Errors
    /// A message beside each that is missing or too long.
    pub fn parse(&self) -> Result<(String, String), FieldErrors> {
        let mut errors = FieldErrors::default();
        let subject = errors.take("subject", short_text(&self.subject, SUBJECT_MAX)).filter(|subject| {
            if subject.is_empty() {
                errors.add("subject", "Enter what it is about");
            }
            !subject.is_empty()
        });
        match (subject, words("text", &self.text)) {
            (Some(subject), Ok(text)) => Ok((subject, text)),
            (_, text) => {
                for (field, message) in text.err().unwrap_or_default().iter() {
                    errors.add(field, message);
                }
                Err(errors)
            }
        }
    }
}

fn words(field: &str, typed: &str) -> Result<String, FieldErrors> {
    match long_text(typed, TEXT_MAX) {
        Ok(text) if text.trim().is_empty() => Err(FieldErrors::one(field, "Write a few words")),
        Ok(text) => Ok(text),
        Err(error) => Err(FieldErrors::one(field, error.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_a_line_of_words() {
        let parse = |why: &str| WhyForm { why: why.into(), ..WhyForm::default() }.parse();
        assert_eq!(parse("  sent \n spam ").as_deref(), Ok("sent spam"));
        for bad in ["", "  ", &"x".repeat(WHY_MAX + 1)] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_letter_has_a_subject_of_one_line_and_words() {
        let form = |subject: &str, text: &str| BroadcastForm {
            subject: subject.into(),
            text: text.into(),
            ..BroadcastForm::default()
        };
        assert_eq!(form(" Away on\nSunday ", "We move.").parse(), Ok(("Away on Sunday".into(), "We move.".into())));
        let errors = form("", " ").parse().expect_err("nothing was written");
        assert!(errors.get("subject").is_some() && errors.get("text").is_some());
        assert!(form("x", &"x".repeat(TEXT_MAX + 1)).parse().is_err());
        assert!(HelpForm::default().parse().is_err());
    }
}
