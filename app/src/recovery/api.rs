//! The calls behind the links of our letters.

use ledger::person::{ConfirmForm, ForgotForm, ResetForm};
use leptos::prelude::*;

use crate::error::AppError;

/// Sends a link to change the password. The answer is the same whether the address is known or not.
#[server(name = Forgot, prefix = "/api", endpoint = "forgot")]
pub async fn forgot(form: ForgotForm) -> Result<(), AppError> {
    use crate::request;
    backend::tokens::forgot(&request::backend()?, form.parse()?, &request::client()?).await?;
    request::redirect_posts("/forgot?sent=1");
    Ok(())
}

/// Changes the password of whoever holds the link, and ends all their sessions.
#[server(name = Reset, prefix = "/api", endpoint = "reset")]
pub async fn reset(form: ResetForm) -> Result<(), AppError> {
    use crate::request;
    backend::tokens::reset(&request::backend()?, form.parse()?, &request::client()?).await?;
    request::redirect_posts("/login?reset=1");
    Ok(())
}

/// Confirms the address by the secret of the link, or by the code when signed in.
#[server(name = Confirm, prefix = "/api", endpoint = "confirm")]
pub async fn confirm(form: ConfirmForm) -> Result<(), AppError> {
    use crate::request;
    use ledger::person::Confirm as By;
    match form.parse()? {
        By::Link(secret) => {
            let here = request::person().ok().map(|who| who.member.user());
            backend::tokens::confirm_link(&request::backend()?, &secret, here, &request::client()?).await?;
        }
        By::Code(code) => {
            let (backend, member) = request::signed_in()?;
            backend::tokens::confirm_code(&backend, &member, &code).await?;
        }
    }
    request::redirect_posts("/confirm?done=1");
    Ok(())
}

/// Sends the link and the code again.
#[server(name = ResendConfirmation, prefix = "/api", endpoint = "resend_confirmation")]
pub async fn resend_confirmation() -> Result<(), AppError> {
    let (backend, member) = crate::request::signed_in()?;
    backend::tokens::send_confirmation(&backend, &member).await?;
    crate::request::redirect_posts("/confirm?sent=1");
    Ok(())
}
