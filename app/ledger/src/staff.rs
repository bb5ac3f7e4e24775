//! Those who help the people of an installation: what they may do, and the words in which it is told.

mod deed;
mod forms;

use serde::{Deserialize, Serialize};

pub use deed::{Deed, UnknownDeed};
pub use forms::{BroadcastForm, HelpForm, SUBJECT_MAX, TEXT_MAX, WHY_MAX, WhyForm};

/// What somebody may do for others. Neither reads anybody's money without their consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Rank {
    /// Finds a person, sees the state of their account and mail, helps.
    Care,
    /// Runs the installation.
    Admin,
}

impl Rank {
    /// From the one who may do most.
    pub const ALL: [Self; 2] = [Self::Admin, Self::Care];

    /// The word that is stored and typed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Care => "care",
            Self::Admin => "admin",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Care => "Customer care",
            Self::Admin => "Administrator",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there are care and admin")]
pub struct UnknownRank;

impl std::str::FromStr for Rank {
    type Err = UnknownRank;
    fn from_str(text: &str) -> Result<Self, UnknownRank> {
        Self::ALL.into_iter().find(|rank| rank.as_str() == text).ok_or(UnknownRank)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_administrator_may_all_that_care_may() {
        assert!(Rank::Admin > Rank::Care);
        for rank in Rank::ALL {
            assert_eq!(rank.as_str().parse(), Ok(rank));
        }
        assert_eq!("none".parse::<Rank>(), Err(UnknownRank));
    }
}
