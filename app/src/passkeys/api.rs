//! The calls about passkeys.

use chrono::NaiveDate;
use ledger::person::PasskeyNameForm;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::error::AppError;

/// What a browser is asked to sign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChallengeView {
    /// Comes back with the answer.
    pub secret: String,
    /// JSON for the browser.
    pub options: String,
}

/// What the browser said to it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PasskeyAnswer {
    pub secret: String,
    /// JSON of the browser.
    pub answer: String,
    /// Where to go on.
    pub next: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PasskeyChoice {
    pub id: String,
}

/// A passkey as the settings show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasskeyLine {
    pub id: String,
    pub name: String,
    /// Civil days where the person lives.
    pub since: NaiveDate,
    pub last_used: Option<NaiveDate>,
}

#[server(name = ListPasskeys, prefix = "/api", endpoint = "list_passkeys")]
pub async fn list_passkeys() -> Result<Vec<PasskeyLine>, AppError> {
    use crate::request;
    let (backend, member) = request::signed_in()?;
    let zone = member.zone();
    let day = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&zone).date_naive();
    let lines = backend::passkeys::list(&backend, member.user()).await?.into_iter().map(|key| PasskeyLine {
        id: key.id.0.to_string(),
        name: key.name,
        since: day(key.created_at),
        last_used: key.last_used_at.map(day),
    });
    Ok(lines.collect())
}

#[server(name = BeginAddingPasskey, prefix = "/api", endpoint = "begin_adding_passkey")]
pub async fn begin_adding_passkey() -> Result<ChallengeView, AppError> {
    use crate::request;
    let challenge = backend::passkeys::begin_adding(&request::backend()?, &request::person()?).await?;
    Ok(ChallengeView { secret: challenge.secret, options: challenge.options })
}

/// It is called like the browser that made it, until it is given another name.
#[server(name = AddPasskey, prefix = "/api", endpoint = "add_passkey")]
pub async fn add_passkey(form: PasskeyAnswer) -> Result<(), AppError> {
    use crate::request;
    let name = crate::settings::device(&request::client()?.user_agent);
    let (backend, who) = (request::backend()?, request::person()?);
    backend::passkeys::add(&backend, &who, name, &form.secret, &form.answer).await?;
    Ok(())
}

#[server(name = RenamePasskey, prefix = "/api", endpoint = "rename_passkey")]
pub async fn rename_passkey(form: PasskeyNameForm) -> Result<(), AppError> {
    use crate::request;
    let (id, name) = (passkey_id(&form.id)?, form.parse()?);
    backend::passkeys::rename(&request::backend()?, &request::person()?, id, name).await?;
    request::redirect_posts("/settings?saved=1");
    Ok(())
}

#[server(name = RemovePasskey, prefix = "/api", endpoint = "remove_passkey")]
pub async fn remove_passkey(form: PasskeyChoice) -> Result<(), AppError> {
    use crate::request;
    let id = passkey_id(&form.id)?;
    backend::passkeys::remove(&request::backend()?, &request::person()?, id).await?;
    request::redirect_posts("/settings?saved=1");
    Ok(())
}

/// Asks for any passkey of this server.
#[server(name = BeginPasskey, prefix = "/api", endpoint = "begin_passkey")]
pub async fn begin_passkey() -> Result<ChallengeView, AppError> {
    use crate::request;
    let challenge = backend::passkeys::begin(&request::backend()?, &request::client()?).await?;
    Ok(ChallengeView { secret: challenge.secret, options: challenge.options })
}

/// Begins a session; answers where to go on.
#[server(name = LogInByPasskey, prefix = "/api", endpoint = "log_in_by_passkey")]
pub async fn log_in_by_passkey(form: PasskeyAnswer) -> Result<String, AppError> {
    use crate::request;
    let (backend, client) = (request::backend()?, request::client()?);
    let session = backend::passkeys::log_in(&backend, &form.secret, &form.answer, &client).await?;
    crate::sign_in::begin(session, &form.next).await
}

/// Shows once more who one is; answers where to go on.
#[server(name = ProveByPasskey, prefix = "/api", endpoint = "prove_by_passkey")]
pub async fn prove_by_passkey(form: PasskeyAnswer) -> Result<String, AppError> {
    use crate::request;
    backend::passkeys::prove(&request::backend()?, &request::person()?, &form.secret, &form.answer).await?;
    Ok(crate::layout::local_path_or(&form.next, "/settings").to_owned())
}

#[cfg(feature = "ssr")]
fn passkey_id(text: &str) -> Result<backend::passkeys::PasskeyId, AppError> {
    text.parse().map(backend::passkeys::PasskeyId).map_err(|_| AppError::NotFound)
}
