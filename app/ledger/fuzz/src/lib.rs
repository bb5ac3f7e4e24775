//! What the targets share: the readers of the server, forms as a browser sends them, and a small book to read them for.

use chrono::{NaiveDate, Weekday};
use ledger::accounts::{Account, AccountKind};
use ledger::categories::Category;
use ledger::id::{AccountId, CategoryId};
use ledger::records::Kind;
use ledger::{Book, Command, Currency, Money, NumberFormat};
use serde::de::DeserializeOwned;
use uuid::Uuid;

/// The server's own readers, compiled without the rest of it.
#[path = "../../../../server/src/heard/mod.rs"]
pub mod heard;

/// The day on which everything is done.
pub const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2028, 2, 29).expect("a leap day");

/// One format of each kind: groups of two and of three, a decimal comma, a group sign that is no point.
pub fn formats() -> [NumberFormat; 4] {
    ["en-IN", "en", "de", "fr-CH"].map(NumberFormat::of)
}

/// Fields as a form posts them; `None` for what would not reach a form.
pub fn form<T: DeserializeOwned>(posted: &str) -> Option<T> {
    serde_qs::from_str(posted).ok()
}

/// An account in rupees, one in yen, a category for each side; their ids are 1 to 4.
pub fn book() -> Book {
    let mut book = Book::new(Currency::INR, Weekday::Mon);
    let yen = "JPY".parse().expect("a currency");
    for (id, currency) in [(1, Currency::INR), (2, yen)] {
        let (account, name) = (AccountId(Uuid::from_u128(id)), format!("Account {id}"));
        let account = Account::plain(account, name, AccountKind::Bank, Money::zero(currency));
        book.apply(&Command::SaveAccount(account)).expect("an account");
    }
    for (id, kind) in [(3, Kind::Expense), (4, Kind::Income)] {
        let category = Category::plain(CategoryId(Uuid::from_u128(id)), format!("Category {id}"), kind);
        book.apply(&Command::SaveCategory(category)).expect("a category");
    }
    book
}
