//! What a new book has from its first day.

use ledger::accounts::{self, Account};
use ledger::categories::{self, COLOURS, Category};
use ledger::id::{AccountId, BookId, CategoryId};
use ledger::{Currency, Money};

use crate::{Clock, Result, Tx};

/// The write that made it.
const REVISION: i64 = 1;

/// Gives a new book its categories and accounts, which can be renamed and archived like any others.
pub async fn fill(tx: &mut Tx, clock: &Clock, book: BookId, currency: Currency) -> Result<()> {
    let millis = u64::try_from(clock.now().timestamp_millis()).unwrap_or_default();
    for (place, (name, kind, icon)) in (0_u8..).zip(categories::STARTERS) {
        let category = Category {
            icon: icon.into(),
            colour: place % COLOURS,
            revision: REVISION,
            ..Category::plain(CategoryId::new_v7(millis, seed(place)), name, kind)
        };
        crate::categories::put(tx, book, &category).await?;
    }
    for (place, (name, kind)) in (0_u8..).zip(accounts::STARTERS) {
        let account = Account::plain(AccountId::new_v7(millis, seed(place)), name, kind, Money::zero(currency));
        crate::accounts::put(tx, book, &Account { revision: REVISION, ..account }).await?;
    }
    crate::commands::set_revision(tx, book, REVISION).await
}

/// Random, but in the order of `place`.
fn seed(place: u8) -> [u8; 10] {
    let mut seed: [u8; 10] = rand::random();
    seed[0] = 0;
    seed[1] = place;
    seed
}
