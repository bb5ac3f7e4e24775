//! Who asks, told by a bearer token and by nothing else: how often, and what token and role may do.

use axum::RequestPartsExt as _;
use axum::extract::{FromRequestParts, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use backend::access_tokens::{self, Bearer};
use backend::{Backend, Member, Role};
use http::request::Parts;
use http::{Method, header};
use ledger::{Changes, Command};

use super::problem::{Answer, Problem};
use super::{Rest, limits};
use crate::heard::programs::token;

/// A program whose token is good, with what its handler works with.
#[derive(Clone)]
pub struct Caller {
    pub backend: Backend,
    pub bearer: Bearer,
}

impl Caller {
    pub fn member(&self) -> &Member {
        &self.bearer.member
    }

    /// The civil day that the person lives in.
    pub fn today(&self) -> chrono::NaiveDate {
        self.member().today(&self.backend.clock)
    }

    /// Runs a command, as the application does.
    pub async fn run(&self, command: Command) -> Answer<Changes> {
        Ok(backend::commands::run(&self.backend, self.member(), command).await?)
    }
}

impl FromRequestParts<Rest> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, rest: &Rest) -> Answer<Self> {
        let bearer = parts.extensions.get::<Bearer>().cloned().ok_or_else(Problem::unauthorized)?;
        Ok(Self { backend: rest.backend.clone(), bearer })
    }
}

/// Lets those through whose token is good, not used too often, and may do it, before anything else of the request is read.
/// No cookie is looked at.
pub async fn check(State(rest): State<Rest>, mut request: Request, next: Next) -> Response {
    let found = match token(request.headers()) {
        Some(token) => access_tokens::find(&rest.backend, token).await,
        None => Ok(None),
    };
    let bearer = match found {
        Ok(Some(bearer)) => bearer,
        Ok(None) => return Problem::unauthorized().into_response(),
        Err(error) => return Problem::from(error).into_response(),
    };
    let allowance = rest.limits.count(&rest.backend, &bearer.token.id.0.to_string());
    let mut response = if let Some(seconds) = allowance.wait() {
        Problem::too_many(seconds).into_response()
    } else if !only_reads(request.method()) && !bearer.token.scope.may_write() {
        Problem::read_only().into_response()
    } else if !may(bearer.member.role(), request.method(), request.uri().path()) {
        Problem::forbidden().into_response()
    } else if let Some(seconds) = over_the_limit(&rest, &bearer, request.method()) {
        Problem::too_many(seconds).into_response()
    } else {
        request.headers_mut().remove(header::COOKIE);
        request.extensions_mut().insert(bearer);
        next.run(request).await
    };
    limits::tell(&mut response, allowance);
    response
}

/// Counts what changes something among the changes of the person; the seconds to wait where there were too many.
fn over_the_limit(rest: &Rest, bearer: &Bearer, method: &Method) -> Option<u64> {
    if only_reads(method) { None } else { rest.writes.take(&rest.backend, bearer.member.user()) }
}

/// Whether a request of this method changes nothing.
pub fn only_reads(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Whether the role is enough: as in the application, whoever may change nothing may still add records where the role says
/// so. Commands ask again.
fn may(role: Role, method: &Method, path: &str) -> bool {
    let adds = method == Method::POST && path == "/records";
    only_reads(method) || role.may_write() || (adds && role.may_add())
}

/// The id in the path of a thing. One that cannot be read is nothing's.
pub struct Id(pub uuid::Uuid);

impl FromRequestParts<Rest> for Id {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Rest) -> Answer<Self> {
        let id = parts.extract::<axum::extract::Path<uuid::Uuid>>().await;
        id.map(|id| Self(id.0)).map_err(|_| Problem::not_found())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_may_over_rest_what_it_may_in_the_application() {
        for (role, adds, changes) in [
            (Role::Owner, true, true),
            (Role::Editor, true, true),
            (Role::Adder, true, false),
            (Role::Viewer, false, false),
        ] {
            assert!(may(role, &Method::GET, "/records") && may(role, &Method::HEAD, "/me"));
            assert_eq!(may(role, &Method::POST, "/records"), adds, "{role:?}");
            for (method, path) in [
                (Method::POST, "/records/1/restore"),
                (Method::POST, "/bills"),
                (Method::DELETE, "/records"),
                (Method::PATCH, "/records"),
            ] {
                assert_eq!(may(role, &method, path), changes, "{role:?} {method} {path}");
            }
        }
    }
}
