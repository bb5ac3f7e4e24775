//! The way back from a provider.

use app::sign_in::second_step_path;
use app::sign_in_with::Trouble;
use axum::extract::Query;
use axum::response::Response;
use backend::sign_in_with::{self, Arrived};
use backend::{Admission, SessionSink, SignedIn};
use http::StatusCode;
use http::request::Parts;
use serde::Deserialize;

use super::{Stop, client, see};
use crate::heard::cookies::Kind;
use crate::http::site::Site;
use crate::sign_in_with::ProviderError;

#[derive(Deserialize)]
struct Brought {
    state: Option<String>,
    code: Option<String>,
    error: Option<String>,
    iss: Option<String>,
}

/// How providers say that the person did not agree; the first is that of OAuth 2, the others are of `LinkedIn`.
const DECLINED: [&str; 3] = ["access_denied", "user_cancelled_login", "user_cancelled_authorize"];

/// 303 to where the person goes on.
pub(super) async fn answer(site: Site, name: String, parts: Parts) -> Result<Response, Stop> {
    let provider = site.providers.find(&name).ok_or(Trouble::Unknown)?;
    let Query(brought) = Query::<Brought>::try_from_uri(&parts.uri).map_err(|_| Trouble::Stale)?;
    let browser = site.cookies.read(&parts.headers, Kind::Provider).ok_or(Trouble::Stale)?;
    let state = brought.state.ok_or(Trouble::Stale)?;
    let attempt = sign_in_with::take(&site.backend, browser, &name, &state).await?.ok_or(Trouble::Stale)?;
    let signed_in = parts.extensions.get::<Option<SignedIn>>().and_then(Option::as_ref);
    if attempt.link_to.is_some() && attempt.link_to != signed_in.map(|who| who.member.user()) {
        return Err(Trouble::Stale.into());
    }
    if let Some(error) = brought.error {
        let declined = DECLINED.contains(&error.as_str());
        tracing::info!(provider = &*name, declined, "a provider sent somebody back without a code");
        return Err(if declined { Trouble::Declined } else { Trouble::Away }.into());
    }
    let code = brought.code.ok_or(Trouble::Stale)?;
    let proof = provider.redeem(&code, brought.iss.as_deref(), &attempt.proofs, &site.backend.clock).await;
    let proof = proof.map_err(|error| {
        tracing::warn!(provider = &*name, %error, "a provider did not prove who somebody is");
        match error {
            ProviderError::Away(_) => Trouble::Away,
            ProviderError::Unproven(_) => Trouble::Untrue,
        }
    })?;
    let next = attempt.next.clone();
    match sign_in_with::arrive(&site.backend, browser, attempt, proof, client(&parts)?).await? {
        Arrived::Admitted(admission) => {
            let to = match &admission {
                Admission::Session(_) => next,
                Admission::Second(_) => second_step_path(&next),
            };
            if let Some(sink) = parts.extensions.get::<SessionSink>() {
                sink.admit(admission);
            }
            Ok(see(StatusCode::SEE_OTHER, &to))
        }
        Arrived::Linked => Ok(see(StatusCode::SEE_OTHER, &next)),
        Arrived::LogInFirst => {
            Ok(see(StatusCode::SEE_OTHER, &format!("/login?next={}", ledger::filter::escaped(&next))))
        }
        Arrived::Create => Ok(see(StatusCode::SEE_OTHER, "/signup/with")),
        Arrived::Taken => Err(Trouble::Taken.into()),
        Arrived::Closed => Err(Trouble::Closed.into()),
        Arrived::Unconfirmed => Err(Trouble::Unconfirmed.into()),
        Arrived::Blocked => Err(Trouble::Blocked.into()),
    }
}
