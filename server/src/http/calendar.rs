//! `/calendar/{secret}.ics`: the due days of a book, for whoever has the secret link.

use app::error::AppError;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse as _, Response};
use backend::feeds;
use http::header;

use super::failure::usual_failure;
use super::session::client;
use super::site::Site;

/// `text/calendar`; 404 for a secret that is not, or no longer, known.
pub async fn feed(State(site): State<Site>, Path(file): Path<String>, request: Request) -> Response {
    let found = match file.strip_suffix(".ics") {
        Some(secret) => feeds::calendar(&site.backend, secret, &client(&site, &request)).await,
        None => Err(backend::Error::NotFound),
    };
    match found {
        Ok(calendar) => ([(header::CONTENT_TYPE, "text/calendar; charset=utf-8")], calendar).into_response(),
        Err(error) => usual_failure("/calendar", &AppError::from(error)),
    }
}
