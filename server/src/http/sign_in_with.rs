//! `/login/with/{provider}` and its callback: to a provider, and back with a proof of who one is.

mod callback;
mod start;

use app::error::AppError;
use app::sign_in_with::{InTrouble, Trouble, Waiting, Way};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use backend::{ClientInfo, sign_in_with};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};

use super::failure::usual_failure;
use super::site::Site;
use crate::heard::cookies::Kind;

/// Why somebody does not get further.
enum Stop {
    /// A page says so, and shows the way back.
    Trouble(Trouble),
    Failure(backend::Error),
}

impl From<Trouble> for Stop {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

impl From<backend::Error> for Stop {
    fn from(error: backend::Error) -> Self {
        match error {
            backend::Error::TooMany { .. } => Self::Trouble(Trouble::TooOften),
            other => Self::Failure(other),
        }
    }
}

/// Goes to a provider or comes back from one; gives the pages on which a person goes on what is known of them.
pub async fn answer(State(site): State<Site>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let path = parts.uri.path().to_owned();
    if let Some(rest) = path.strip_prefix("/login/with/").filter(|_| parts.method == Method::GET) {
        let (name, is_back) = rest.strip_suffix("/callback").map_or((rest, false), |name| (name, true));
        let answered = if is_back {
            callback::answer(site.clone(), name.to_owned(), parts.clone()).await
        } else {
            start::answer(site.clone(), name.to_owned(), parts.clone()).await
        };
        return match answered {
            Ok(answer) => answer,
            Err(Stop::Failure(error)) => usual_failure(&path, &AppError::from(error)),
            Err(Stop::Trouble(trouble)) => explain(&site, name, trouble, Request::from_parts(parts, body), next).await,
        };
    }
    if matches!(path.as_str(), "/login" | "/signup/with") {
        match waiting(&site, &parts.headers).await {
            Ok(Some(waiting)) => drop(parts.extensions.insert(waiting)),
            Ok(None) => {}
            Err(error) => return usual_failure(&path, &AppError::from(error)),
        }
    }
    next.run(Request::from_parts(parts, body)).await
}

/// The page that says what went wrong, with its status.
async fn explain(site: &Site, name: &str, trouble: Trouble, mut request: Request, next: Next) -> Response {
    let way = site.providers.find(name);
    let way = way.map(|provider| Way { name: provider.name.clone(), label: provider.label.clone() });
    request.extensions_mut().insert(InTrouble { way, trouble });
    let mut page = next.run(request).await;
    if page.status().is_success()
        && let Ok(status) = StatusCode::from_u16(trouble.status())
    {
        *page.status_mut() = status;
    }
    if trouble == Trouble::TooOften {
        page.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
    }
    page
}

async fn waiting(site: &Site, headers: &HeaderMap) -> backend::Result<Option<Waiting>> {
    let Some(secret) = site.cookies.read(headers, Kind::Provider) else { return Ok(None) };
    let Some(pending) = sign_in_with::pending(&site.backend, secret).await? else { return Ok(None) };
    let Some(provider) = site.providers.find(&pending.proof.provider) else { return Ok(None) };
    Ok(Some(Waiting {
        label: provider.label.clone(),
        email: pending.proof.email.as_ref().map(|email| email.as_str().to_owned()).unwrap_or_default(),
        vouched: pending.proof.vouched().is_some(),
        name: pending.proof.name,
        has_account: pending.matches.is_some(),
    }))
}

/// Who asks, as the session's layer found out.
fn client(parts: &Parts) -> Result<&ClientInfo, Stop> {
    parts.extensions.get().ok_or_else(|| Stop::Failure(backend::Error::internal("nobody looked who asks")))
}

fn see(status: StatusCode, place: &str) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    let place = HeaderValue::from_str(place).unwrap_or(HeaderValue::from_static("/login"));
    response.headers_mut().insert(header::LOCATION, place);
    response
}
