//! Letting somebody into a book.

use serde::{Deserialize, Serialize};

use super::{Email, Role};
use crate::form::FieldErrors;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct InviteForm {
    pub email: String,
    /// A word of [`Role`].
    pub role: String,
}

#[derive(Clone, Debug)]
pub struct Invite {
    pub email: Email,
    pub role: Role,
}

impl InviteForm {
    /// # Errors
    /// A message for the address or the role.
    pub fn parse(&self) -> Result<Invite, FieldErrors> {
        let mut errors = FieldErrors::default();
        let email = errors.take("email", self.email.parse::<Email>());
        let role = errors.take("role", self.role.trim().parse::<Role>());
        match (email, role) {
            (Some(email), Some(role)) => Ok(Invite { email, role }),
            _ => Err(errors),
        }
    }
}
