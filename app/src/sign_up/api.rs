//! The calls that make an account.

use ledger::person::{FirstLogInForm, SignUpForm};
use leptos::prelude::*;

use crate::error::AppError;

/// Makes the person, their book and a session; answers where to go on. Where an address is confirmed first, a letter is
/// on its way instead, and the answer is the same for everybody.
#[server(name = SignUp, prefix = "/api", endpoint = "sign_up")]
pub async fn sign_up(form: SignUpForm) -> Result<String, AppError> {
    use super::sent::SENT;
    use crate::request;
    if !super::SignUps::here().open {
        return Err(AppError::NoNewAccounts);
    }
    let (backend, client) = (request::backend()?, request::client()?);
    let next = crate::layout::local_path(&form.next).to_owned();
    if backend.policy.confirm_first {
        backend::newcomers::ask(&backend, form.parse()?, &next, &client).await?;
        request::redirect_posts(SENT);
        return Ok(SENT.to_owned());
    }
    let session = backend::users::sign_up(&backend, form.parse()?, &client).await?;
    request::sessions()?.start(session);
    request::redirect_posts(&next);
    Ok(next)
}

/// Makes the account of whoever opens the link of the letter, and a session; answers where to go on.
#[server(name = OpenAccount, prefix = "/api", endpoint = "open_account")]
pub async fn open_account(form: FirstLogInForm) -> Result<String, AppError> {
    use crate::request;
    if !super::SignUps::here().open {
        return Err(AppError::NoNewAccounts);
    }
    let (session, next) = backend::newcomers::open(&request::backend()?, form.parse()?, &request::client()?).await?;
    request::sessions()?.start(session);
    let next = crate::layout::local_path(&next).to_owned();
    request::redirect_posts(&next);
    Ok(next)
}
