//! The calls of the settings.

use ledger::Changes;
use ledger::person::{BookForm, PasswordForm, ProfileForm};
use ledger::rates::{RateForm, TypedRates};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::book::RateChoice;
use crate::error::AppError;

/// A browser that is signed in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SessionLine {
    pub id: String,
    /// Such as "Firefox on Linux".
    pub device: String,
    /// When it began and was last used, where the person lives.
    pub since: chrono::NaiveDateTime,
    pub last_used: chrono::NaiveDateTime,
    /// Whether it is the one that asks.
    pub current: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SessionChoice {
    pub id: String,
}

#[server(name = SaveProfile, prefix = "/api", endpoint = "save_profile")]
pub async fn save_profile(form: ProfileForm) -> Result<(), AppError> {
    use crate::request;
    let (backend, member) = request::signed_in()?;
    backend::users::save_profile(&backend, &member, form.parse()?).await?;
    request::redirect_posts("/settings?saved=1");
    Ok(())
}

/// Its currency changes only while nothing is recorded.
#[server(name = SaveBook, prefix = "/api", endpoint = "save_book")]
pub async fn save_book(form: BookForm) -> Result<(), AppError> {
    use crate::request;
    let (backend, member) = request::signed_in()?;
    backend::book_settings::save(&backend, &member, form.parse(request::format()?)?).await?;
    request::redirect_posts("/settings?saved=1");
    Ok(())
}

/// Notes a rate of a day. Records that are saved keep theirs.
#[server(name = SaveRate, prefix = "/api", endpoint = "save_rate")]
pub async fn save_rate(form: RateForm) -> Result<Changes, AppError> {
    use crate::request;
    let (backend, member) = request::signed_in()?;
    let (currency, rate) = form.parse(request::format()?, request::today()?)?;
    let command = ledger::Command::SaveRate { currency, rate };
    let changes = backend::commands::run(&backend, &member, command).await?;
    request::redirect_posts("/settings?saved=1");
    Ok(changes)
}

/// The newest rates that the book keeps of each other currency that accounts are kept in.
#[server(name = LoadRates, prefix = "/api", endpoint = "load_rates")]
pub async fn load_rates() -> Result<Vec<TypedRates>, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    Ok(backend::rates::typed(&backend, &member).await?)
}

/// Takes a rate away. Records that were saved with it keep it.
#[server(name = DeleteRate, prefix = "/api", endpoint = "delete_rate")]
pub async fn delete_rate(form: RateChoice) -> Result<Changes, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    let (currency, rate) = form.read()?;
    let command = ledger::Command::DeleteRate { currency, on: rate.on };
    let changes = backend::commands::run(&backend, &member, command).await?;
    crate::request::redirect_posts("/settings?saved=1");
    Ok(changes)
}

/// Takes that back.
#[server(name = RestoreRate, prefix = "/api", endpoint = "restore_rate")]
pub async fn restore_rate(form: RateChoice) -> Result<Changes, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    let (currency, rate) = form.read()?;
    let changes = backend::commands::run(&backend, &member, ledger::Command::SaveRate { currency, rate }).await?;
    crate::request::redirect_posts("/settings?saved=1");
    Ok(changes)
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AlertsForm {
    /// Any text for yes.
    pub by_mail: String,
}

/// A box that is not ticked is not sent, and with it the whole form.
#[server(name = SaveAlerts, prefix = "/api", endpoint = "save_alerts")]
pub async fn save_alerts(#[server(default)] form: AlertsForm) -> Result<(), AppError> {
    let (backend, member) = crate::request::signed_in()?;
    backend::users::save_alerts_by_mail(&backend, &member, !form.by_mail.is_empty()).await?;
    crate::request::redirect_posts("/settings?saved=1");
    Ok(())
}

/// The first one of somebody who has none, or another. Ends all other sessions too.
#[server(name = ChangePassword, prefix = "/api", endpoint = "change_password")]
pub async fn change_password(form: PasswordForm) -> Result<(), AppError> {
    use crate::request;
    let who = request::person()?;
    let change = form.parse(who.person.has_password)?;
    backend::users::change_password(&request::backend()?, &who, change).await?;
    request::redirect_posts("/settings?saved=1");
    Ok(())
}

#[server(name = ListSessions, prefix = "/api", endpoint = "list_sessions")]
pub async fn list_sessions() -> Result<Vec<SessionLine>, AppError> {
    use crate::request;
    let who = request::person()?;
    let zone = who.member.zone();
    let sessions = backend::sessions::list(&request::backend()?, &who).await?;
    Ok(sessions
        .into_iter()
        .map(|session| SessionLine {
            id: session.id.0.to_string(),
            device: device(&session.user_agent),
            since: session.created_at.with_timezone(&zone).naive_local(),
            last_used: session.last_used_at.with_timezone(&zone).naive_local(),
            current: session.current,
        })
        .collect())
}

#[server(name = EndSession, prefix = "/api", endpoint = "end_session")]
pub async fn end_session(form: SessionChoice) -> Result<(), AppError> {
    use crate::request;
    let session = form.id.parse().map(backend::sessions::SessionId).map_err(|_| AppError::NotFound)?;
    Ok(backend::sessions::end_chosen(&request::backend()?, &request::person()?, session).await?)
}

/// Answers how many there were.
#[server(name = EndOthers, prefix = "/api", endpoint = "end_others")]
pub async fn end_others() -> Result<u64, AppError> {
    use crate::request;
    Ok(backend::sessions::end_others(&request::backend()?, &request::person()?).await?)
}

/// What a person would call the browser of a `User-Agent`.
#[cfg(feature = "ssr")]
pub(crate) fn device(user_agent: &str) -> String {
    let first = |names: &[(&str, &'static str)]| {
        names.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
    };
    // Order matters: most browsers also claim to be others.
    let browser =
        first(&[("Firefox", "Firefox"), ("Edg", "Edge"), ("OPR", "Opera"), ("Chrome", "Chrome"), ("Safari", "Safari")]);
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "An unknown browser".to_owned(),
    }
}
