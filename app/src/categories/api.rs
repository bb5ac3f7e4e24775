//! What the server does with categories.

use leptos::prelude::*;

use ledger::Changes;
use ledger::categories::CategoryForm;

use crate::book::{ArchiveForm, MoveForm};
use crate::error::AppError;

/// Saves a new category or another name of one.
#[server(name = SaveCategory, prefix = "/api", endpoint = "save_category")]
pub async fn save_category(form: CategoryForm) -> Result<Changes, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    let book = backend::window::for_forms(&backend, &member).await?;
    let id = ledger::id::CategoryId(crate::request::id_or_new(&form.id)?);
    let category = form.parse(id, &book)?;
    let changes = backend::commands::run(&backend, &member, ledger::Command::SaveCategory(category)).await?;
    crate::request::redirect_posts("/categories");
    Ok(changes)
}

/// Takes a category out of what is offered, or brings it back. Totals keep counting it.
#[server(name = ArchiveCategory, prefix = "/api", endpoint = "archive_category")]
pub async fn archive_category(form: ArchiveForm) -> Result<Changes, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    let id = form.id.parse().map_err(|_| AppError::NotFound)?;
    let command = ledger::Command::ArchiveCategory { id, archived: !form.archived.is_empty() };
    let changes = backend::commands::run(&backend, &member, command).await?;
    crate::request::redirect_posts("/categories");
    Ok(changes)
}

/// Moves a category among those beside it.
#[server(name = MoveCategory, prefix = "/api", endpoint = "move_category")]
pub async fn move_category(form: MoveForm) -> Result<Changes, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    let book = backend::window::for_forms(&backend, &member).await?;
    let (id, to) = form.read()?;
    let category = book.categories.get(&id).ok_or(AppError::NotFound)?;
    let order = ledger::order::moved(&book.categories_beside(category), id, to);
    let changes = backend::commands::run(&backend, &member, ledger::Command::OrderCategories(order)).await?;
    crate::request::redirect_posts("/categories?order=on");
    Ok(changes)
}
