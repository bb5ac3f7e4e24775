//! What went wrong, in the form of RFC 9457: `application/problem+json`.

use app::error::AppError;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use ledger::FieldErrors;
use serde::Serialize;
use utoipa::ToSchema;

use super::BASE;

/// Why something was not done.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Problem {
    /// Names the kind of problem, and where it is explained.
    #[serde(rename = "type")]
    #[schema(example = "/api/v1/docs#invalid")]
    kind: String,
    /// The kind in words.
    title: &'static str,
    /// The HTTP status.
    status: u16,
    /// What happened, and what to do about it.
    detail: String,
    /// What must be mended, field by field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    errors: Vec<FieldProblem>,
    #[serde(skip)]
    headers: Vec<(header::HeaderName, HeaderValue)>,
}

/// What is wrong with one field.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FieldProblem {
    /// Its place in what was sent, such as `parts[0].amount`; empty for all of it.
    pub field: String,
    pub message: String,
}

/// What handlers answer.
pub type Answer<T> = Result<T, Problem>;

/// The kinds of problems: their anchor, status and title.
pub const KINDS: [(&str, StatusCode, &str); 16] = [
    ("unreadable", StatusCode::BAD_REQUEST, "The request cannot be read"),
    ("unauthorized", StatusCode::UNAUTHORIZED, "A valid token is needed"),
    ("forbidden", StatusCode::FORBIDDEN, "The token, or your role in the book, is not enough"),
    ("not-found", StatusCode::NOT_FOUND, "There is no such thing"),
    ("method", StatusCode::METHOD_NOT_ALLOWED, "This cannot be done here"),
    ("timeout", StatusCode::REQUEST_TIMEOUT, "The request took too long to arrive"),
    ("conflict", StatusCode::CONFLICT, "It changed in the meantime"),
    ("stale", StatusCode::PRECONDITION_FAILED, "The revision is not the newest"),
    ("too-large", StatusCode::PAYLOAD_TOO_LARGE, "The request is too large"),
    ("media-type", StatusCode::UNSUPPORTED_MEDIA_TYPE, "Send JSON"),
    ("invalid", StatusCode::UNPROCESSABLE_ENTITY, "Something must be mended"),
    ("key-reused", StatusCode::UNPROCESSABLE_ENTITY, "The idempotency key was used for something else"),
    ("too-many", StatusCode::TOO_MANY_REQUESTS, "Too many requests"),
    ("internal", StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong on our side"),
    ("unavailable", StatusCode::SERVICE_UNAVAILABLE, "Expenso is busy just now"),
    ("origin", StatusCode::FORBIDDEN, "The request came from another site"),
];

impl Problem {
    fn new(name: &str, detail: impl Into<String>) -> Self {
        let known = KINDS.iter().find(|(known, ..)| *known == name);
        let (status, title) =
            known.map_or((StatusCode::INTERNAL_SERVER_ERROR, ""), |(_, status, title)| (*status, *title));
        let kind = format!("{BASE}/docs#{name}");
        Self { kind, title, status: status.as_u16(), detail: detail.into(), errors: Vec::new(), headers: Vec::new() }
    }

    fn with(mut self, name: header::HeaderName, value: impl Into<HeaderValue>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    fn about(mut self, field: &str, message: impl Into<String>) -> Self {
        self.errors.push(FieldProblem { field: field.to_owned(), message: message.into() });
        self
    }

    #[cfg(test)]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// What happened, in words.
    #[cfg(test)]
    pub fn detail_words(&self) -> String {
        self.detail.clone()
    }

    /// What was sent does not have the form that is documented.
    pub fn unreadable(field: &str, message: impl Into<String>) -> Self {
        let message = message.into();
        let problem = Self::new("unreadable", message.clone());
        if field.is_empty() { problem } else { problem.about(field, message) }
    }

    pub fn unauthorized() -> Self {
        let words = "Send a token that is good as `Authorization: Bearer exp_…`. Tokens are made in the settings.";
        Self::new("unauthorized", words)
            .with(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"Expenso\""))
    }

    pub fn read_only() -> Self {
        Self::new("forbidden", "This token may only read. Make one that may write, in the settings.")
    }

    /// The role of the person is not enough.
    pub fn forbidden() -> Self {
        Self::new("forbidden", "Your role in this book does not allow this. Ask an owner of the book for another role.")
    }

    pub fn not_found() -> Self {
        Self::new("not-found", "There is nothing here by this name, or it is not yours.")
    }

    /// axum adds which methods there are.
    pub fn wrong_method() -> Self {
        Self::new("method", "Use one of the methods that the header Allow names.")
    }

    pub fn media_type() -> Self {
        Self::new("media-type", "Send JSON, with the header Content-Type: application/json.")
    }

    pub fn conflict(detail: &str) -> Self {
        Self::new("conflict", detail)
    }

    /// The revision of `If-Match` is not the one that is stored.
    pub fn stale() -> Self {
        Self::new("stale", "This was changed in the meantime. Read it again, then send your change with its revision.")
    }

    pub fn key_reused() -> Self {
        Self::new(
            "key-reused",
            "This Idempotency-Key was sent with another request. Use a new key for each thing you do.",
        )
    }

    pub fn under_way() -> Self {
        let words = "The same request is still being answered. Send it again in a moment.";
        Self::new("conflict", words).with(header::RETRY_AFTER, HeaderValue::from_static("1"))
    }

    pub fn invalid(field: &str, message: impl Into<String>) -> Self {
        let message = message.into();
        Self::new("invalid", message.clone()).about(field, message)
    }

    pub fn too_many(seconds: u64) -> Self {
        let words = format!("There were too many requests. Go on in {seconds} seconds.");
        Self::new("too-many", words).with(header::RETRY_AFTER, seconds)
    }

    /// Fields that the ledger calls otherwise are called as they were sent.
    pub fn named(mut self, name: impl Fn(&str) -> String) -> Self {
        self.errors.iter_mut().for_each(|error| error.field = name(&error.field));
        self
    }

    /// A failure of the server as it would tell a page, with the status that it has there.
    pub fn of_app(error: &AppError, status: StatusCode) -> Self {
        let name = match status {
            StatusCode::FORBIDDEN if matches!(error, AppError::Conflict(_)) => "origin",
            StatusCode::INTERNAL_SERVER_ERROR => "internal",
            other => KINDS.iter().find(|(_, known, _)| *known == other).map_or("internal", |(name, ..)| *name),
        };
        let problem = Self { status: status.as_u16(), ..Self::new(name, error.to_string()) };
        let problem = match error {
            AppError::Invalid(errors) => errors
                .iter()
                .filter(|(field, _)| !field.is_empty())
                .fold(problem, |problem, (field, message)| problem.about(field, message)),
            _ => problem,
        };
        match error.retry_after() {
            Some(seconds) => problem.with(header::RETRY_AFTER, seconds),
            None => problem,
        }
    }
}

impl From<FieldErrors> for Problem {
    fn from(errors: FieldErrors) -> Self {
        errors
            .iter()
            .fold(Self::new("invalid", errors.to_string()), |problem, (field, message)| problem.about(field, message))
    }
}

impl From<backend::Error> for Problem {
    fn from(error: backend::Error) -> Self {
        match error {
            backend::Error::NotFound => Self::not_found(),
            backend::Error::Forbidden => Self::forbidden(),
            backend::Error::Invalid(errors) => errors.into(),
            other => {
                // Causes are logged there, and left there.
                let error = AppError::from(other);
                let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
                Self::of_app(&error, status)
            }
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(mut self) -> Response {
        let headers = std::mem::take(&mut self.headers);
        let mut response = axum::Json(&self).into_response();
        *response.status_mut() = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        response.headers_mut().extend(headers);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_a_name_of_its_own_and_words() {
        for (at, (name, _, title)) in KINDS.iter().enumerate() {
            assert!(!title.is_empty() && KINDS.iter().skip(at + 1).all(|(other, ..)| other != name), "{name}");
            assert_eq!(Problem::new(name, "").title, *title);
        }
    }

    #[test]
    fn failures_of_the_server_keep_their_status() {
        let large = Problem::of_app(&AppError::invalid("", "Shorten it"), StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!((large.status, large.title), (413, "The request is too large"));
        assert_eq!(Problem::of_app(&AppError::Unavailable, StatusCode::SERVICE_UNAVAILABLE).headers.len(), 1);
        let other = Problem::of_app(&AppError::Conflict("x".into()), StatusCode::FORBIDDEN);
        assert!(other.kind.ends_with("#origin"), "{}", other.kind);
    }
}
