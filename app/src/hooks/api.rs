//! The calls of webhooks.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use ledger::hooks::{Event, HookForm};

use crate::error::AppError;

/// One webhook in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HookLine {
    pub id: String,
    pub url: String,
    pub events: Vec<Event>,
}

/// A webhook and what came of its messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HookPage {
    pub hook: HookLine,
    /// What its messages are signed with.
    pub secret: String,
    /// The newest first.
    pub attempts: Vec<HookAttempt>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HookAttempt {
    pub event: String,
    /// The civil time where the person lives, as "3 Dec, 14:05:06".
    pub at: String,
    /// Of HTTP, where there was an answer.
    pub status: Option<i64>,
    /// Why it was not taken.
    pub why: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HookChoice {
    pub id: String,
}

#[cfg(feature = "ssr")]
impl HookChoice {
    fn id(&self) -> Result<backend::hooks::HookId, AppError> {
        self.id.parse().map(backend::hooks::HookId).map_err(|_| AppError::NotFound)
    }
}

#[cfg(feature = "ssr")]
fn line(hook: backend::hooks::Hook) -> HookLine {
    HookLine { id: hook.id.0.to_string(), url: hook.url, events: hook.events }
}

#[server(name = ListHooks, prefix = "/api", endpoint = "list_hooks")]
pub async fn list_hooks() -> Result<Vec<HookLine>, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    Ok(backend::hooks::all(&backend, &member).await?.into_iter().map(line).collect())
}

/// Adds a webhook whose address leads to where messages may go; answers its id.
#[server(name = AddHook, prefix = "/api", endpoint = "add_hook")]
pub async fn add_hook(form: HookForm) -> Result<String, AppError> {
    use crate::request;
    let (backend, member) = request::signed_in()?;
    let hook = form.parse()?;
    request::hook_gate()?.check(&hook.url).await?;
    let id = backend::hooks::add(&backend, &member, hook).await?.0.to_string();
    request::redirect_posts(&format!("/settings/webhooks/{id}"));
    Ok(id)
}

#[server(name = GetHook, prefix = "/api", endpoint = "get_hook")]
pub async fn get_hook(form: HookChoice) -> Result<HookPage, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    let zone = member.zone();
    let found = backend::hooks::find(&backend, &member, form.id()?).await?;
    let (hook, secret, attempts) = found.ok_or(AppError::NotFound)?;
    let attempts = attempts.into_iter().map(|attempt| HookAttempt {
        event: attempt.event,
        at: attempt.at.with_timezone(&zone).format("%-d %b, %H:%M:%S").to_string(),
        status: attempt.status,
        why: attempt.why,
    });
    Ok(HookPage { hook: line(hook), secret, attempts: attempts.collect() })
}

/// Sends a test; what came of it stands among the attempts.
#[server(name = TestHook, prefix = "/api", endpoint = "test_hook")]
pub async fn test_hook(form: HookChoice) -> Result<(), AppError> {
    let (backend, member) = crate::request::signed_in()?;
    backend::hooks::test(&backend, &member, form.id()?).await?;
    crate::request::redirect_posts(&format!("/settings/webhooks/{}", form.id));
    Ok(())
}

#[server(name = DeleteHook, prefix = "/api", endpoint = "delete_hook")]
pub async fn delete_hook(form: HookChoice) -> Result<(), AppError> {
    let (backend, member) = crate::request::signed_in()?;
    backend::hooks::delete(&backend, &member, form.id()?).await?;
    crate::request::redirect_posts(&format!("/settings?unhooked={}", form.id));
    Ok(())
}

/// Takes a deletion back, for some minutes.
#[server(name = RestoreHook, prefix = "/api", endpoint = "restore_hook")]
pub async fn restore_hook(form: HookChoice) -> Result<(), AppError> {
    let (backend, member) = crate::request::signed_in()?;
    backend::hooks::restore(&backend, &member, form.id()?).await?;
    crate::request::redirect_posts(&format!("/settings/webhooks/{}", form.id));
    Ok(())
}
