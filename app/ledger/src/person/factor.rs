//! The second factor: codes of an app and recovery codes, as typed and as meant.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::words::{Password, PersonError};
use crate::form::{self, FieldErrors, NAME_MAX};

/// Digits of a code that an app shows.
pub const DIGITS: usize = 6;
/// Letters and digits of a recovery code.
pub const RECOVERY_LENGTH: usize = 16;
/// What recovery codes are made of: 32 signs that nobody takes for one another (Crockford's base 32).
pub const RECOVERY_ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Signs of one group.
const GROUP: usize = 4;

/// What proves the second step of a log-in.
#[derive(Clone, PartialEq, Eq)]
pub enum SecondProof {
    /// Six digits that an app shows for half a minute.
    Digits(String),
    Recovery(RecoveryCode),
}

impl std::fmt::Debug for SecondProof {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("SecondProof(…)")
    }
}

impl FromStr for SecondProof {
    type Err = PersonError;

    /// Blanks and dashes do not count. Whether it is the one or the other is told by its length.
    fn from_str(typed: &str) -> Result<Self, PersonError> {
        let signs: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').take(64).collect();
        if signs.len() == DIGITS && signs.bytes().all(|sign| sign.is_ascii_digit()) {
            return Ok(Self::Digits(signs));
        }
        signs.parse().map(Self::Recovery).map_err(|_| PersonError::SecondProof)
    }
}

/// A recovery code as it was told, without dashes.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCode(String);

impl RecoveryCode {
    /// From 80 random bits.
    pub fn new(bits: [u8; 10]) -> Self {
        let number = bits.iter().fold(0_u128, |number, byte| number << 8 | u128::from(*byte));
        let sign = |at: usize| {
            let five = usize::try_from(number >> (5 * at) & 31).unwrap_or_default();
            char::from(RECOVERY_ALPHABET[five])
        };
        Self((0..RECOVERY_LENGTH).rev().map(sign).collect())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// In groups that a person can copy: `7K3M-9QXR-2FTB-HW5C`.
    pub fn grouped(&self) -> String {
        let groups: Vec<&str> =
            (0..RECOVERY_LENGTH).step_by(GROUP).filter_map(|at| self.0.get(at..at + GROUP)).collect();
        groups.join("-")
    }

    /// Its first group, by which it is found among the others of the person; the rest is the secret.
    pub fn name(&self) -> &str {
        self.0.get(..GROUP).unwrap_or_default()
    }
}

impl std::fmt::Debug for RecoveryCode {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("RecoveryCode(…)")
    }
}

impl FromStr for RecoveryCode {
    type Err = PersonError;

    /// In any case, with or without dashes; letters that look like digits are those digits.
    fn from_str(typed: &str) -> Result<Self, PersonError> {
        let meant = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        });
        let code: String = meant.take(RECOVERY_LENGTH + 1).collect();
        let fits = code.len() == RECOVERY_LENGTH && code.bytes().all(|sign| RECOVERY_ALPHABET.contains(&sign));
        if fits { Ok(Self(code)) } else { Err(PersonError::RecoveryCode) }
    }
}

/// The second step of a log-in as typed. `next` is where to go afterwards.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SecondForm {
    pub code: String,
    pub next: String,
}

impl SecondForm {
    /// # Errors
    /// When it is neither sort of code.
    pub fn parse(&self) -> Result<SecondProof, FieldErrors> {
        self.code.parse().map_err(|error: PersonError| FieldErrors::one("code", error.to_string()))
    }
}

/// Six digits of the app that is being set up.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DigitsForm {
    pub code: String,
}

impl DigitsForm {
    /// # Errors
    /// When it is not six digits.
    pub fn parse(&self) -> Result<String, FieldErrors> {
        match self.code.parse() {
            Ok(SecondProof::Digits(digits)) => Ok(digits),
            _ => Err(FieldErrors::one("code", PersonError::Digits.to_string())),
        }
    }
}

/// Who one is, shown once more by somebody who is signed in. `next` is where to go afterwards.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProofForm {
    pub password: String,
    /// Needed where a second factor is on.
    pub code: String,
    pub next: String,
}

/// What somebody who is signed in shows of who they are.
#[derive(Clone, Debug)]
pub struct OwnProof {
    pub password: Password,
    pub second: Option<SecondProof>,
}

