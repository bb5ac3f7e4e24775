//! Accounts: where money is.

mod history;

use serde::{Deserialize, Serialize};

use crate::book::Book;
use crate::currency::Currency;
use crate::form::{self, FieldErrors, NAME_MAX};
use crate::id::AccountId;
use crate::money::{Money, NumberFormat};
use crate::order;

pub use history::Held;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    pub id: AccountId,
    pub name: String,
    pub kind: AccountKind,
    /// What was in it before its first record; negative for a debt. Its currency is the account's.
    pub opening: Money,
    /// Its place among the accounts; 0 where nobody put them in order: then the oldest is first.
    #[serde(default)]
    pub position: i64,
    pub archived: bool,
    pub revision: i64,
}

impl Account {
    /// A new account that says no more than this.
    pub fn plain(id: AccountId, name: impl Into<String>, kind: AccountKind, opening: Money) -> Self {
        Self { id, name: name.into(), kind, opening, position: 0, archived: false, revision: 0 }
    }

    pub fn currency(&self) -> Currency {
        self.opening.currency
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AccountKind {
    #[default]
    Cash,
    Bank,
    Card,
    Wallet,
}

impl AccountKind {
    pub const ALL: [Self; 4] = [Self::Cash, Self::Bank, Self::Card, Self::Wallet];

    pub fn word(self) -> &'static str {
        match self {
            Self::Cash => "cash",
            Self::Bank => "bank",
            Self::Card => "card",
            Self::Wallet => "wallet",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Cash => "Cash",
            Self::Bank => "Bank account",
            Self::Card => "Credit card",
            Self::Wallet => "Mobile wallet",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Choose what kind of account it is")]
pub struct UnknownAccountKind;

impl std::str::FromStr for AccountKind {
    type Err = UnknownAccountKind;
    fn from_str(text: &str) -> Result<Self, UnknownAccountKind> {
        Self::ALL.into_iter().find(|kind| kind.word() == text).ok_or(UnknownAccountKind)
    }
}

/// An account as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AccountForm {
    pub id: String,
    /// The revision that an edit started from; empty or 0 for a new one.
    pub revision: String,
    pub name: String,
    pub kind: String,
    /// ISO 4217, of a new account; empty for the home currency. It stays with the account.
    pub currency: String,
    /// What is in it now; a leading minus for a debt; empty for nothing.
    pub opening: String,
}

impl AccountForm {
    /// `book` needs its accounts and its currency only.
    ///
    /// # Errors
    /// Messages beside "name", "kind", "currency" and "opening".
    pub fn parse(&self, id: AccountId, format: NumberFormat, book: &Book) -> Result<Account, FieldErrors> {
        let before = book.accounts.get(&id);
        let mut errors = FieldErrors::default();
        let name = errors.take("name", form::name(&self.name, NAME_MAX));
        let kind = errors.take("kind", self.kind.parse());
        let currency = match before {
            Some(before) => Some(before.currency()),
            None if self.currency.is_empty() => Some(book.home),
            None => errors.take("currency", self.currency.parse()),
        };
        let opening =
            currency.and_then(|currency| errors.take("opening", signed_amount(&self.opening, currency, format)));
        match (name, kind, opening) {
            (Some(name), Some(kind), Some(opening)) => Ok(Account {
                id,
                name,
                kind,
                opening,
                position: before.map_or_else(
                    || order::behind(book.accounts.values().map(|other| other.position)),
                    |before| before.position,
                ),
                archived: before.is_some_and(|before| before.archived),
                revision: self.revision.parse().unwrap_or(0),
            }),
            _ => Err(errors),
        }
    }
}

fn signed_amount(typed: &str, currency: Currency, format: NumberFormat) -> Result<Money, crate::money::AmountError> {
    let text = typed.trim();
    if text.is_empty() {
        return Ok(Money::zero(currency));
    }
    let (sign, text) = text.strip_prefix(['-', '−']).map_or((1, text), |rest| (-1, rest));
    Money::parse(text, currency, format).map(|money| Money::new(sign * money.minor, currency))
}

/// What a new book starts with.
pub const STARTERS: [(&str, AccountKind); 2] = [("Cash", AccountKind::Cash), ("Bank", AccountKind::Bank)];
