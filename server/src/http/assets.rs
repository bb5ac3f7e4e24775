//! The files of the site: hashed ones for ever, the others for a moment.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderMap, HeaderValue, header};
use tower_http::services::ServeDir;

use crate::config::Config;

/// Precompressed files are preferred; folders are never listed.
pub fn folder(config: &Config, below: &str) -> ServeDir {
    ServeDir::new(config.site_root.join(below))
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip()
}

/// Whether a path could be a file: pages have no dot in their last part, and hidden files are never served, but for
/// those that RFC 8615 puts into `/.well-known`.
pub fn may_be_file(path: &str) -> bool {
    let path = path.strip_prefix("/.well-known/").unwrap_or(path);
    let name = path.rsplit('/').next().unwrap_or_default();
    name.contains('.') && !path.split('/').any(is_hidden)
}

/// Whether a part of a path names a hidden file, with its dot as it is or written as `%2e`.
fn is_hidden(part: &str) -> bool {
    part.starts_with('.') || part.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("%2e"))
}

pub async fn cache(request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    if response.status().is_success() || response.status() == http::StatusCode::NOT_MODIFIED {
        let headers = response.headers_mut();
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static(lifetime(&path)));
        // Which copy it is, the plain or a compressed one, was the client's choice.
        headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
        say_charset(headers);
    }
    response
}

/// Every text of the site is UTF-8, which its type does not say by itself.
fn say_charset(headers: &mut HeaderMap) {
    let silent = |kind: &&str| (kind.starts_with("text/") || kind.ends_with("+xml")) && !kind.contains("charset");
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).filter(silent);
    let Some(kind) = kind else { return };
    if let Ok(kind) = HeaderValue::try_from(format!("{kind}; charset=utf-8")) {
        headers.insert(header::CONTENT_TYPE, kind);
    }
}

fn lifetime(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or_default();
    let parts: Vec<&str> = name.split('.').collect();
    // name.HASH.ext
    let hashed = parts.len() >= 3 && parts[1..parts.len() - 1].iter().any(|part| part.len() >= 8);
    match parts.last() {
        _ if hashed => "public, max-age=31536000, immutable",
        // Code that must fit the page, and the service worker: asked for again each time.
        Some(&("js" | "wasm" | "css" | "html" | "json" | "webmanifest")) => "no-cache",
        _ => "public, max-age=3600",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_hash_in_its_name_never_changes() {
        assert!(lifetime("/pkg/expenso.QbVZ8xNnGrcbmbz0vTM5nQ.wasm").contains("immutable"));
        assert_eq!(lifetime("/pkg/expenso.js"), "no-cache");
        assert_eq!(lifetime("/sw.js"), "no-cache");
        assert_eq!(lifetime("/icon.svg"), "public, max-age=3600");
    }

    #[test]
    fn pages_and_hidden_files_are_no_files() {
        assert!(may_be_file("/favicon.ico") && may_be_file("/pkg/a.js") && may_be_file("/.well-known/security.txt"));
        for none in
            ["/", "/records", "/.env", "/.git/config", "/a/.b/c.txt", "/.well-known/.git/a.txt", "/%2Egit/a.txt"]
        {
            assert!(!may_be_file(none), "{none}");
        }
    }

    #[test]
    fn texts_are_said_to_be_utf8_and_nothing_else_is() {
        for (kind, said) in [
            ("text/plain", "text/plain; charset=utf-8"),
            ("image/svg+xml", "image/svg+xml; charset=utf-8"),
            ("text/css; charset=utf-8", "text/css; charset=utf-8"),
            ("application/wasm", "application/wasm"),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
            say_charset(&mut headers);
            assert_eq!(headers[header::CONTENT_TYPE], said);
        }
    }
}
