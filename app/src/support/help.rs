//! The calls of those who ask for help, and of those who answer.

use ledger::staff::HelpForm;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::error::AppError;

/// A request for help. Times are those of whoever looks, as "3 Dec 2026, 14:05".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestLine {
    pub id: String,
    /// Who asked.
    pub user: String,
    pub name: String,
    pub asked_at: String,
    pub question: String,
    pub answer: Option<String>,
    pub answered_at: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requests {
    /// The oldest first.
    pub open: Vec<RequestLine>,
    /// The last ones, the newest first.
    pub answered: Vec<RequestLine>,
}

#[cfg(feature = "ssr")]
fn line(request: backend::staff::Request) -> Result<RequestLine, AppError> {
    let clock = crate::admin::clock()?;
    Ok(RequestLine {
        id: request.id.to_string(),
        user: request.user_id.to_string(),
        name: request.name,
        asked_at: clock(request.asked_at),
        question: request.question,
        answer: request.answer,
        answered_at: request.answered_at.map(clock),
    })
}

#[cfg(feature = "ssr")]
fn lines(requests: Vec<backend::staff::Request>) -> Result<Vec<RequestLine>, AppError> {
    requests.into_iter().map(line).collect()
}

/// Asks whoever runs the server.
#[server(name = AskForHelp, prefix = "/api", endpoint = "ask_for_help")]
pub async fn ask_for_help(form: HelpForm) -> Result<(), AppError> {
    use crate::request;
    let (backend, member) = request::signed_in()?;
    let (id, text) = (request::id_or_new(&form.id)?, form.parse()?);
    backend::staff::ask(&backend, &member, id, text).await?;
    request::redirect_posts("/settings/help?sent=1");
    Ok(())
}

/// What whoever asks this asked for before.
#[server(name = OwnRequests, prefix = "/api", endpoint = "own_requests")]
pub async fn own_requests() -> Result<Vec<RequestLine>, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    lines(backend::staff::asked_by(&backend, &member).await?)
}

/// Of staff: what waits for an answer, and what was answered.
#[server(name = ListRequests, prefix = "/api", endpoint = "list_requests")]
pub async fn list_requests() -> Result<Requests, AppError> {
    let (backend, staff) = crate::admin::staff()?;
    let (open, answered) = backend::staff::requests(&backend, &staff).await?;
    Ok(Requests { open: lines(open)?, answered: lines(answered)? })
}

/// Of staff.
#[server(name = FindRequest, prefix = "/api", endpoint = "find_request")]
pub async fn find_request(id: String) -> Result<RequestLine, AppError> {
    let (backend, staff) = crate::admin::staff()?;
    let id = id.parse().map_err(|_| AppError::NotFound)?;
    line(backend::staff::request(&backend, &staff, id).await?)
}

/// Of staff: answers by letter.
#[server(name = AnswerRequest, prefix = "/api", endpoint = "answer_request")]
pub async fn answer_request(form: HelpForm) -> Result<(), AppError> {
    let (backend, staff) = crate::admin::staff()?;
    let id = form.id.parse().map_err(|_| AppError::NotFound)?;
    backend::staff::answer(&backend, &staff, id, form.parse()?).await?;
    crate::request::redirect_posts("/admin/requests");
    Ok(())
}
