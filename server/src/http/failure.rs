//! Answers of the server itself, before or instead of a page: words for a person, JSON for the application.

use app::error::AppError;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};

use crate::rest::{self, Problem};

/// `path` tells who reads the answer: another program, a call of the application, or a person.
pub fn failure(path: &str, status: StatusCode, error: &AppError) -> Response {
    if is_rest(path) {
        return Problem::of_app(error, status).into_response();
    }
    let mut response = if path.starts_with("/api/") {
        axum::Json(error).into_response()
    } else {
        let text = askama::filters::escape(error.to_string(), askama::filters::Html).map(|text| text.to_string());
        page(&text.unwrap_or_default()).into_response()
    };
    *response.status_mut() = status;
    if let Some(seconds) = error.retry_after() {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// The failure with the status that is usual for it.
pub fn usual_failure(path: &str, error: &AppError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    failure(path, status, error)
}

/// Whether a path is of the REST API, where no cookie counts.
pub fn is_rest(path: &str) -> bool {
    path.strip_prefix(rest::BASE).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// What was sent makes no sense.
pub fn unreadable() -> AppError {
    AppError::invalid("", "This form could not be read. Load the page again and retry.")
}

fn page(escaped: &str) -> axum::response::Html<String> {
    axum::response::Html(format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Expenso</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"></head>\
         <body><main><h1>Expenso</h1><p>{escaped}</p><p><a href=\"/\">Go to the first page</a></p></main></body></html>"
    ))
}
