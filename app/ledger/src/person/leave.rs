//! The wish to leave, with all one's data deleted.

use serde::{Deserialize, Serialize};

use super::words::Password;
use crate::form::FieldErrors;

#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LeaveForm {
    pub password: String,
}

impl std::fmt::Debug for LeaveForm {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("LeaveForm(…)")
    }
}

#[derive(Clone, Debug)]
pub struct LeaveWish {
    pub password: Password,
}

impl LeaveForm {
    /// # Errors
    /// When no password was typed.
    pub fn parse(&self) -> Result<LeaveWish, FieldErrors> {
        let mut errors = FieldErrors::default();
        let password = errors.take("password", Password::typed(&self.password));
        password.map(|password| LeaveWish { password }).ok_or(errors)
    }
}
