//! Access tokens as asked for in the settings: what they are for, what they may do, and for how long.

use serde::{Deserialize, Serialize};

use super::words::{Password, PersonError};
use crate::form::{self, FieldErrors, NAME_MAX};

/// What a program may do with a token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    #[default]
    Read,
    /// Read, too.
    Write,
}

impl Scope {
    pub const ALL: [Self; 2] = [Self::Read, Self::Write];

    /// The word that is sent and stored.
    pub fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Read => "Read",
            Self::Write => "Read and write",
        }
    }

    pub fn may_write(self) -> bool {
        self == Self::Write
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Choose what it may do")]
pub struct UnknownScope;

impl std::str::FromStr for Scope {
    type Err = UnknownScope;
    fn from_str(text: &str) -> Result<Self, UnknownScope> {
        Self::ALL.into_iter().find(|scope| scope.word() == text).ok_or(UnknownScope)
    }
}

/// For how many days a token can be good.
pub const TOKEN_DAYS: [u16; 3] = [30, 90, 365];

/// A token as asked for.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TokenForm {
    /// What it is for.
    pub purpose: String,
    pub scope: String,
    pub days: String,
    /// Asked for where the person has not proved lately who they are.
    pub password: String,
}

impl std::fmt::Debug for TokenForm {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("TokenForm(…)")
    }
}

/// A token with nothing wrong about it.
#[derive(Clone, Debug)]
pub struct NewToken {
    pub name: String,
    pub scope: Scope,
    pub days: u16,
    /// `None` where none was typed.
    pub password: Option<Password>,
}

impl TokenForm {
    /// # Errors
    /// Messages beside "purpose", "scope", "days" and "password".
    pub fn parse(&self) -> Result<NewToken, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = match form::short_text(&self.purpose, NAME_MAX) {
            Ok(name) if name.is_empty() => Err("Say what it is for, such as Phone shortcut".to_owned()),
            other => other.map_err(|error| error.to_string()),
        };
        let name = errors.take("purpose", name);
        let scope = errors.take("scope", self.scope.parse());
        let days = self.days.trim().parse().ok().filter(|days| TOKEN_DAYS.contains(days));
        let days = errors.take("days", days.ok_or("Choose how long it is good"));
        let password = match Password::typed(&self.password) {
            Err(PersonError::NoPassword) => Some(None),
            typed => errors.take("password", typed).map(Some),
        };
        match (name, scope, days, password) {
            (Some(name), Some(scope), Some(days), Some(password)) => Ok(NewToken { name, scope, days, password }),
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(purpose: &str, scope: &str, days: &str) -> TokenForm {
        TokenForm { purpose: purpose.into(), scope: scope.into(), days: days.into(), ..TokenForm::default() }
    }

    #[test]
    fn a_token_says_what_it_is_for_what_it_may_do_and_for_how_long() {
        let token = form(" Phone  shortcut ", "write", "90").parse().expect("a token");
        assert_eq!((token.name.as_str(), token.scope, token.days), ("Phone shortcut", Scope::Write, 90));
        assert!(token.password.is_none());
        for (purpose, scope, days, field) in [
            ("", "read", "30", "purpose"),
            ("x", "", "30", "scope"),
            ("x", "admin", "30", "scope"),
            ("x", "read", "31", "days"),
            ("x", "read", "", "days"),
            ("x", "read", "99999999999", "days"),
        ] {
            let errors = form(purpose, scope, days).parse().expect_err(field);
            assert!(errors.get(field).is_some_and(|message| !message.is_empty()), "{field}");
        }
    }

    #[test]
    fn its_form_is_printed_without_the_password() {
        let form = TokenForm { password: "monsoon over Pune".into(), ..form("x", "read", "30") };
        assert!(!format!("{form:?}").contains("monsoon"));
    }
}
