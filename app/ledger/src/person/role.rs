//! What somebody may do in a book.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Looks at everything.
    #[default]
    Viewer,
    /// Looks, and adds records; changes none.
    Adder,
    /// Everything but people and the end of the book.
    Editor,
    /// Everything.
    Owner,
}

impl Role {
    /// From the one who may do most.
    pub const ALL: [Self; 4] = [Self::Owner, Self::Editor, Self::Adder, Self::Viewer];

    /// The word that is stored and sent.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Editor => "editor",
            Self::Adder => "adder",
            Self::Viewer => "viewer",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Owner => "Owner",
            Self::Editor => "Editor",
            Self::Adder => "Add only",
            Self::Viewer => "Viewer",
        }
    }

    /// Whether everything that is kept may be changed.
    pub fn may_write(self) -> bool {
        matches!(self, Self::Owner | Self::Editor)
    }

    /// Whether records may be added.
    pub fn may_add(self) -> bool {
        self != Self::Viewer
    }

    /// Whether people may be let in and out.
    pub fn may_invite(self) -> bool {
        self == Self::Owner
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Choose what they may do")]
pub struct UnknownRole;

impl std::str::FromStr for Role {
    type Err = UnknownRole;
    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        Self::ALL.into_iter().find(|role| role.as_str() == text).ok_or(UnknownRole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_may_all_that_the_ones_below_it_may() {
        for role in Role::ALL {
            assert_eq!(role.as_str().parse(), Ok(role));
            assert!(!role.may_invite() || role.may_write());
            assert!(!role.may_write() || role.may_add());
        }
        assert_eq!("admin".parse::<Role>(), Err(UnknownRole));
        assert!(!Role::Viewer.may_add() && Role::Adder.may_add() && !Role::Adder.may_write());
    }
}
