//! What the dashboard asks for besides the window of the book.

use leptos::prelude::*;

use ledger::insights::Lately;

use crate::error::AppError;

/// The days of last month, and what is worth a sentence.
#[server(name = LoadLately, prefix = "/api", endpoint = "load_lately")]
pub async fn load_lately() -> Result<Lately, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    Ok(backend::reports::lately(&backend, &member, crate::request::today()?).await?)
}
