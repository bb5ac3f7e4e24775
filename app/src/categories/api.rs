//! What the server does with categories.

use leptos::prelude::*;

use ledger::Changes;
use ledger::book::PastMerge;
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
    let command = super::order::ordered(&form, &book)?;
    let changes = backend::commands::run(&backend, &member, command).await?;
    crate::request::redirect_posts("/categories?order=on");
    Ok(changes)
}

/// Which category goes, and which one stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct MergeForm {
    pub id: String,
    pub into: String,
}

impl MergeForm {
    /// # Errors
    /// A message beside "into".
    pub fn kept(&self) -> Result<ledger::id::CategoryId, ledger::FieldErrors> {
        self.into.parse().map_err(|_| ledger::FieldErrors::one("into", "Choose the category that stays"))
    }
}

/// Moves all that a category has to another, and takes it away; [`unmerge_category`] takes that back.
#[server(name = MergeCategory, prefix = "/api", endpoint = "merge_category")]
pub async fn merge_category(form: MergeForm) -> Result<Changes, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    let from = form.id.parse().map_err(|_| AppError::NotFound)?;
    let command = ledger::Command::MergeCategory { from, into: form.kept()?, today: crate::request::today()? };
    let changes = backend::commands::run(&backend, &member, command).await?;
    crate::request::redirect_posts(&format!("/categories?merged={from}"));
    Ok(changes)
}

/// The merges that [`unmerge_category`] can still take back, the newest first.
#[server(name = LoadMerges, prefix = "/api", endpoint = "load_merges")]
pub async fn load_merges() -> Result<Vec<PastMerge>, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    Ok(backend::merges::recent(&backend, &member).await?)
}

/// Brings a category back that was merged into another, with all that moved.
#[server(name = UnmergeCategory, prefix = "/api", endpoint = "unmerge_category")]
pub async fn unmerge_category(form: MergeForm) -> Result<Changes, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    let from = form.id.parse().map_err(|_| AppError::NotFound)?;
    let changes = backend::commands::run(&backend, &member, ledger::Command::UnmergeCategory(from)).await?;
    crate::request::redirect_posts("/categories");
    Ok(changes)
}
