//! HTTP, from the outside in:
//!
//! ```text
//! log ▸ headers ▸ panics ▸ compression ▸ patience ▸ origin ▸ body limit
//!   ├─ /health/…, /metrics, /calendar/{secret}.ics
//!   ├─ /api/v1/…, by token (rest)
//!   ├─ /pkg/…, public files
//!   └─ session ▸ /export
//!              ▸ log-in through providers ▸ forms without JavaScript ▸ pages (one thread each), /api/…
//! ```

mod assets;
mod body;
mod calendar;
mod calls;
mod export;
mod failure;
mod form_post;
mod headers;
mod health;
mod log;
mod one_thread;
mod origin;
mod pages;
mod patience;
mod session;
mod sign_in_with;
mod site;
mod support;
mod writes;

use axum::Router;
use axum::extract::Request;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use tower::{Layer as _, ServiceExt as _};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

pub(crate) use body::LARGEST as LARGEST_BODY;
pub(crate) use calls::to_the_end;
pub(crate) use log::route;
pub use site::Site;
pub use writes::Writes;

use crate::rest;

/// The whole server as one service.
pub fn router(site: Site) -> Router {
    let pages = pages::router(&site);
    // Around the router and not in it: a refused form goes through it twice, as another method.
    let forms = from_fn(form_post::run).layer(pages);
    let private = Router::new()
        .route("/export", get(export::download))
        .layer(from_fn(route))
        .with_state(site.clone())
        .fallback_service(forms)
        .layer(from_fn_with_state(site.clone(), sign_in_with::answer))
        .layer(from_fn_with_state(site.clone(), session::find))
        .layer(from_fn(headers::no_store));
    let files = from_fn(assets::cache).layer(assets::folder(&site.config, "").fallback(private.clone()));
    let outer = move |request: Request| {
        let (files, private) = (files.clone(), private.clone());
        async move {
            if assets::may_be_file(request.uri().path()) {
                files.oneshot(request).await
            } else {
                private.oneshot(request).await
            }
        }
    };
    Router::new()
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .route("/metrics", get(health::metrics))
        .route("/calendar/{file}", get(calendar::feed))
        .layer(from_fn(route))
        .nest_service(rest::BASE, rest::router(&site))
        .layer(from_fn(headers::no_store))
        .fallback_service(tower::service_fn(outer))
        .layer(from_fn(body::limit))
        .layer(from_fn_with_state(site.clone(), origin::check))
        .layer(from_fn(patience::limit))
        .layer(CompressionLayer::new())
        .layer(CatchPanicLayer::custom(log::panicked))
        .layer(from_fn_with_state(site.clone(), headers::add))
        .layer(from_fn(log::requests))
        .with_state(site)
}
