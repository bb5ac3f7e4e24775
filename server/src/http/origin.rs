//! A change is taken from our own pages only.

use app::error::AppError;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use backend::watch;
use http::{Method, StatusCode};

use super::failure::{failure, is_rest};
use super::headers::has_secret_address;
use super::site::Site;
use crate::heard::origin::is_own;

pub async fn check(State(site): State<Site>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let path = request.uri().path();
    // What comes by token comes from nobody's page unasked: a browser sends no token by itself.
    if reads || is_rest(path) || is_own(request.headers(), &site.config.base_url, has_secret_address(path)) {
        return next.run(request).await;
    }
    watch::foreign();
    let words = "This request came from another site. Open Expenso itself and try again.";
    failure(path, StatusCode::FORBIDDEN, &AppError::Conflict(words.to_owned()))
}
