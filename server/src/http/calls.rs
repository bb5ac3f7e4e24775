//! Calls of server functions: which there are, who may make them, and in which form. All of it is decided
//! before an argument is read.

use app::error::AppError;
use app::roles;
use axum::body::HttpBody as _;
use axum::extract::{Request, State};
use axum::response::{IntoResponse as _, Response};
use backend::{SignedIn, watch};
use http::{HeaderValue, Method, StatusCode, header};
use leptos::server_fn::axum::get_server_fn_service;
use tracing::Instrument as _;

use super::failure::{failure, unreadable, usual_failure};
use super::pages::context;
use super::site::Site;

/// What may be called without being signed in. `confirm` asks who it is once it was given a code.
const PUBLIC: [&str; 14] = [
    "/api/sign_up",
    "/api/open_account",
    "/api/sign_up_with",
    "/api/log_in",
    "/api/begin_passkey",
    "/api/log_in_by_passkey",
    "/api/second_step_waits",
    "/api/finish_log_in",
    "/api/forgot",
    "/api/reset",
    "/api/confirm",
    "/api/save_theme",
    "/api/find_invitation",
    "/api/decline_invitation",
];
/// The forms that arguments come in.
const FORMS: [&str; 3] = ["application/x-www-form-urlencoded", "multipart/form-data", "application/json"];

pub async fn answer(State(site): State<Site>, mut request: Request) -> Response {
    let path = request.uri().path().to_owned();
    if !is_known(&path) {
        return usual_failure(&path, &AppError::NotFound);
    }
    if request.method() != Method::POST {
        let mut refused = failure(&path, StatusCode::METHOD_NOT_ALLOWED, &AppError::NotFound);
        refused.headers_mut().insert(header::ALLOW, HeaderValue::from_static("POST"));
        return refused;
    }
    if !PUBLIC.contains(&path.as_str()) && !is_signed_in(&request) {
        return usual_failure(&path, &AppError::SignedOut);
    }
    if let Some(refused) = refused(&request, &path) {
        let who = request.extensions().get::<Option<SignedIn>>().and_then(Option::as_ref);
        watch::denied(who.map(|who| who.member.user()), &path);
        return usual_failure(&path, &refused);
    }
    if !is_readable(&request) {
        return failure(&path, StatusCode::UNSUPPORTED_MEDIA_TYPE, &unreadable());
    }
    if let Some(retry_after) = over_the_limit(&site, &request, &path) {
        return usual_failure(&path, &AppError::TooMany { retry_after });
    }
    // To whoever accepts HTML, Leptos would answer with a redirect that carries the error in its address.
    request.headers_mut().insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    let call =
        async move { leptos_axum::handle_server_fns_with_context(context(&site), request).await.into_response() };
    to_the_end(call).await
}

/// What is begun is ended, also when the browser has gone: who saves and leaves at once loses nothing.
pub(crate) async fn to_the_end(call: impl Future<Output = Response> + Send + 'static) -> Response {
    match tokio::spawn(call.in_current_span()).await {
        Ok(answer) => answer,
        Err(ended) => match ended.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        },
    }
}

/// Whether there is a server function at this path.
pub fn is_known(path: &str) -> bool {
    get_server_fn_service(path, Method::POST).is_some()
}

/// Why whoever asks may not: their role is not enough, nobody thought of the call, or it is of staff and not there for
/// others.
fn refused(request: &Request, path: &str) -> Option<AppError> {
    let call = path.trim_start_matches("/api/");
    let who = request.extensions().get::<Option<SignedIn>>().and_then(Option::as_ref);
    if let Some(rank) = roles::asked_of_staff(call) {
        let staff = who.and_then(|who| who.staff);
        return (!roles::is_staff(staff.map(|staff| staff.rank()), rank)).then_some(AppError::NotFound);
    }
    let may = match (roles::asked_by(call), who) {
        (Some(power), Some(who)) => roles::has(who.member.role(), power),
        (None, _) => PUBLIC.contains(&path),
        (Some(_), None) => true,
    };
    (!may).then_some(AppError::Forbidden)
}

fn is_signed_in(request: &Request) -> bool {
    request.extensions().get::<Option<SignedIn>>().is_some_and(Option::is_some)
}

/// Counts what changes something; the seconds to wait for whoever did so too often.
fn over_the_limit(site: &Site, request: &Request, path: &str) -> Option<u64> {
    let who = request.extensions().get::<Option<SignedIn>>().and_then(Option::as_ref)?;
    if roles::is_not_counted(path.trim_start_matches("/api/")) {
        return None;
    }
    site.writes.take(&site.backend, who.member.user())
}

/// A call without arguments needs no content type.
fn is_readable(request: &Request) -> bool {
    let Some(kind) = request.headers().get(header::CONTENT_TYPE) else { return request.body().is_end_stream() };
    let kind = kind.to_str().unwrap_or_default().split(';').next().unwrap_or_default().trim();
    FORMS.iter().any(|form| kind.eq_ignore_ascii_case(form))
}
