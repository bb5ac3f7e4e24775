//! What the server tells about the book as a whole.

use chrono::NaiveDate;
use leptos::prelude::*;
use server_fn::codec::Json;

use ledger::rates::DayRate;
use ledger::window::Window;
use ledger::{Changes, Currency};

use crate::error::AppError;

/// The window that every signed-in page is rendered from.
#[server(name = LoadBook, prefix = "/api", endpoint = "load_book")]
pub async fn load_book() -> Result<Window, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    Ok(backend::window::load(&backend, &member, crate::request::today()?).await?)
}

/// What was written after a revision of the book, wherever that was. A long answer stops at an earlier revision
/// than the book's: ask again from there until it stays the same.
#[server(name = ChangesSince, prefix = "/api", endpoint = "changes_since", input = Json)]
pub async fn changes_since(revision: i64) -> Result<Changes, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    Ok(backend::changes::since(&backend, &member, revision).await?)
}

/// What one unit of a currency is worth in the home currency on a day: the newest rate that is not of a later day.
#[server(name = RateOnDay, prefix = "/api", endpoint = "rate_on_day", input = Json)]
pub async fn rate_on_day(currency: Currency, day: NaiveDate) -> Result<Option<DayRate>, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    Ok(backend::rates::on_day(&backend, &member, currency, day).await?)
}
