//! The files of the site: hashed ones for ever, the others for a moment.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderValue, header};
use tower_http::services::ServeDir;

use crate::config::Config;

/// Precompressed files are preferred; folders are never listed.
pub fn folder(config: &Config, below: &str) -> ServeDir {
    ServeDir::new(config.site_root.join(below))
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip()
}

/// Whether a path could be a file: pages have no dot in their last part, and hidden files are never served.
pub fn may_be_file(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.contains('.') && !path.split('/').any(|part| part.starts_with('.'))
}

pub async fn cache(request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    if response.status().is_success() || response.status() == http::StatusCode::NOT_MODIFIED {
        let headers = response.headers_mut();
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static(lifetime(&path)));
        // Which copy it is, the plain or a compressed one, was the client's choice.
        headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
    }
    response
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
        assert!(may_be_file("/favicon.ico") && may_be_file("/pkg/a.js"));
        for none in ["/", "/records", "/.env", "/.git/config", "/a/.b/c.txt"] {
            assert!(!may_be_file(none), "{none}");
        }
    }
}
