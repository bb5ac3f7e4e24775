//! Records: what was spent, earned or moved.

mod parts;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::id::{AccountId, CategoryId, RecordId};
use crate::money::Money;
use crate::rates::DayRate;

pub use parts::{PARTS_MAX, Part};

/// One line of a book.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Record {
    pub id: RecordId,
    /// The civil day it happened on, in the person's own time zone.
    pub day: NaiveDate,
    /// Always more than nothing; the flow says which way it went. In the account's currency.
    pub amount: Money,
    /// What that is worth in the book's home currency, in its minor units. It is fixed when the record is saved:
    /// rates that change later do not move it.
    pub home: i64,
    /// The rate behind `home`, where neither side of the record is in the home currency.
    #[serde(default)]
    pub rate: Option<DayRate>,
    /// The account that the money left (expense, transfer) or reached (income).
    pub account: AccountId,
    pub flow: Flow,
    /// What a transfer brought to an account of another currency.
    #[serde(default)]
    pub received: Option<Money>,
    /// Two or more categories that share the amount, exactly; the flow then names none. Empty for a plain record.
    #[serde(default)]
    pub parts: Vec<Part>,
    pub payee: String,
    pub note: String,
    /// In the order typed, no two alike.
    pub tags: Vec<String>,
    /// The book's revision that wrote it; 0 for one that is not saved yet. A save names the revision that it
    /// started from, so that two devices cannot undo each other's edit unseen.
    pub revision: i64,
}

/// Which way the money went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Flow {
    Expense {
        category: Option<CategoryId>,
    },
    Income {
        category: Option<CategoryId>,
    },
    /// Money that came back of an expense: it counts against what was spent, and never as income.
    Refund {
        category: Option<CategoryId>,
        of: RecordId,
    },
    Transfer {
        to: AccountId,
    },
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    #[default]
    Expense,
    Income,
    Transfer,
}

impl Kind {
    pub const ALL: [Self; 3] = [Self::Expense, Self::Income, Self::Transfer];

    /// The word kept in the database and in URLs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Expense => "expense",
            Self::Income => "income",
            Self::Transfer => "transfer",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Expense => "Expense",
            Self::Income => "Income",
            Self::Transfer => "Transfer",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Choose expense, income or transfer")]
pub struct UnknownKind;

impl std::str::FromStr for Kind {
    type Err = UnknownKind;
    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        Self::ALL.into_iter().find(|kind| kind.word() == text).ok_or(UnknownKind)
    }
}

impl Flow {
    pub fn kind(self) -> Kind {
        match self {
            Self::Expense { .. } | Self::Refund { .. } => Kind::Expense,
            Self::Income { .. } => Kind::Income,
            Self::Transfer { .. } => Kind::Transfer,
        }
    }

    pub fn category(self) -> Option<CategoryId> {
        match self {
            Self::Expense { category } | Self::Income { category } | Self::Refund { category, .. } => category,
            Self::Transfer { .. } => None,
        }
    }

    pub fn to_account(self) -> Option<AccountId> {
        match self {
            Self::Transfer { to } => Some(to),
            _ => None,
        }
    }

    /// The expense that it is a refund of.
    pub fn refund_of(self) -> Option<RecordId> {
        match self {
            Self::Refund { of, .. } => Some(of),
            _ => None,
        }
    }

    /// 1, or -1 for a refund, which takes from the sums of its kind.
    pub fn sign(self) -> i64 {
        if matches!(self, Self::Refund { .. }) { -1 } else { 1 }
    }
}

impl Record {
    /// A record in the home currency that says no more than this.
    pub fn plain(id: RecordId, day: NaiveDate, amount: Money, account: AccountId, flow: Flow) -> Self {
        Self {
            id,
            day,
            amount,
            home: amount.minor,
            rate: None,
            account,
            flow,
            received: None,
            parts: Vec::new(),
            payee: String::new(),
            note: String::new(),
            tags: Vec::new(),
            revision: 0,
        }
    }

    pub fn kind(&self) -> Kind {
        self.flow.kind()
    }

    /// Whether nobody knows what it is worth in the home currency: it was saved before a rate was known, and counts as
    /// nothing there.
    pub fn has_no_rate(&self) -> bool {
        self.home == 0 && self.rate.is_none()
    }

    /// Whether both say the same, whoever wrote them when: a retried save is such a one.
    pub fn same_as(&self, other: &Self) -> bool {
        Self { revision: 0, ..self.clone() } == Self { revision: 0, ..other.clone() }
    }

    /// The same with another category, where it has any.
    #[must_use]
    pub fn filed(&self, category: Option<CategoryId>) -> Self {
        let flow = match self.flow {
            Flow::Expense { .. } => Flow::Expense { category },
            Flow::Income { .. } => Flow::Income { category },
            Flow::Refund { of, .. } => Flow::Refund { category, of },
            Flow::Transfer { to } => Flow::Transfer { to },
        };
        Self { flow, ..self.clone() }
    }

    /// The order of every list: newest day first, within it the newest id.
    pub fn sort_key(&self) -> (NaiveDate, RecordId) {
        (self.day, self.id)
    }

    /// What this record adds to the balance of `account`, in minor units.
    pub fn effect_on(&self, account: AccountId) -> i64 {
        let mut effect = 0;
        if self.account == account {
            let comes = matches!(self.flow, Flow::Income { .. } | Flow::Refund { .. });
            effect += if comes { self.amount.minor } else { -self.amount.minor };
        }
        if self.flow.to_account() == Some(account) {
            effect += self.received.unwrap_or(self.amount).minor;
        }
        effect
    }
}

/// The most tags that a record can have.
pub const TAGS_MAX: usize = 20;

/// Reads tags as typed: by commas, each with or without `#`; no two alike without regard to case.
///
/// # Errors
/// A tag of more than 40 characters, hidden characters, or more than [`TAGS_MAX`].
pub fn parse_tags(typed: &str) -> Result<Vec<String>, String> {
    let mut tags: Vec<String> = Vec::new();
    for part in typed.split(',') {
        let words = part.trim_start_matches(|sign: char| sign == '#' || sign.is_whitespace());
        let tag = crate::form::short_text(words, 40).map_err(|error| error.to_string())?;
        let known = tags.iter().any(|other| crate::form::name_key(other) == crate::form::name_key(&tag));
        if !tag.is_empty() && !known {
            tags.push(tag);
        }
    }
    if tags.len() > TAGS_MAX { Err(format!("Use at most {TAGS_MAX} tags")) } else { Ok(tags) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_split_by_commas_and_never_doubled() {
        assert_eq!(
            parse_tags(" #Goa, trip ,goa,, Beach day"),
            Ok(vec!["Goa".into(), "trip".into(), "Beach day".into()])
        );
        assert_eq!(parse_tags(""), Ok(vec![]));
        assert_eq!(parse_tags("# # trip, # #"), Ok(vec!["trip".into()]), "what is kept is read again as it is");
        assert!(parse_tags(&"x".repeat(41)).is_err());
    }
}
