//! Ids: `UUIDv7`, made by whoever creates the thing, so that a retry is the same thing and not a second one.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// The id of no thing; stands for "none" where a key column must not be null.
            pub const NIL: Self = Self(Uuid::nil());

            /// `seed` is any random 128 bits and `millis` the Unix time in milliseconds (RFC 9562, section 5.7).
            pub fn new_v7(millis: u64, seed: [u8; 10]) -> Self {
                Self(uuid::Builder::from_unix_timestamp_millis(millis, &seed).into_uuid())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.fmt(out) }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, uuid::Error> { text.trim().parse().map(Self) }
        }
    )+};
}

ids! {
    /// A person who can log in.
    UserId
    /// What one person or household keeps.
    BookId
    RecordId
    CategoryId
    AccountId
    BillId
    BudgetId
    /// One move of money between envelopes.
    MoveId
}
