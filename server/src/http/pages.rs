//! The application's pages and server functions, and what they find in their context.

use app::sign_in_with::{InTrouble, SignInWith, Waiting, Way};
use app::ui::form::Posted;
use app::{App, shell};
use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::Response;
use axum::routing::any;
use backend::{BaseUrl, BrowserSecret, ClientInfo, LookCookie, PutOff, Registration, SessionSink, SignedIn};
use http::request::Parts;
use http::{HeaderValue, StatusCode, header};
use leptos::nonce::use_nonce;
use leptos::prelude::{provide_context, use_context};
use leptos_axum::{LeptosRoutes as _, ResponseOptions, generate_route_list};

use super::headers::policy_with;
use super::site::Site;
use super::{calls, log, one_thread, support};
use crate::heard::cookies::Kind;
use crate::sign_in_with::Provider;

/// Every page by its route, every server function below `/api/`, and a friendly answer for the rest.
pub fn router(site: &Site) -> Router {
    let page = {
        let options = site.leptos.clone();
        move || shell(options.clone())
    };
    let pages = Router::new()
        .leptos_routes_with_context(site, generate_route_list(App), context(site), page)
        .layer(from_fn(log::route))
        .fallback(not_found)
        .layer(from_fn(one_thread::render))
        .with_state(site.clone());
    // In front: among its pages Leptos answers every server function too, whoever calls it and however.
    Router::new()
        .route("/api/{*call}", any(calls::answer))
        .layer(from_fn(log::route))
        .with_state(site.clone())
        .fallback_service(pages)
        .layer(from_fn_with_state(site.clone(), support::watch))
}

/// The application says in its own words that there is no such page.
async fn not_found(State(site): State<Site>, request: Request) -> Response {
    let options = site.leptos.clone();
    let page = leptos_axum::render_app_async_with_context(context(&site), move || shell(options.clone()));
    let mut response = page(request).await;
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}

/// What the request brought, for pages and server functions alike.
pub fn context(site: &Site) -> impl Fn() + Clone + Send + Sync + 'static {
    let backend = site.backend.clone();
    let registration = Registration { open: site.config.registration, confirm_first: site.config.confirm_first };
    let base_url = BaseUrl(site.config.base_url.clone());
    let gate = site.hooks.gate();
    let cookies = site.cookies;
    let way = |provider: &Provider| Way { name: provider.name.clone(), label: provider.label.clone() };
    let ways: Vec<Way> = site.providers.iter().map(way).collect();
    move || {
        provide_context(backend.clone());
        provide_context(registration);
        provide_context(base_url.clone());
        provide_context(gate.clone());
        let Some(parts) = use_context::<Parts>() else { return };
        let who = parts.extensions.get::<Option<SignedIn>>().cloned().flatten();
        let later = cookies.read(&parts.headers, Kind::Later);
        provide_context(PutOff(who.as_ref().is_some_and(|who| later == Some(who.session.0.to_string().as_str()))));
        provide_context(who);
        provide_context(LookCookie(cookies.look(&parts.headers)));
        provide_context(BrowserSecret(cookies.read(&parts.headers, Kind::Provider).map(str::to_owned)));
        provide_context(SignInWith {
            ways: ways.clone(),
            waiting: parts.extensions.get::<Waiting>().cloned(),
            trouble: parts.extensions.get::<InTrouble>().cloned(),
        });
        if let Some(client) = parts.extensions.get::<ClientInfo>() {
            provide_context(client.clone());
        }
        if let Some(sink) = parts.extensions.get::<SessionSink>() {
            provide_context(sink.clone());
        }
        if let Some(posted) = parts.extensions.get::<Posted>() {
            provide_context(posted.clone());
        }
        if let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>())
            && let Ok(policy) = HeaderValue::from_str(&policy_with(&nonce))
        {
            response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
        }
    }
}
