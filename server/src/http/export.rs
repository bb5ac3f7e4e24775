//! `/export`: all that a person keeps, as one archive that is made while it is sent.

use app::error::AppError;
use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use backend::{Error, SignedIn, export};
use http::{HeaderValue, StatusCode, header};
use http_body_util::channel::Channel;

use super::failure::usual_failure;
use super::site::Site;

/// Pieces that wait for the client.
const AHEAD: usize = 2;

/// `application/zip`; a person who is signed out is led to log in, and one who proved it long ago to
/// do so again. An archive that cannot be finished breaks off, so that nobody
/// takes a part for the whole.
pub async fn download(State(site): State<Site>, Extension(who): Extension<Option<SignedIn>>) -> Response {
    let Some(who) = who else { return see("/login?next=%2Fsettings") };
    if who.support.is_some() {
        return usual_failure("/export", &AppError::Forbidden);
    }
    let book = match export::begin(&site.backend, &who).await {
        Ok(book) => book,
        Err(Error::ProveFirst) => return see("/settings/prove?next=%2Fsettings"),
        Err(error) => return usual_failure("/export", &AppError::from(error)),
    };
    let name = format!("attachment; filename=\"expenso-{}.zip\"", who.member.today(&site.backend.clock));
    let (mut to, pieces) = Channel::new(AHEAD);
    tokio::spawn(async move {
        if let Err(error) = Box::pin(crate::export::write(&site.backend, &who, book, &mut to)).await {
            tracing::warn!(%error, "an export broke off");
            to.abort(error);
        }
    });
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/zip")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("attachment"))),
        // It is compressed already.
        (header::CONTENT_ENCODING, HeaderValue::from_static("identity")),
    ];
    (headers, Body::new(pieces)).into_response()
}

fn see(path: &'static str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, HeaderValue::from_static(path))]).into_response()
}
