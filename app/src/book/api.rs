//! What the server tells about the book as a whole.

use leptos::prelude::*;
use server_fn::codec::Json;

use ledger::Changes;
use ledger::window::Window;

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
