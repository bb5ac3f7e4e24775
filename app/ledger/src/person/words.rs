//! Small words about a person, each right once it exists.

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// The shortest password that is taken, in characters.
pub const PASSWORD_MIN: usize = 10;
/// The longest password that is taken, in characters; more is refused before it is hashed.
pub const PASSWORD_MAX: usize = 256;
/// The longest e-mail address (RFC 5321), in bytes.
const EMAIL_MAX: usize = 254;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PersonError {
    #[error("Enter an email address such as asha@example.com")]
    Email,
    #[error("Use at least {PASSWORD_MIN} characters; 15 or more is better")]
    PasswordShort,
    #[error("Use at most {PASSWORD_MAX} characters")]
    PasswordLong,
    #[error("Choose a password that is not your name or email address")]
    PasswordIsPerson,
    #[error("Type the same password twice")]
    Confirmation,
    #[error("Enter your password")]
    NoPassword,
    #[error("Enter the six digits that your app shows")]
    Digits,
    #[error("Enter a recovery code such as 7K3M-9QXR-2FTB-HW5C")]
    RecoveryCode,
    #[error("Enter the six digits that your app shows, or a recovery code such as 7K3M-9QXR-2FTB-HW5C")]
    SecondProof,
    #[error("Enter a phone number such as +91 98765 43210, or leave it empty")]
    Phone,
    #[error("Choose a country")]
    Country,
    #[error("Choose a time zone")]
    TimeZone,
    #[error("Choose a language")]
    Locale,
    #[error("Choose a theme")]
    Theme,
    #[error("Tick the box to agree to the terms")]
    Terms,
}

/// An e-mail address that a message can be sent to.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Email(String);

impl Email {
    /// The address as typed, without blanks around it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Two addresses are the same person's when their keys are equal: case does not count.
    pub fn key(&self) -> String {
        self.0.nfkc().flat_map(char::to_lowercase).collect()
    }
}

impl FromStr for Email {
    type Err = PersonError;

    /// One address with a host that has a dot; nothing that could end a mail header.
    fn from_str(typed: &str) -> Result<Self, PersonError> {
        let text = typed.trim();
        let (local, host) = text.rsplit_once('@').ok_or(PersonError::Email)?;
        let local_fits = !local.is_empty()
            && local.len() <= 64
            && local.chars().all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c))
            && local.split('.').all(|part| !part.is_empty());
        let mut labels = 0;
        let host_fits = host.split('.').all(|label| {
            labels += 1;
            let inner = label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
            (1..=63).contains(&label.len()) && inner && !label.starts_with('-') && !label.ends_with('-')
        });
        let top = host.rsplit('.').next().unwrap_or_default();
        let top_fits = top.len() >= 2 && !top.chars().all(|c| c.is_ascii_digit());
        if text.len() <= EMAIL_MAX && local_fits && host_fits && labels >= 2 && top_fits {
            Ok(Self(text.to_owned()))
        } else {
            Err(PersonError::Email)
        }
    }
}

impl std::fmt::Debug for Email {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Email(…)")
    }
}

/// A password in NFKC, so that the same keys give the same password on every device. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// A new password, of a length that is taken.
    ///
    /// # Errors
    /// When it is too short or too long.
    pub fn new(typed: &str) -> Result<Self, PersonError> {
        let password = Self::typed(typed)?;
        if password.0.chars().count() < PASSWORD_MIN { Err(PersonError::PasswordShort) } else { Ok(password) }
    }

    /// A password as typed to log in, of any length up to the longest.
    ///
    /// # Errors
    /// When it is empty or too long.
    pub fn typed(typed: &str) -> Result<Self, PersonError> {
        // The bytes first: nothing is made of a megabyte.
        if typed.len() > PASSWORD_MAX * 4 || typed.chars().count() > PASSWORD_MAX {
            return Err(PersonError::PasswordLong);
        }
        if typed.is_empty() {
            return Err(PersonError::NoPassword);
        }
        Ok(Self(typed.nfkc().collect()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is nothing but one of `texts` (a name, an address), without regard to case.
    pub fn is_one_of(&self, texts: &[&str]) -> bool {
        let key = |text: &str| -> String {
            text.nfkc().flat_map(char::to_lowercase).filter(|c| !c.is_whitespace()).collect()
        };
        let password = key(&self.0);
        texts.iter().any(|text| key(text) == password)
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Password(…)")
    }
}

/// A country by its two letters (ISO 3166-1 alpha-2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Country(String);

impl Country {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Country {
    type Err = PersonError;
    fn from_str(typed: &str) -> Result<Self, PersonError> {
        let code = typed.trim().to_ascii_uppercase();
        if code.len() == 2 && code.chars().all(|c| c.is_ascii_uppercase()) {
            Ok(Self(code))
        } else {
            Err(PersonError::Country)
        }
    }
}

/// Light, dark, or as the device says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    #[default]
    Auto,
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl FromStr for Theme {
    type Err = PersonError;
    fn from_str(typed: &str) -> Result<Self, PersonError> {
        Self::ALL.into_iter().find(|theme| theme.as_str() == typed.trim()).ok_or(PersonError::Theme)
    }
}

/// The theme, and whether everything stands out more than it usually does. Without that it is as the device says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    pub theme: Theme,
    pub more_contrast: bool,
}

impl Look {
    /// What the attribute `data-contrast` of the document says.
    pub fn contrast(self) -> &'static str {
        if self.more_contrast { "more" } else { "auto" }
    }
}

/// What follows the word of a theme.
const MORE: &str = "+more";

impl std::fmt::Display for Look {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}{}", self.theme.as_str(), if self.more_contrast { MORE } else { "" })
    }
}

