//! What the server does with accounts.

use leptos::prelude::*;

use ledger::Changes;
use ledger::accounts::AccountForm;

use crate::book::{ArchiveForm, MoveForm};
use crate::error::AppError;

/// Saves a new or an edited account.
#[server(name = SaveAccount, prefix = "/api", endpoint = "save_account")]
pub async fn save_account(form: AccountForm) -> Result<Changes, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    let book = backend::window::for_forms(&backend, &member).await?;
    let id = ledger::id::AccountId(crate::request::id_or_new(&form.id)?);
    let account = form.parse(id, crate::request::format()?, &book)?;
    let changes = backend::commands::run(&backend, &member, ledger::Command::SaveAccount(account)).await?;
    crate::request::redirect_posts("/accounts");
    Ok(changes)
}

/// Takes an account out of what is offered, or brings it back. Its balance keeps counting.
#[server(name = ArchiveAccount, prefix = "/api", endpoint = "archive_account")]
pub async fn archive_account(form: ArchiveForm) -> Result<Changes, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    let id = form.id.parse().map_err(|_| AppError::NotFound)?;
    let command = ledger::Command::ArchiveAccount { id, archived: !form.archived.is_empty() };
    let changes = backend::commands::run(&backend, &member, command).await?;
    crate::request::redirect_posts("/accounts");
    Ok(changes)
}

/// Moves an account among the others.
#[server(name = MoveAccount, prefix = "/api", endpoint = "move_account")]
pub async fn move_account(form: MoveForm) -> Result<Changes, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    let book = backend::window::for_forms(&backend, &member).await?;
    let command = super::order::ordered(&form, &book)?;
    let changes = backend::commands::run(&backend, &member, command).await?;
    crate::request::redirect_posts("/accounts?order=on");
    Ok(changes)
}
