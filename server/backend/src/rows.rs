//! Words and lists in columns, read back: what the program did not write itself is an internal error.

use std::str::FromStr;

use ledger::{Currency, Money};
use serde::{Serialize, de::DeserializeOwned};

use crate::{Error, Result};

/// A word such as a kind or a currency.
pub(crate) fn word<T: FromStr>(text: &str) -> Result<T> {
    text.parse().map_err(|_| Error::internal("a stored word is not known"))
}

pub(crate) fn money(minor: i64, currency: &str) -> Result<Money> {
    Ok(Money::new(minor, word::<Currency>(currency)?))
}

pub(crate) fn number<T: TryFrom<i64>>(stored: i64) -> Result<T> {
    T::try_from(stored).map_err(|_| Error::internal("a stored number is out of range"))
}

/// A list, read from its JSON.
pub(crate) fn list<T: DeserializeOwned>(json: &str) -> Result<T> {
    serde_json::from_str(json).map_err(Error::internal)
}

pub(crate) fn json(list: &impl Serialize) -> Result<String> {
    serde_json::to_string(list).map_err(Error::internal)
}

/// Turns rows into what they stand for.
pub(crate) fn each<R, T>(rows: Vec<R>, read: impl FnMut(R) -> Result<T>) -> Result<Vec<T>> {
    rows.into_iter().map(read).collect()
}

/// The least text that sorts behind every text that begins with `prefix`, as bytes.
pub(crate) fn behind(prefix: &str) -> Vec<u8> {
    // No UTF-8 text has this byte.
    [prefix.as_bytes(), &[0xff]].concat()
}
