//! The way to a provider.

use app::sign_in_with::Trouble;
use axum::extract::Query;
use axum::response::Response;
use backend::{SignedIn, fresh, sign_in_with};
use chrono::TimeDelta;
use http::request::Parts;
use http::{StatusCode, header};
use ledger::own_path::own_path;
use serde::Deserialize;

use super::{Stop, client, see};
use crate::heard::cookies::Kind;
use crate::heard::origin::{Followed, followed};
use crate::http::site::Site;

/// How long a browser keeps its secret: for as long as anything that was begun with it may wait.
const REMEMBERED: TimeDelta = TimeDelta::hours(1);

#[derive(Default, Deserialize)]
struct Asked {
    #[serde(default)]
    next: String,
    /// Any text: whoever is signed in wants to link.
    #[serde(default)]
    link: String,
}

/// 302 to the provider, and a cookie by which the browser is known when it comes back.
pub(super) async fn answer(site: Site, name: String, parts: Parts) -> Result<Response, Stop> {
    let provider = site.providers.find(&name).ok_or(Trouble::Unknown)?;
    let asked = Query::<Asked>::try_from_uri(&parts.uri).map(|Query(asked)| asked).unwrap_or_default();
    let mut next = own_path(&asked.next).unwrap_or("/dashboard");
    let mut link_to = None;
    let from = followed(&parts.headers, &site.config.base_url);
    if !asked.link.is_empty() {
        let signed_in = parts.extensions.get::<Option<SignedIn>>().and_then(Option::as_ref);
        match signed_in {
            Some(who) if from == Followed::Here && fresh::fresh_enough(&site.backend, who).await? => {
                link_to = Some(who.member.user());
                next = "/settings?linked=1";
            }
            // Also whoever another site has sent here: a person begins this, and nobody for them.
            _ => return Ok(see(StatusCode::SEE_OTHER, "/login?again=1&next=/settings")),
        }
    } else if from == Followed::Elsewhere {
        return Ok(see(StatusCode::SEE_OTHER, &format!("/login?next={}", ledger::filter::escaped(next))));
    }
    let browser = sign_in_with::browser_secret(site.cookies.read(&parts.headers, Kind::Provider));
    let begun = sign_in_with::begin(&site.backend, &browser, &name, next, link_to, client(&parts)?).await?;
    let address = provider.address(&begun).await.map_err(|error| {
        tracing::warn!(provider = &*name, %error, "nobody can be sent to a provider");
        Trouble::Away
    })?;
    let mut response = see(StatusCode::FOUND, &address);
    if let Some(cookie) = site.cookies.set(Kind::Provider, &browser, REMEMBERED) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}
