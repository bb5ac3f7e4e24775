//! Which revision a change starts from, so that two programs cannot undo each other's change unseen.

use axum::extract::FromRequestParts;
use axum::response::{IntoResponse as _, Response};
use http::request::Parts;
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;

use super::Rest;
use super::model::Revision;
use super::problem::{Answer, Problem};
pub use crate::heard::programs::IfMatch;

impl FromRequestParts<Rest> for IfMatch {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &Rest) -> Result<Self, Self::Rejection> {
        Ok(IfMatch::of(&parts.headers))
    }
}

impl IfMatch {
    /// The revision to name in the command.
    ///
    /// # Errors
    /// 412 or 409 where it is not the one that is stored, 422 where none was said.
    pub fn check(&self, sent: Option<Revision>, stored: i64) -> Answer<i64> {
        match (self, sent.map(|sent| sent.0)) {
            (Self::Any, _) => Ok(stored),
            (Self::Revision(said), _) if *said == stored => Ok(stored),
            (Self::Revision(_) | Self::Unknown, _) => Err(Problem::stale()),
            (Self::Nothing, Some(said)) if said == stored => Ok(stored),
            (Self::Nothing, Some(_)) => Err(Problem::conflict(ledger::command::CHANGED_ELSEWHERE)),
            (Self::Nothing, None) => {
                Err(Problem::invalid("revision", "Send the revision that you read, here or as If-Match."))
            }
        }
    }
}

/// A thing with its revision as the entity tag; one that was just made also says where it is.
pub fn tagged(value: &impl Serialize, revision: i64, made_at: Option<String>) -> Response {
    let mut response = axum::Json(value).into_response();
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{revision}\"")) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    if let Some(place) = made_at.and_then(|place| HeaderValue::from_str(&place).ok()) {
        *response.status_mut() = StatusCode::CREATED;
        response.headers_mut().insert(header::LOCATION, place);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_starts_from_what_is_stored_or_not_at_all() {
        let status =
            |from: IfMatch, sent: Option<i64>| from.check(sent.map(Revision), 7).map_err(|problem| problem.status());
        assert_eq!(status(IfMatch::Revision(7), None), Ok(7));
        assert_eq!(status(IfMatch::Revision(7), Some(6)), Ok(7));
        assert_eq!(status(IfMatch::Any, None), Ok(7));
        assert_eq!(status(IfMatch::Nothing, Some(7)), Ok(7));
        assert_eq!(status(IfMatch::Revision(6), Some(7)), Err(412));
        assert_eq!(status(IfMatch::Unknown, Some(7)), Err(412));
        assert_eq!(status(IfMatch::Nothing, Some(6)), Err(409));
        assert_eq!(status(IfMatch::Nothing, None), Err(422));
    }
}