impl OwnProof {
    /// From the two fields; a code that was left out is none.
    ///
    /// # Errors
    /// Messages beside `field` and `code`.
    pub fn typed(field: &str, password: &str, code: &str) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let password = errors.take(field, Password::typed(password));
        let second = match code.trim() {
            "" => Some(None),
            code => errors.take("code", code.parse::<SecondProof>()).map(Some),
        };
        match (password, second) {
            (Some(password), Some(second)) => Ok(Self { password, second }),
            _ => Err(errors),
        }
    }
}

impl OwnProof {
    /// From the two fields of whoever has a password; nothing of the others, who show who they are by a fresh session.
    ///
    /// # Errors
    /// As for [`Self::typed`].
    pub fn of(has_password: bool, field: &str, password: &str, code: &str) -> Result<Option<Self>, FieldErrors> {
        if has_password { Self::typed(field, password, code).map(Some) } else { Ok(None) }
    }
}

impl ProofForm {
    /// # Errors
    /// When the password is missing, or the code is none.
    pub fn parse(&self) -> Result<OwnProof, FieldErrors> {
        OwnProof::typed("password", &self.password, &self.code)
    }
}

/// What a person calls a passkey.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PasskeyNameForm {
    pub id: String,
    pub name: String,
}

impl PasskeyNameForm {
    /// # Errors
    /// When it is empty or too long.
    pub fn parse(&self) -> Result<String, FieldErrors> {
        form::name(&self.name, NAME_MAX).map_err(|error| FieldErrors::one("name", error.to_string()))
    }
}

macro_rules! unprinted {
    ($($name:ident),+) => {$(
        impl std::fmt::Debug for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )+};
}
unprinted!(SecondForm, DigitsForm, ProofForm);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_told_by_its_length_however_it_is_written() {
        for digits in ["123456", " 123 456 ", "123-456"] {
            assert_eq!(digits.parse(), Ok(SecondProof::Digits("123456".into())), "{digits}");
        }
        let code = RecoveryCode("7K3M9QXR2FTBHW50".into());
        for typed in ["7K3M-9QXR-2FTB-HW50", "7k3m9qxr2ftbhw5o", " 7k3m 9qxr 2ftb hw5O\n"] {
            assert_eq!(typed.parse(), Ok(SecondProof::Recovery(code.clone())), "{typed}");
        }
        let long = "1".repeat(100_000);
        for bad in ["", "12345", "1234567", "12345a", "7K3M-9QXR-2FTB-HW5", "7K3M-9QXR-2FTB-HW5U", "१२३४५६", &long]
        {
            assert_eq!(bad.parse::<SecondProof>(), Err(PersonError::SecondProof), "{bad}");
        }
    }

    #[test]
    fn a_recovery_code_carries_all_of_its_bits() {
        assert_eq!(RecoveryCode::new([0; 10]).as_str(), "0000000000000000");
        assert_eq!(RecoveryCode::new([255; 10]).grouped(), "ZZZZ-ZZZZ-ZZZZ-ZZZZ");
        let one = RecoveryCode::new([0x12, 0x34, 0x56, 0x78, 0x9a, 0xbc, 0xde, 0xf0, 0x12, 0x34]);
        assert_eq!(one.grouped().parse(), Ok(one.clone()));
        assert_eq!((one.name().len(), one.as_str().len()), (4, RECOVERY_LENGTH));
        for bit in 0..80 {
            let mut bits = [0; 10];
            bits[bit / 8] = 1 << (bit % 8);
            assert_ne!(RecoveryCode::new(bits), RecoveryCode::new([0; 10]), "{bit}");
        }
    }

    #[test]
    fn a_proof_needs_the_password_and_no_code_that_is_none() {
        assert!(OwnProof::typed("password", "x", " ").is_ok_and(|proof| proof.second.is_none()));
        let errors = OwnProof::typed("current", "", "12").expect_err("errors");
        assert!(errors.get("current").is_some() && errors.get("code").is_some());
    }

    #[test]
    fn nothing_of_it_is_printed() {
        let form = ProofForm { password: "monsoon".into(), code: "123456".into(), next: String::new() };
        let printed = format!("{form:?} {:?} {:?}", form.parse(), "7K3M-9QXR-2FTB-HW50".parse::<RecoveryCode>());
        assert!(!printed.contains("monsoon") && !printed.contains("123456") && !printed.contains("7K3M"), "{printed}");
    }
}
