//! Finds out who asks, and writes the cookies of sessions that begin, go on or end.

use std::net::SocketAddr;

use app::error::AppError;
use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use backend::{ClientInfo, NewSession, SessionChange, SessionSink, SignedIn, sessions};
use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::failure::usual_failure;
use super::proxies::client_address;
use super::site::Site;
use crate::session::cookies::Kind;
use crate::session::jwt;

/// What the cookies of a request amount to.
enum Found {
    /// No cookies of ours.
    Nobody,
    SignedIn(Box<SignedIn>),
    /// By the refresh secret: the browser gets new cookies.
    Renewed(Box<SignedIn>, String),
    /// Cookies that are good for nothing.
    Stale,
}

pub async fn find(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    let found = match identify(&site, request.headers()).await {
        Ok(found) => found,
        Err(error) => return usual_failure(request.uri().path(), &AppError::from(error)),
    };
    let who = match &found {
        Found::SignedIn(who) | Found::Renewed(who, _) => Some(SignedIn::clone(who)),
        Found::Nobody | Found::Stale => None,
    };
    let sink = SessionSink::default();
    let client = client(&site, &request);
    let extensions = request.extensions_mut();
    extensions.insert(client);
    extensions.insert(sink.clone());
    extensions.insert::<Option<SignedIn>>(who.clone());

    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    match (sink.take(), found) {
        (Some(SessionChange::Start(session)), _) => {
            // The browser's former session ends where the new one begins.
            if let Some(former) = who.filter(|former| former.session != session.session)
                && let Err(error) = sessions::log_out(&site.backend, &former).await
            {
                tracing::warn!(%error, "a former session could not be ended");
            }
            begin(&site, headers, &session);
        }
        (Some(SessionChange::End), _) => {
            headers.extend(site.cookies.clear().map(|cookie| (header::SET_COOKIE, cookie)));
            headers.insert(HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"storage\""));
        }
        (None, Found::Stale) => headers.extend(site.cookies.clear().map(|cookie| (header::SET_COOKIE, cookie))),
        (None, Found::Renewed(who, refresh)) => {
            write(&site, headers, site.tokens.of(&who), &refresh);
        }
        (None, Found::SignedIn(_) | Found::Nobody) => {}
    }
    response
}

async fn identify(site: &Site, headers: &HeaderMap) -> backend::Result<Found> {
    let token = site.cookies.read(headers, Kind::Session);
    if let Some(session) = token.and_then(|token| site.tokens.session(token))
        && let Some(who) = sessions::find(&site.backend, session).await?
    {
        return Ok(Found::SignedIn(Box::new(who)));
    }
    let refresh = site.cookies.read(headers, Kind::Refresh);
    if let Some(refresh) = refresh
        && let Some(who) = sessions::renew(&site.backend, refresh).await?
    {
        return Ok(Found::Renewed(Box::new(who), refresh.to_owned()));
    }
    Ok(if token.is_some() || refresh.is_some() { Found::Stale } else { Found::Nobody })
}

fn begin(site: &Site, headers: &mut HeaderMap, session: &NewSession) {
    write(site, headers, site.tokens.of_new(session), &session.refresh);
}

fn write(site: &Site, headers: &mut HeaderMap, token: Option<String>, refresh: &str) {
    let token = token.and_then(|token| site.cookies.set(Kind::Session, &token, jwt::LIFETIME));
    let refresh = site.cookies.set(Kind::Refresh, refresh, sessions::LIFETIME);
    headers.extend([token, refresh].into_iter().flatten().map(|cookie| (header::SET_COOKIE, cookie)));
}

fn client(site: &Site, request: &Request) -> ClientInfo {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(std::net::IpAddr::V4(std::net::Ipv4Addr::UNSPECIFIED), |ConnectInfo(peer)| peer.ip());
    let agent = request.headers().get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    ClientInfo::new(client_address(peer, request.headers(), &site.config.trusted_proxies), agent)
}
