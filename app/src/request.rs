//! Who is asking, and how the answer is sent: the server's side of a server function.

use backend::{Backend, BaseUrl, BrowserSecret, ClientInfo, HookGate, Member, SessionSink, SignedIn};
use chrono::NaiveDate;
use http::{HeaderValue, StatusCode, header};
use ledger::NumberFormat;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;

use crate::error::AppError;

/// The use cases. The server puts them into the context of every page and call.
pub fn backend() -> Result<Backend, AppError> {
    use_context::<Backend>().ok_or(AppError::Unavailable)
}

/// The person whose session the request carries.
pub fn person() -> Result<SignedIn, AppError> {
    use_context::<Option<SignedIn>>().flatten().ok_or(AppError::SignedOut)
}

/// What a use case asks for.
pub fn signed_in() -> Result<(Backend, Member), AppError> {
    Ok((backend()?, person()?.member))
}

/// The civil day that the person lives in.
pub fn today() -> Result<NaiveDate, AppError> {
    let (backend, member) = signed_in()?;
    Ok(member.today(&backend.clock))
}

/// How the person writes numbers.
pub fn format() -> Result<NumberFormat, AppError> {
    Ok(NumberFormat::of(&person()?.person.locale))
}

/// The id that a form carries, or a new one where it carries none.
pub fn id_or_new(typed: &str) -> Result<uuid::Uuid, AppError> {
    match typed.trim() {
        "" => Ok(uuid::Uuid::now_v7()),
        id => id.parse().map_err(|_| AppError::NotFound),
    }
}

/// Where people find the server: links that leave the page begin with it.
pub fn base_url() -> Result<String, AppError> {
    Ok(use_context::<BaseUrl>().ok_or(AppError::Unavailable)?.0)
}

/// Looks where the address of a webhook leads.
pub fn hook_gate() -> Result<HookGate, AppError> {
    use_context::<HookGate>().ok_or(AppError::Unavailable)
}

/// Where the request comes from.
pub fn client() -> Result<ClientInfo, AppError> {
    use_context::<ClientInfo>().ok_or(AppError::Unavailable)
}

/// The secret of this browser, if it went to a provider to log in.
pub fn browser_secret() -> Option<String> {
    use_context::<BrowserSecret>()?.0
}

/// The `Accept-Language` of the request.
pub fn languages() -> String {
    let parts = use_context::<http::request::Parts>();
    let header = parts.as_ref().and_then(|parts| parts.headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok());
    header.unwrap_or_default().to_owned()
}

/// Takes what the answer's cookies shall carry.
pub fn sessions() -> Result<SessionSink, AppError> {
    use_context::<SessionSink>().ok_or(AppError::Unavailable)
}

/// Where a form posted without JavaScript goes on. A hydrated call takes no notice of it.
pub fn redirect_posts(path: &str) {
    if let (Some(response), Ok(path)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(path)) {
        response.insert_header(header::LOCATION, path);
    }
}

/// Gives the answer the status of an error, and the time to wait.
pub fn answer_with(error: &AppError) {
    let Some(response) = use_context::<ResponseOptions>() else { return };
    if let Ok(status) = StatusCode::from_u16(error.status()) {
        response.set_status(status);
    }
    if let Some(seconds) = error.retry_after() {
        response.insert_header(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
}

/// Eight letters and digits that a person can read to somebody else.
pub fn reference() -> String {
    const LETTERS: &[u8; 32] = b"23456789abcdefghjkmnpqrstuvwxyz0";
    let seed = uuid::Uuid::now_v7().as_u128();
    (0..8).map(|at| char::from(LETTERS[usize::try_from(seed >> (at * 5) & 31).unwrap_or_default()])).collect()
}
