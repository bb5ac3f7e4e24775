//! What the server tells about the book as a whole.

use leptos::prelude::*;

use ledger::window::Window;

use crate::error::AppError;

/// The window that every signed-in page is rendered from.
#[server(name = LoadBook, prefix = "/api", endpoint = "load_book")]
pub async fn load_book() -> Result<Window, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    Ok(backend::window::load(&backend, &member, crate::request::today()?).await?)
}
