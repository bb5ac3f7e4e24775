//! The call that makes an account.

use ledger::person::SignUpForm;
use leptos::prelude::*;

use crate::error::AppError;

/// Makes the person, their book and a session; answers where to go on.
#[server(name = SignUp, prefix = "/api", endpoint = "sign_up")]
pub async fn sign_up(form: SignUpForm) -> Result<String, AppError> {
    use crate::request;
    if !super::SignUps::are_open() {
        return Err(AppError::NoNewAccounts);
    }
    let next = crate::layout::local_path(&form.next).to_owned();
    let session = backend::users::sign_up(&request::backend()?, form.parse()?, &request::client()?).await?;
    request::sessions()?.start(session);
    request::redirect_posts(&next);
    Ok(next)
}
