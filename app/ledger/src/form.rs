//! What can be wrong with what a person typed: one message for each field.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Messages by field name (`"amount"`), each saying what to do next ("Enter an amount such as 12.50").
/// The name `""` stands for the form as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldErrors(BTreeMap<String, String>);

impl FieldErrors {
    /// A refusal with a single message.
    pub fn one(field: &str, message: impl Into<String>) -> Self {
        let mut errors = Self::default();
        errors.add(field, message);
        errors
    }

    /// Keeps the first message of a field: it names what to mend first.
    pub fn add(&mut self, field: &str, message: impl Into<String>) {
        self.0.entry(field.to_owned()).or_insert_with(|| message.into());
    }

    pub fn get(&self, field: &str) -> Option<&str> {
        self.0.get(field).map(String::as_str)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(field, message)| (field.as_str(), message.as_str()))
    }

    /// `Ok(value)` when nothing is wrong.
    pub fn into_result<T>(self, value: T) -> Result<T, Self> {
        if self.is_empty() { Ok(value) } else { Err(self) }
    }

    /// Notes the message of a failed part under `field` and goes on, so that one answer names all that is wrong.
    pub fn take<T, E: ToString>(&mut self, field: &str, part: Result<T, E>) -> Option<T> {
        part.map_err(|error| self.add(field, error.to_string())).ok()
    }
}

impl std::fmt::Display for FieldErrors {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let messages: Vec<&str> = self.0.values().map(String::as_str).collect();
        out.write_str(&messages.join(" "))
    }
}

impl std::error::Error for FieldErrors {}

/// The longest name of a category, account, bill or budget, in characters.
pub const NAME_MAX: usize = 80;
/// The longest payee, in characters.
pub const PAYEE_MAX: usize = 120;
/// The longest note, in characters.
pub const NOTE_MAX: usize = 2000;

/// A short text on one line: blanks trimmed and joined, NFC, at most `max` characters.
///
/// # Errors
/// Control characters and those that reorder text (Unicode bidi controls) are refused, as is a text that is too long.
pub fn short_text(typed: &str, max: usize) -> Result<String, TextError> {
    use unicode_normalization::UnicodeNormalization;
    let text: String = typed.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect();
    if text.chars().any(is_hidden) {
        return Err(TextError::Hidden);
    }
    if text.chars().count() > max {
        return Err(TextError::TooLong { max });
    }
    Ok(text)
}

/// A [`short_text`] that may have several lines.
///
/// # Errors
/// As for [`short_text`].
pub fn long_text(typed: &str, max: usize) -> Result<String, TextError> {
    let lines: Result<Vec<String>, TextError> = typed.trim().lines().map(|line| short_text(line, max)).collect();
    let text = lines?.join("\n");
    if text.chars().count() > max { Err(TextError::TooLong { max }) } else { Ok(text) }
}

/// A [`short_text`] that must not be empty.
///
/// # Errors
/// As for [`short_text`], and when nothing is left.
pub fn name(typed: &str, max: usize) -> Result<String, TextError> {
    let text = short_text(typed, max)?;
    if text.chars().all(is_dressing) { Err(TextError::Empty) } else { Ok(text) }
}

/// What a name is kept and searched by: neither case nor surrounding blanks count. Joiners do, as databases hold keys
/// that were made with them.
pub fn name_key(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    name.split_whitespace().collect::<Vec<_>>().join(" ").nfkc().flat_map(char::to_lowercase).collect()
}

/// Two names look the same to a person when these are equal: a [`name_key`] without what only joins or dresses other
/// characters.
pub fn look_key(name: &str) -> String {
    name_key(&name.chars().filter(|c| !is_dressing(*c)).collect::<String>())
}

/// What shows nothing by itself, or turns the text around: controls, and `Default_Ignorable_Code_Point` of the Unicode
/// character database but [`is_dressing`], with the blank of Braille that is no white space.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}'
            | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}'
            | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e00ff}' | '\u{e01f0}'..='\u{e0fff}')
}

/// Joiners, which scripts of India and emoji need, and selectors of a variant of the character before.
fn is_dressing(c: char) -> bool {
    matches!(c, '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    #[error("Enter a name")]
    Empty,
    #[error("Use at most {max} characters")]
    TooLong { max: usize },
    #[error("Remove the hidden characters and type the text again")]
    Hidden,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_look_alike_share_a_key() {
        for same in ["Food", " food ", "FOOD", "Ｆｏｏｄ"] {
            assert_eq!(name_key(same), "food");
        }
        for same in ["Fo\u{200d}od", "Food\u{fe0f}", "FOOD \u{200d}"] {
            assert_eq!(look_key(same), "food");
        }
        assert_eq!(name_key("ക\u{200d}"), "ക\u{200d}", "as it is kept in databases");
    }

    #[test]
    fn hidden_characters_are_refused_and_blanks_joined() {
        assert_eq!(name("  Swiggy \t Instamart ", 80), Ok("Swiggy Instamart".into()));
        assert_eq!(name("abc\u{202e}def", 80), Err(TextError::Hidden));
        for hidden in ["a\u{0}b", "Food\u{ad}", "\u{2060}", "\u{3164}", "\u{2800}", "Food\u{e0041}"] {
            assert_eq!(name(hidden, 80), Err(TextError::Hidden), "{hidden:?}");
        }
        assert_eq!(name("\u{200d}\u{fe0f}", 80), Err(TextError::Empty), "nothing of it shows");
        for seen in ["👨\u{200d}👩\u{200d}👧", "क्\u{200d}ष", "❤\u{fe0f}"] {
            assert_eq!(name(seen, 80), Ok(seen.to_owned()));
        }
        assert_eq!(name("   ", 80), Err(TextError::Empty));
        assert_eq!(short_text(&"x".repeat(81), 80), Err(TextError::TooLong { max: 80 }));
    }

    #[test]
    fn the_first_message_of_a_field_stays() {
        let mut errors = FieldErrors::one("amount", "first");
        errors.add("amount", "second");
        assert_eq!(errors.get("amount"), Some("first"));
    }
}
