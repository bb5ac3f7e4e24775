//! What the server does with categories.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use ledger::Changes;
use ledger::categories::CategoryForm;

use crate::error::AppError;

/// Saves a new category or another name of one.
#[server(name = SaveCategory, prefix = "/api", endpoint = "save_category")]
pub async fn save_category(form: CategoryForm) -> Result<Changes, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    let book = backend::window::for_forms(&backend, &member).await?;
    let id = ledger::id::CategoryId(crate::request::id_or_new(&form.id)?);
    let category = form.parse(id, book.categories.get(&id))?;
    let changes = backend::commands::run(&backend, &member, ledger::Command::SaveCategory(category)).await?;
    crate::request::redirect_posts("/categories");
    Ok(changes)
}

/// Whether a category is offered for new records.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ArchiveForm {
    pub id: String,
    /// Any text for yes.
    pub archived: String,
}

/// Takes a category out of what is offered, or brings it back. Totals keep counting it.
#[server(name = ArchiveCategory, prefix = "/api", endpoint = "archive_category")]
pub async fn archive_category(form: ArchiveForm) -> Result<Changes, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    let mut book = backend::window::for_forms(&backend, &member).await?;
    let id = form.id.parse().map_err(|_| AppError::NotFound)?;
    let mut category = book.categories.remove(&id).ok_or(AppError::NotFound)?;
    category.archived = !form.archived.is_empty();
    let changes = backend::commands::run(&backend, &member, ledger::Command::SaveCategory(category)).await?;
    crate::request::redirect_posts("/categories");
    Ok(changes)
}
