//! What the server does with envelopes.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use ledger::Changes;
use ledger::envelopes::{MoveForm, PlanForm};

use crate::error::AppError;

/// Saves what the categories are given in a month.
#[server(name = SavePlan, prefix = "/api", endpoint = "save_plan")]
pub async fn save_plan(form: PlanForm) -> Result<Changes, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    let book = backend::window::for_forms(&backend, &member).await?;
    let (month, fills) = form.parse(&book, crate::request::format()?)?;
    let changes = backend::commands::run(&backend, &member, ledger::Command::FillEnvelopes { month, fills }).await?;
    crate::request::redirect_posts(&super::path_of(month));
    Ok(changes)
}

/// Moves money from one envelope to another.
#[server(name = MoveMoney, prefix = "/api", endpoint = "move_money")]
pub async fn move_money(form: MoveForm) -> Result<Changes, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    let (format, today) = (crate::request::format()?, crate::request::today()?);
    let id = ledger::id::MoveId(crate::request::id_or_new(&form.id)?);
    let changes = backend::envelopes::shift(&backend, &member, id, &form, format, today).await?;
    crate::request::redirect_posts(&format!("/budgets/envelopes?month={}", form.month));
    Ok(changes)
}

/// Which month a button is about, such as `2026-11`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MonthChoice {
    pub month: String,
}

/// Plans a month like the one before it, where nothing is planned yet.
#[server(name = CopyPlan, prefix = "/api", endpoint = "copy_plan")]
pub async fn copy_plan(form: MonthChoice) -> Result<Changes, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    let month = ledger::envelopes::month_of(&form.month).ok_or(AppError::NotFound)?;
    let changes = backend::envelopes::as_before(&backend, &member, month, crate::request::today()?).await?;
    crate::request::redirect_posts(&super::path_of(month));
    Ok(changes)
}
