//! Forms without JavaScript: a form posts to its own page and names the server function in a hidden field.
//!
//! What went well goes on to another page (303). What was refused comes back as the same page, with what
//! was typed and what to mend.

use app::error::AppError;
use app::ui::form::Posted;
use axum::Form;
use axum::body::{Body, to_bytes};
use axum::extract::rejection::FormRejection;
use axum::extract::{FromRequest as _, Request};
use axum::middleware::Next;
use axum::response::Response;
use http::request::Parts;
use http::{HeaderValue, Method, StatusCode, Uri, header};
use ledger::own_path::own_path;
use leptos::server_fn::error::FromServerFnError as _;

use super::body::LARGEST;
use super::failure::{failure, unreadable};

type Pairs = Vec<(String, String)>;

pub async fn run(request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    if request.method() != Method::POST || path.starts_with("/api/") {
        return next.run(request).await;
    }
    let refuse = |status| failure(&path, status, &unreadable());
    let (parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, LARGEST).await else { return refuse(StatusCode::BAD_REQUEST) };
    let copy = Request::from_parts(parts.clone(), Body::from(bytes.clone()));
    let pairs = match Form::<Pairs>::from_request(copy, &()).await {
        Ok(Form(pairs)) => pairs,
        Err(FormRejection::InvalidFormContentType(_)) => return refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE),
        Err(_) => return refuse(StatusCode::BAD_REQUEST),
    };
    let Some(call) = value(&pairs, "do").and_then(|action| call(&parts, action, Body::from(bytes))) else {
        return refuse(StatusCode::BAD_REQUEST);
    };
    let answer = next.clone().run(call).await;
    if answer.status() == StatusCode::UNAUTHORIZED {
        return go_on(answer, &log_in(&parts.uri));
    }
    if answer.status() == StatusCode::PRECONDITION_REQUIRED {
        return go_on(answer, &prove(&parts.uri));
    }
    if answer.status().is_success() || answer.status().is_redirection() {
        let named = answer.headers().get(header::LOCATION).and_then(|value| value.to_str().ok());
        let next = named.or_else(|| value(&pairs, "next")).and_then(own_path);
        let to = next.unwrap_or_else(|| parts.uri.path_and_query().map_or("/", |path| path.as_str())).to_owned();
        return go_on(answer, &to);
    }
    come_back(parts, pairs, answer, next).await
}

/// The same body, sent to the server function.
fn call(parts: &Parts, action: &str, body: Body) -> Option<Request> {
    let known = !action.is_empty() && action.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let uri: Uri = format!("/api/{action}").parse().ok().filter(|_| known)?;
    let mut call = Request::from_parts(parts.clone(), body);
    *call.uri_mut() = uri;
    Some(call)
}

/// 303, with the cookies of the answer.
fn go_on(answer: Response, to: &str) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    let to = HeaderValue::from_str(to).unwrap_or(HeaderValue::from_static("/"));
    response.headers_mut().insert(header::LOCATION, to);
    keep(answer.headers(), &mut response, &header::SET_COOKIE);
    *response.extensions_mut() = answer.into_parts().0.extensions;
    response
}

/// The page once more, with the status of the answer.
async fn come_back(mut parts: Parts, pairs: Pairs, answer: Response, next: Next) -> Response {
    let (answer, body) = answer.into_parts();
    let error = AppError::de(to_bytes(body, LARGEST).await.unwrap_or_default());
    let action = value(&pairs, "do").unwrap_or_default().to_owned();
    let posted = Posted::new(&action, pairs, error.into_field_errors());
    parts.method = Method::GET;
    for name in [header::CONTENT_LENGTH, header::CONTENT_TYPE, header::TRANSFER_ENCODING] {
        parts.headers.remove(name);
    }
    parts.extensions.insert(posted);
    let mut page = next.run(Request::from_parts(parts, Body::empty())).await;
    if page.status().is_success() {
        *page.status_mut() = answer.status;
    }
    keep(&answer.headers, &mut page, &header::RETRY_AFTER);
    keep(&answer.headers, &mut page, &header::SET_COOKIE);
    page
}

fn keep(from: &http::HeaderMap, to: &mut Response, name: &http::HeaderName) {
    for value in from.get_all(name) {
        to.headers_mut().append(name, value.clone());
    }
}

fn value<'p>(pairs: &'p Pairs, name: &str) -> Option<&'p str> {
    pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

fn log_in(page: &Uri) -> String {
    and_back("/login", page)
}

/// Where a person shows once more who they are.
fn prove(page: &Uri) -> String {
    and_back("/settings/prove", page)
}

fn and_back(by: &str, page: &Uri) -> String {
    let path = page.path_and_query().map_or("/", |path| path.as_str());
    let query = serde_qs::to_string(&[("next", path)].into_iter().collect::<std::collections::BTreeMap<_, _>>());
    format!("{by}?{}", query.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_signed_out_comes_back_after_logging_in() {
        assert_eq!(
            log_in(&Uri::from_static("/records/new?kind=income")),
            "/login?next=%2Frecords%2Fnew%3Fkind%3Dincome"
        );
    }
}
