//! The calls about providers: an account for whoever one has sent, and what is linked to an account.

use ledger::person::{SignUpWithForm, WaysIn};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::error::AppError;

/// Makes the person, their book and a session; answers where to go on.
#[server(name = SignUpWith, prefix = "/api", endpoint = "sign_up_with")]
pub async fn sign_up_with(form: SignUpWithForm) -> Result<String, AppError> {
    use crate::request;
    if !crate::sign_up::SignUps::are_open() {
        return Err(AppError::NoNewAccounts);
    }
    let browser = request::browser_secret().unwrap_or_default();
    let (backend, client) = (request::backend()?, request::client()?);
    let (session, next) = backend::sign_in_with::sign_up(&backend, &browser, &form, &client).await?;
    request::sessions()?.start(session);
    let next = crate::layout::local_path(&next).to_owned();
    request::redirect_posts(&next);
    Ok(next)
}

/// How a person can log in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkedWays {
    pub ways: WaysIn,
    /// Whether the person has logged in lately, as changes here ask for.
    pub is_fresh: bool,
    pub linked: Vec<LinkedWay>,
}

/// A provider that is linked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkedWay {
    pub provider: String,
    pub subject: String,
    /// As the provider said; may be empty.
    pub email: String,
    /// The civil day of its last use, where the person lives.
    pub last_used: chrono::NaiveDate,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UnlinkForm {
    pub provider: String,
    pub subject: String,
}

#[server(name = ListWays, prefix = "/api", endpoint = "list_ways")]
pub async fn list_ways() -> Result<LinkedWays, AppError> {
    use crate::request;
    let (backend, who) = (request::backend()?, request::person()?);
    let (user, zone) = (who.member.user(), who.member.zone());
    let linked = backend::identities::of(&backend, user).await?.into_iter().map(|one| LinkedWay {
        provider: one.provider,
        subject: one.subject,
        email: one.email.unwrap_or_default(),
        last_used: one.last_used_at.with_timezone(&zone).date_naive(),
    });
    Ok(LinkedWays {
        ways: backend::ways_in::of(&backend, user).await?,
        is_fresh: backend::fresh::fresh_enough(&backend, &who).await?,
        linked: linked.collect(),
    })
}

/// The last way in stays.
#[server(name = UnlinkWay, prefix = "/api", endpoint = "unlink_way")]
pub async fn unlink_way(form: UnlinkForm) -> Result<(), AppError> {
    use crate::request;
    let (backend, who) = (request::backend()?, request::person()?);
    backend::identities::unlink(&backend, &who, &form.provider, &form.subject).await?;
    request::redirect_posts("/settings?saved=1");
    Ok(())
}
