//! The calls that begin and end a session.

use ledger::person::LogInForm;
use leptos::prelude::*;

use crate::error::AppError;

/// Begins a session; answers where to go on: `next` when that is a page of this site, or the second step.
#[server(name = LogIn, prefix = "/api", endpoint = "log_in")]
pub async fn log_in(form: LogInForm) -> Result<String, AppError> {
    use crate::request;
    use backend::Admission;
    match backend::sessions::log_in(&request::backend()?, form.parse()?, &request::client()?).await? {
        Admission::Session(session) => begin(*session, &form.next).await,
        second @ Admission::Second(_) => {
            request::sessions()?.admit(second);
            let path = super::second_step_path(&form.next);
            request::redirect_posts(&path);
            Ok(path)
        }
    }
}

/// Lets the session of somebody who has proven who they are begin with this answer, and links the provider that sent
/// them here; answers where to go on.
#[cfg(feature = "ssr")]
pub(crate) async fn begin(session: backend::NewSession, next: &str) -> Result<String, AppError> {
    use crate::request;
    if let Some(browser) = request::browser_secret() {
        backend::sign_in_with::link_pending(&request::backend()?, &browser, session.user).await?;
    }
    request::sessions()?.start(session);
    let next = crate::layout::local_path(next).to_owned();
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
