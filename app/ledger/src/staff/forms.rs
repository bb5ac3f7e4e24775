//! What staff type.

use serde::{Deserialize, Serialize};

use crate::form::{FieldErrors, short_text};

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
}
