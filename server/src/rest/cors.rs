//! Pages of other sites may use the API where the operator names their origins, by token and never by cookie.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::{HeaderName, HeaderValue, Method, StatusCode, header};

use super::Rest;

const METHODS: &str = "GET, POST, PUT, DELETE";
const REQUEST_HEADERS: &str = "Authorization, Content-Type, Idempotency-Key, If-Match";
const ANSWER_HEADERS: &str = "ETag, Location, Retry-After, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, \
    Idempotency-Replayed, WWW-Authenticate";
/// How long a browser remembers what may be done, in seconds.
const REMEMBERED: HeaderValue = HeaderValue::from_static("600");

pub async fn allow(State(rest): State<Rest>, request: Request, next: Next) -> Response {
    let origin = request.headers().get(header::ORIGIN).cloned();
    let Some(origin) = origin.filter(|origin| rest.origins.iter().any(|known| known.as_bytes() == origin.as_bytes()))
    else {
        return next.run(request).await;
    };
    let asks_first =
        request.method() == Method::OPTIONS && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let mut response = if asks_first {
        let mut answer = StatusCode::NO_CONTENT.into_response();
        add(&mut answer, header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static(METHODS));
        add(&mut answer, header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static(REQUEST_HEADERS));
        add(&mut answer, header::ACCESS_CONTROL_MAX_AGE, REMEMBERED);
        answer
    } else {
        next.run(request).await
    };
    add(&mut response, header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    add(&mut response, header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(ANSWER_HEADERS));
    response.headers_mut().append(header::VARY, HeaderValue::from_static("origin"));
    response
}

fn add(response: &mut Response, name: HeaderName, value: HeaderValue) {
    response.headers_mut().insert(name, value);
}
