//! The calls about another address.

use ledger::person::{ConfirmForm, EmailForm};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::error::AppError;

/// An address that waits for its confirmation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WantedEmail {
    pub email: String,
    /// Until when, where the person lives: "3 December, 14:05".
    pub until: String,
}

#[server(name = LoadNewEmail, prefix = "/api", endpoint = "load_new_email")]
pub async fn load_new_email() -> Result<Option<WantedEmail>, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    let wanted = backend::addresses::wanted(&backend, &member).await?;
    Ok(wanted.map(|wanted| WantedEmail {
        email: wanted.email,
        until: wanted.expires_at.with_timezone(&member.zone()).format("%-d %B, %H:%M").to_string(),
    }))
}

/// Sends link and digits to the new address, and a letter to the present one.
#[server(name = ChangeEmail, prefix = "/api", endpoint = "change_email")]
pub async fn change_email(form: EmailForm) -> Result<(), AppError> {
    use crate::request;
    backend::addresses::ask(&request::backend()?, &request::person()?, &form.parse()?).await?;
    request::redirect_posts("/settings");
    Ok(())
}

/// Changes the address by the secret of the link, or by the digits.
#[server(name = ConfirmNewEmail, prefix = "/api", endpoint = "confirm_new_email")]
pub async fn confirm_new_email(form: ConfirmForm) -> Result<(), AppError> {
    use crate::request;
    use ledger::person::Confirm as By;
    let (backend, who) = (request::backend()?, request::person()?);
    match form.parse()? {
        By::Link(secret) => backend::addresses::confirm_link(&backend, &who, &secret, &request::client()?).await?,
        By::Code(code) => backend::addresses::confirm_code(&backend, &who, &code).await?,
    }
    request::redirect_posts(super::CHANGED);
    Ok(())
}

#[server(name = CancelNewEmail, prefix = "/api", endpoint = "cancel_new_email")]
pub async fn cancel_new_email() -> Result<(), AppError> {
    let (backend, member) = crate::request::signed_in()?;
    backend::addresses::cancel(&backend, &member).await?;
    crate::request::redirect_posts("/settings");
    Ok(())
}
