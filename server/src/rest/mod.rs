//! The stable REST API: the book of a person for shortcuts, scripts and other programs, by access token.
//!
//! ```text
//! cors ▸ /api/v1/openapi.json, /api/v1/docs
//!      ▸ auth (token ▸ rate ▸ scope) ▸ to the end ▸ idempotency ▸ parameters
//!      ▸ records, categories, … ▸ ledger forms ▸ commands
//! ```
//! Wire structs are of this module alone: what the application sends itself may change, this does not. Nothing is
//! decided here: what is sent becomes a form of the ledger, and that a command, as it does in the application.

mod accounts;
mod auth;
mod bills;
mod body;
mod budgets;
mod categories;
mod changes;
mod cors;
mod dashboard;
mod docs;
mod idempotency;
mod limits;
mod me;
mod model;
mod openapi;
mod paging;
mod parameters;
mod problem;
mod record_input;
mod records;
mod revision;

use std::sync::Arc;

use axum::Router;
use axum::extract::{FromRef, Request};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;
use axum::routing::get;
use backend::Backend;
use backend::tally::Tally;
use utoipa::OpenApi as _;
use utoipa_axum::router::OpenApiRouter;

use crate::http::{Site, Writes, route, to_the_end};
pub use problem::Problem;

/// Where all of it lives.
pub const BASE: &str = "/api/v1";

/// What its handlers work with.
#[derive(Clone)]
pub struct Rest {
    backend: Backend,
    limits: Tally,
    writes: Writes,
    /// Other sites whose pages may use it.
    origins: Arc<Vec<String>>,
}

impl FromRef<Rest> for Backend {
    fn from_ref(rest: &Rest) -> Self {
        rest.backend.clone()
    }
}

/// What is answered to whoever has a token.
fn operations() -> OpenApiRouter<Rest> {
    OpenApiRouter::with_openapi(openapi::Described::openapi())
        .merge(me::router())
        .merge(records::router())
        .merge(categories::router())
        .merge(accounts::router())
        .merge(bills::router())
        .merge(budgets::router())
        .merge(dashboard::router())
        .merge(changes::router())
}

/// Everything below [`BASE`].
pub fn router(site: &Site) -> Router {
    let origins = Arc::new(site.config.allowed_origins.clone());
    let most = site.config.api_requests_per_minute;
    let rest =
        Rest { backend: site.backend.clone(), limits: limits::counted(most), writes: site.writes.clone(), origins };
    let (private, described) = operations().split_for_parts();
    let known = Arc::new(parameters::Known::of(&described));
    let described: Arc<str> = openapi::document(described, most).into();
    let (docs, cookies) = (Arc::new(docs::Docs::new(&described, &site.config)), site.cookies);
    let private = private
        .fallback(async || Problem::not_found())
        .method_not_allowed_fallback(async || Problem::wrong_method())
        .route_layer(from_fn_with_state(known, parameters::check))
        .layer(from_fn(route))
        .layer(from_fn_with_state(rest.clone(), idempotency::run))
        .layer(from_fn(finish))
        .layer(from_fn_with_state(rest.clone(), auth::check));
    Router::new()
        .route("/docs", get(async move |headers: http::HeaderMap| docs::answer(&docs, cookies.look(&headers))))
        .route("/openapi.json", get(async move || openapi::answer(&described)))
        .method_not_allowed_fallback(async || Problem::wrong_method())
        .fallback_service(private.with_state(rest.clone()))
        .layer(from_fn(route))
        .layer(from_fn_with_state(rest, cors::allow))
}

/// What is begun is ended, also when the program has gone.
async fn finish(request: Request, next: Next) -> Response {
    if auth::only_reads(request.method()) { next.run(request).await } else { to_the_end(next.run(request)).await }
}
