//! The calls about the second factor.

use chrono::NaiveDate;
use ledger::person::{DigitsForm, ProofForm, SecondForm};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::error::AppError;

/// What the page of the second factor shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SecondFactorState {
    Off,
    Begun(SetupView),
    On {
        /// The civil day where the person lives.
        since: NaiveDate,
        codes_left: i64,
        /// The recovery codes, until the person has them.
        codes: Vec<String>,
    },
}

/// What an app needs to know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetupView {
    /// In groups, for typing.
    pub secret: String,
    /// Opens the app on the phone that shows this page.
    pub url: String,
    pub qr: Qr,
}

/// A picture for a camera: squares of a grid, as the path of an SVG.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Qr {
    /// Squares of one side, the quiet ones around it included.
    pub side: usize,
    pub path: String,
}

#[cfg(feature = "ssr")]
const PAGE: &str = "/settings/second-factor";

#[server(name = LoadSecondFactor, prefix = "/api", endpoint = "load_second_factor")]
pub async fn load_second_factor() -> Result<SecondFactorState, AppError> {
    use crate::request;
    use backend::factors::State;
    let who = request::person()?;
    Ok(match backend::factors::state(&request::backend()?, &who).await? {
        State::Off => SecondFactorState::Off,
        State::Begun(setup) => SecondFactorState::Begun(super::qr::shown(setup)?),
        State::On { since, codes_left, codes } => SecondFactorState::On {
            since: since.with_timezone(&who.member.zone()).date_naive(),
            codes_left,
            codes: codes.unwrap_or_default().iter().map(ledger::person::RecoveryCode::grouped).collect(),
        },
    })
}

#[server(name = BeginSecondFactor, prefix = "/api", endpoint = "begin_second_factor")]
pub async fn begin_second_factor() -> Result<(), AppError> {
    use crate::request;
    backend::factors::begin(&request::backend()?, &request::person()?).await?;
    request::redirect_posts(PAGE);
    Ok(())
}

/// From now on logging in takes a second step.
#[server(name = ConfirmSecondFactor, prefix = "/api", endpoint = "confirm_second_factor")]
pub async fn confirm_second_factor(form: DigitsForm) -> Result<(), AppError> {
    use crate::request;
    backend::factors::confirm(&request::backend()?, &request::person()?, &form.parse()?).await?;
    request::redirect_posts(PAGE);
    Ok(())
}

#[server(name = EndSecondFactor, prefix = "/api", endpoint = "end_second_factor")]
pub async fn end_second_factor() -> Result<(), AppError> {
    use crate::request;
    backend::factors::end(&request::backend()?, &request::person()?).await?;
    request::redirect_posts(PAGE);
    Ok(())
}

/// The former ones are good for nothing.
#[server(name = RenewRecoveryCodes, prefix = "/api", endpoint = "renew_recovery_codes")]
pub async fn renew_recovery_codes() -> Result<(), AppError> {
    use crate::request;
    backend::factors::renew_codes(&request::backend()?, &request::person()?).await?;
    request::redirect_posts(PAGE);
    Ok(())
}

/// They are shown no more.
#[server(name = KeepRecoveryCodes, prefix = "/api", endpoint = "keep_recovery_codes")]
pub async fn keep_recovery_codes() -> Result<(), AppError> {
    use crate::request;
    backend::factors::keep_codes(&request::backend()?, &request::person()?).await?;
    request::redirect_posts(PAGE);
    Ok(())
}

/// Shows once more who one is; answers where to go on.
#[server(name = Prove, prefix = "/api", endpoint = "prove")]
pub async fn prove(form: ProofForm) -> Result<String, AppError> {
    use crate::request;
    backend::fresh::prove(&request::backend()?, &request::person()?, form.parse()?).await?;
    let next = crate::layout::local_path_or(&form.next, "/settings").to_owned();
    request::redirect_posts(&next);
    Ok(next)
}

/// Whether a log-in waits for its second step at this browser.
#[server(name = SecondStepWaits, prefix = "/api", endpoint = "second_step_waits")]
pub async fn second_step_waits() -> Result<bool, AppError> {
    use crate::request;
    Ok(backend::factors::second::waits(&request::backend()?, &request::client()?).await?)
}

/// Begins the session of the log-in that waits; answers where to go on.
#[server(name = FinishLogIn, prefix = "/api", endpoint = "finish_log_in")]
pub async fn finish_log_in(form: SecondForm) -> Result<String, AppError> {
    use crate::request;
    let session = backend::factors::second::finish(&request::backend()?, &form.parse()?, &request::client()?).await?;
    crate::sign_in::begin(session, &form.next).await
}