/// Such as `dark` or `dark+more`.
impl FromStr for Look {
    type Err = PersonError;
    fn from_str(kept: &str) -> Result<Self, PersonError> {
        let theme = kept.strip_suffix(MORE);
        Ok(Self { theme: theme.unwrap_or(kept).parse()?, more_contrast: theme.is_some() })
    }
}

/// Digits with an optional leading `+`, 7 to 15 of them (E.164); `None` when nothing was typed.
pub(super) fn phone(typed: &str) -> Result<Option<String>, PersonError> {
    let kept: String = typed.chars().filter(|c| !c.is_whitespace() && !"-().".contains(*c)).collect();
    if kept.is_empty() {
        return Ok(None);
    }
    let digits = kept.strip_prefix('+').unwrap_or(&kept);
    let fits = (7..=15).contains(&digits.len()) && digits.chars().all(|c| c.is_ascii_digit());
    if fits { Ok(Some(kept)) } else { Err(PersonError::Phone) }
}

/// A name of the time zone database by its form; whether it exists is known on the server.
pub(super) fn time_zone(typed: &str) -> Result<String, PersonError> {
    let name = typed.trim();
    let fits = name.len() <= 64 && name.chars().all(|c| c.is_ascii_alphanumeric() || "/_+-".contains(c));
    match name {
        "" => Ok("UTC".to_owned()),
        _ if fits => Ok(name.to_owned()),
        _ => Err(PersonError::TimeZone),
    }
}

/// A language tag by its form (BCP 47), `en` when nothing was given.
pub(super) fn locale(typed: &str) -> Result<String, PersonError> {
    let tag = typed.trim();
    let fits = tag.len() <= 35 && tag.split('-').all(|part| !part.is_empty() && part.len() <= 8);
    match tag {
        "" => Ok("en".to_owned()),
        _ if fits && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') => Ok(tag.to_owned()),
        _ => Err(PersonError::Locale),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_is_kept_in_one_word() {
        for (theme, more_contrast, word) in [
            (Theme::Auto, false, "auto"),
            (Theme::Auto, true, "auto+more"),
            (Theme::Light, true, "light+more"),
            (Theme::Dark, false, "dark"),
        ] {
            let look = Look { theme, more_contrast };
            assert_eq!((look.to_string().as_str(), word.parse()), (word, Ok(look)));
        }
        for word in ["", "more", "+more", "dark+more+more", "dark more"] {
            assert_eq!(word.parse::<Look>(), Err(PersonError::Theme), "{word}");
        }
    }

    #[test]
    fn an_address_is_one_mailbox_and_cannot_end_a_header() {
        for good in ["asha@example.com", " Asha.K+home@mail.example.co.in ", "o'neil@example.org"] {
            assert!(good.parse::<Email>().is_ok(), "{good}");
        }
        let bad = [
            "",
            "asha",
            "asha@",
            "@example.com",
            "asha@host",
            "a@b.c",
            "a b@example.com",
            "a@example.com,b@example.com",
            "a@example.com\r\nBcc: b@example.com",
            "a..b@example.com",
            "a@-example.com",
            "a@exa_mple.com",
            "a@127.0.0.1",
            "a@b@example.com",
            "a@exаmple.com",
        ];
        for bad in bad {
            assert_eq!(bad.parse::<Email>(), Err(PersonError::Email), "{bad}");
        }
    }

    #[test]
    fn the_same_keys_give_the_same_password() {
        let composed = Password::new("caf\u{e9} au lait").expect("a password");
        let parts = Password::new("cafe\u{301} au lait").expect("a password");
        assert_eq!(composed, parts);
        assert_eq!(Password::new("123456789"), Err(PersonError::PasswordShort));
        assert!(Password::new(&"🐘".repeat(256)).is_ok());
        assert_eq!(Password::new(&"x".repeat(257)), Err(PersonError::PasswordLong));
    }

    #[test]
    fn a_phone_number_may_be_written_with_gaps() {
        assert_eq!(phone("+91 98765-43210"), Ok(Some("+919876543210".into())));
        assert_eq!(phone("  "), Ok(None));
        for bad in ["12", "call me", "+91 98765 43210 98765", "9+876543210"] {
            assert_eq!(phone(bad), Err(PersonError::Phone), "{bad}");
        }
    }
}
