//! What the server does with budgets and their alerts.

use chrono::NaiveDate;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::Json;

use ledger::Changes;
use ledger::budgets::{BudgetForm, History, Suggestion};
use ledger::period::Span;

use crate::error::AppError;

/// Saves a new or an edited budget.
#[server(name = SaveBudget, prefix = "/api", endpoint = "save_budget")]
pub async fn save_budget(form: BudgetForm) -> Result<Changes, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    let book = backend::window::for_forms(&backend, &member).await?;
    let id = ledger::id::BudgetId(crate::request::id_or_new(&form.id)?);
    let before = backend::budgets::find(&backend, &member, id).await?;
    let (format, today) = (crate::request::format()?, crate::request::today()?);
    let currency = before.as_ref().map_or(book.home, |before| before.limit.currency);
    let budget = form.parse(id, currency, format, today, before.as_ref())?;
    let changes = backend::commands::run(&backend, &member, ledger::Command::SaveBudget(budget)).await?;
    crate::request::redirect_posts("/budgets");
    Ok(changes)
}

/// Which budget a button is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BudgetChoice {
    pub id: String,
}

/// Deletes a budget; [`restore_budget`] takes it back.
#[server(name = DeleteBudget, prefix = "/api", endpoint = "delete_budget")]
pub async fn delete_budget(form: BudgetChoice) -> Result<Changes, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    let id = form.id.parse().map_err(|_| AppError::NotFound)?;
    let changes = backend::commands::run(&backend, &member, ledger::Command::DeleteBudget(id)).await?;
    crate::request::redirect_posts(&format!("/budgets?deleted={id}"));
    Ok(changes)
}

/// Takes a deletion back.
#[server(name = RestoreBudget, prefix = "/api", endpoint = "restore_budget")]
pub async fn restore_budget(form: BudgetChoice) -> Result<Changes, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    let id = form.id.parse().map_err(|_| AppError::NotFound)?;
    let changes = backend::commands::run(&backend, &member, ledger::Command::RestoreBudget(id)).await?;
    crate::request::redirect_posts("/budgets");
    Ok(changes)
}

/// How a budget stood in twelve periods, the newest first: up to now, or up to the day before `before`, which is the first
/// day of the last one that was told.
#[server(name = LoadBudgetHistory, prefix = "/api", endpoint = "load_budget_history")]
pub async fn load_budget_history(
    budget: String,
    #[server(default)] before: Option<NaiveDate>,
) -> Result<History, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    let (id, today) = (budget.parse().map_err(|_| AppError::NotFound)?, crate::request::today()?);
    backend::budgets::history(&backend, &member, id, before, today).await?.ok_or(AppError::NotFound)
}

/// Tags that begin with what is typed, as records bear them.
#[server(name = SuggestTags, prefix = "/api", endpoint = "suggest_tags", input = Json)]
pub async fn suggest_tags(typed: String) -> Result<Vec<String>, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    Ok(backend::list::suggest_tags(&backend, &member, &typed).await?)
}

/// The limits for one period that the past suggests for a tag.
#[server(name = UsualForTag, prefix = "/api", endpoint = "usual_for_tag", input = Json)]
pub async fn usual_for_tag(tag: String, span: Span) -> Result<Vec<Suggestion>, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    Ok(backend::budgets::usual_for_tag(&backend, &member, &tag, span, crate::request::today()?).await?)
}

/// The person has read the alerts up to now, on whatever page they stood.
#[server(name = SeeAlerts, prefix = "/api", endpoint = "see_alerts")]
pub async fn see_alerts() -> Result<Changes, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    Ok(backend::commands::run(&backend, &member, ledger::Command::SeeAlerts).await?)
}
