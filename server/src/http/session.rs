//! Finds out who asks, and writes the cookies of sessions that begin, go on or end.

use std::net::SocketAddr;
use std::time::Duration;

use app::error::AppError;
use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use backend::factors::second;
use backend::{ClientInfo, Error, NewSession, Said, SessionChange, SessionSink, SignedIn, sessions};
use chrono::TimeDelta;
use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::failure::usual_failure;
use super::site::Site;
use crate::heard::cookies::Kind;
use crate::heard::proxies::client_address;
use crate::session::jwt;

/// How long a session waits for the database to write that it goes on.
const RENEWAL: Duration = Duration::from_secs(1);
/// How long a browser is known after somebody logged in with it, and keeps its look.
const DEVICE_LIFETIME: TimeDelta = TimeDelta::days(365);
/// How long a session is not asked again for what it put off.
const LATER: TimeDelta = TimeDelta::days(1);

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
    let waited = client.second.is_some();
    let extensions = request.extensions_mut();
    extensions.insert(client);
    extensions.insert(sink.clone());
    extensions.insert::<Option<SignedIn>>(who.clone());

    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let Said { change, look, put_off } = sink.take();
    let look = look.and_then(|look| site.cookies.set(Kind::Theme, &look.to_string(), DEVICE_LIFETIME));
    let put_off = put_off.and_then(|session| site.cookies.set(Kind::Later, &session.0.to_string(), LATER));
    headers.extend([look, put_off].into_iter().flatten().map(|cookie| (header::SET_COOKIE, cookie)));
    match (change, found) {
        (Some(SessionChange::Start(session)), _) => {
            // The browser's former session ends where the new one begins.
            if let Some(former) = who.filter(|former| former.session != session.session)
                && let Err(error) = sessions::log_out(&site.backend, &former).await
            {
                tracing::warn!(%error, "a former session could not be ended");
            }
            begin(&site, headers, &session);
            if waited {
                let cookie = site.cookies.set(Kind::Second, "", TimeDelta::zero());
                headers.extend(cookie.map(|cookie| (header::SET_COOKIE, cookie)));
            }
        }
        (Some(SessionChange::Wait(waiting)), _) => {
            let cookie = site.cookies.set(Kind::Second, &waiting.secret, second::LIFETIME);
            headers.extend(cookie.map(|cookie| (header::SET_COOKIE, cookie)));
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
    site.tokens.keep_up(&site.backend).await;
    let token = site.cookies.read(headers, Kind::Session);
    if let Some(session) = token.and_then(|token| site.tokens.session(token))
        && let Some(who) = sessions::find(&site.backend, session).await?
    {
        return Ok(Found::SignedIn(Box::new(who)));
    }
    let refresh = site.cookies.read(headers, Kind::Refresh);
    if let Some(refresh) = refresh
        && let Some(found) = renew(site, refresh).await?
    {
        return Ok(found);
    }
    Ok(if token.is_some() || refresh.is_some() { Found::Stale } else { Found::Nobody })
}

/// A session that cannot be written down as renewed (the disk is full or read-only, the database locked) still
/// lets its owner read; the cookies then stay as they are.
async fn renew(site: &Site, refresh: &str) -> backend::Result<Option<Found>> {
    match tokio::time::timeout(RENEWAL, sessions::renew(&site.backend, refresh)).await {
        Ok(Err(Error::Unavailable(_))) | Err(_) => {
            let who = sessions::find_by_refresh(&site.backend, refresh).await?;
            Ok(who.map(|who| Found::SignedIn(Box::new(who))))
        }
        Ok(renewed) => Ok(renewed?.map(|who| Found::Renewed(Box::new(who), refresh.to_owned()))),
    }
}

fn begin(site: &Site, headers: &mut HeaderMap, session: &NewSession) {
    write(site, headers, site.tokens.of_new(session), &session.refresh);
    let device = site.cookies.set(Kind::Device, &session.device, DEVICE_LIFETIME);
    headers.extend(device.map(|cookie| (header::SET_COOKIE, cookie)));
}

fn write(site: &Site, headers: &mut HeaderMap, token: Option<String>, refresh: &str) {
    let token = token.and_then(|token| site.cookies.set(Kind::Session, &token, jwt::LIFETIME));
    let refresh = site.cookies.set(Kind::Refresh, refresh, sessions::LIFETIME);
    headers.extend([token, refresh].into_iter().flatten().map(|cookie| (header::SET_COOKIE, cookie)));
}

/// Who asks, as far as the network knows.
pub(super) fn client(site: &Site, request: &Request) -> ClientInfo {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(std::net::IpAddr::V4(std::net::Ipv4Addr::UNSPECIFIED), |ConnectInfo(peer)| peer.ip());
    let agent = request.headers().get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    ClientInfo::new(client_address(peer, request.headers(), &site.config.trusted_proxies), agent)
        .with_device(site.cookies.read(request.headers(), Kind::Device))
        .with_second(site.cookies.read(request.headers(), Kind::Second))
}
