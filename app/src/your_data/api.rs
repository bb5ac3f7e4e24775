//! The calls of a person who leaves, and of one who stays after all.

use ledger::person::LeaveForm;
use leptos::prelude::*;

use crate::error::AppError;

/// Begins the time of grace after which the account is deleted.
#[server(name = Leave, prefix = "/api", endpoint = "leave")]
pub async fn leave(form: LeaveForm) -> Result<(), AppError> {
    use crate::request;
    let who = request::person()?;
    let wish = form.parse(who.person.has_password)?;
    backend::leaving::ask(&request::backend()?, &who, wish).await?;
    request::redirect_posts("/settings");
    Ok(())
}

/// Keeps the account.
#[server(name = Stay, prefix = "/api", endpoint = "stay")]
pub async fn stay() -> Result<(), AppError> {
    let (backend, member) = crate::request::signed_in()?;
    backend::leaving::stay(&backend, &member).await?;
    crate::request::redirect_posts("/settings");
    Ok(())
}
