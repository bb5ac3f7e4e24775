//! What a new book has from its first day.

use ledger::Currency;
use ledger::id::BookId;
use ledger::person::Country;

use crate::{Result, Tx};

/// Gives a new book its categories and accounts.
#[expect(clippy::unused_async, reason = "the domain store fills it")]
pub async fn fill(_tx: &mut Tx, _book: BookId, _currency: Currency, _country: &Country) -> Result<()> {
    Ok(())
}
