//! The wish to leave, with all one's data deleted.

use serde::{Deserialize, Serialize};

use super::factor::OwnProof;
use crate::form::FieldErrors;

#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LeaveForm {
    pub password: String,
    /// For those who have a second factor.
    pub code: String,
}

impl std::fmt::Debug for LeaveForm {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("LeaveForm(…)")
    }
}

#[derive(Clone, Debug)]
pub struct LeaveWish {
    /// Of whoever has a password.
    pub proof: Option<OwnProof>,
}

impl LeaveForm {
    /// # Errors
    /// When no password was typed by somebody who has one, or the code is none.
    pub fn parse(&self, has_password: bool) -> Result<LeaveWish, FieldErrors> {
        OwnProof::of(has_password, "password", &self.password, &self.code).map(|proof| LeaveWish { proof })
    }
}
