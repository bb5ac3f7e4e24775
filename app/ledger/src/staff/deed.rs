//! What staff can do, each told in the audit trail.

use super::Rank;

macro_rules! deeds {
    ($($(#[$doc:meta])* $name:ident $word:literal $rank:ident $label:literal,)+) => {
        /// One sort of thing that staff did.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Deed { $($(#[$doc])* $name,)+ }

        impl Deed {
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The word that is stored.
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)+ }
            }

            /// As the trail tells it.
            pub fn label(self) -> &'static str {
                match self { $(Self::$name => $label,)+ }
            }

            /// Who may do it.
            pub fn asks(self) -> Rank {
                match self { $(Self::$name => Rank::$rank,)+ }
            }
        }
    };
}

deeds! {
    Grant "grant" Admin "Made a member of staff",
    Revoke "revoke" Admin "Taken out of the staff",
    /// By the command line.
    Create "create" Admin "Made the account",
    /// By the command line.
    ResetPassword "reset_password" Admin "Reset the password",
    /// By the command line.
    EndSecondFactor "end_second_factor" Admin "Turned two-step log-in off",
    Suspend "suspend" Admin "Suspended the account",
    Resume "resume" Admin "Ended the suspension",
    Delete "delete" Admin "Began to delete the account",
    Keep "keep" Admin "Kept the account after all",
    Retry "retry" Admin "Sent a message again",
    ResendConfirmation "resend_confirmation" Care "Sent the confirmation again",
    Answer "answer" Care "Answered a request for help",
    Broadcast "broadcast" Admin "Wrote to everybody",
    /// By consent.
    OpenBook "open_book" Care "Opened the book, by consent",
    /// By consent.
    Read "read" Care "Read, by consent",
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("nobody does this")]
pub struct UnknownDeed;

impl std::str::FromStr for Deed {
    type Err = UnknownDeed;
    fn from_str(text: &str) -> Result<Self, UnknownDeed> {
        Self::ALL.iter().copied().find(|deed| deed.word() == text).ok_or(UnknownDeed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_deed_has_a_word_of_its_own() {
        for deed in Deed::ALL {
            assert_eq!(deed.word().parse(), Ok(*deed));
        }
        assert_eq!(Deed::ResendConfirmation.asks(), Rank::Care);
        assert_eq!("read_mail".parse::<Deed>(), Err(UnknownDeed));
    }
}
