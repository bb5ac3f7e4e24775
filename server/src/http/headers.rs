//! Headers that every answer carries, unless its handler knew better.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderName, HeaderValue, header};

use super::site::Site;

/// For files and calls, which run no inline script.
const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
                      connect-src 'self'; font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; \
                      object-src 'none'";

/// `same-origin` and not `no-referrer`: with the latter browsers send `Origin: null` with our own forms, which
/// only [`has_secret_address`] pages are allowed.
const ALWAYS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()",
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// The policy of a page whose inline scripts carry this nonce.
pub fn policy_with(nonce: &str) -> String {
    POLICY.replace("script-src 'self'", &format!("script-src 'self' 'nonce-{nonce}'"))
}

/// Whether the address of this page may carry the secret of a letter, which no other page may learn.
pub fn has_secret_address(path: &str) -> bool {
    matches!(path.trim_end_matches('/'), "/reset" | "/confirm" | "/invitation" | "/settings/email")
}

pub async fn add(State(site): State<Site>, request: Request, next: Next) -> Response {
    let secret_address = has_secret_address(request.uri().path());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    if secret_address {
        headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    }
    for (name, value) in ALWAYS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if site.cookies.secure {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    response
}

/// Pages and calls are private: no cache keeps them.
pub async fn no_store(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

#[cfg(test)]
mod tests {
    #[test]
    fn secrets_stand_in_the_addresses_of_pages_and_not_of_calls() {
        assert!(["/reset", "/confirm", "/invitation/"].into_iter().all(super::has_secret_address));
        assert!(!["/", "/api/reset", "/login"].into_iter().any(super::has_secret_address));
    }

    #[test]
    fn inline_scripts_need_the_nonce_and_nothing_is_evaluated() {
        let policy = super::policy_with("abc");
        assert!(policy.contains("script-src 'self' 'nonce-abc' 'wasm-unsafe-eval';"));
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"));
    }
}
