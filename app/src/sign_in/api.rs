//! The calls that begin and end a session.

use ledger::person::LogInForm;
use leptos::prelude::*;

use crate::error::AppError;

/// Begins a session; answers where to go on, which is `next` when that is a page of this site.
#[server(name = LogIn, prefix = "/api", endpoint = "log_in")]
pub async fn log_in(form: LogInForm) -> Result<String, AppError> {
    use crate::request;
    let backend = request::backend()?;
    let session = backend::sessions::log_in(&backend, form.parse()?, &request::client()?).await?;
    if let Some(browser) = request::browser_secret() {
        backend::sign_in_with::link_pending(&backend, &browser, session.user).await?;
    }
    // A new device begins with the look that the person chose.
    request::set_plain_cookie("expenso_theme", session.theme.as_str());
    request::sessions()?.start(session);
    let next = crate::layout::local_path(&form.next).to_owned();
    request::redirect_posts(&next);
    Ok(next)
}

/// Ends the session of this browser. One that is over already is no error.
#[server(name = LogOut, prefix = "/api", endpoint = "log_out")]
pub async fn log_out() -> Result<(), AppError> {
    use crate::request;
    if let Ok(who) = request::person() {
        backend::sessions::log_out(&request::backend()?, &who).await?;
    }
    request::sessions()?.end();
    request::redirect_posts("/");
    Ok(())
}
