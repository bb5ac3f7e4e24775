//! What the server does about reports.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::Json;

use ledger::report::{Report, ReportChoice};

use crate::error::AppError;

/// The report of a period.
#[server(name = LoadReport, prefix = "/api", endpoint = "load_report", input = Json)]
pub async fn load_report(choice: ReportChoice) -> Result<Report, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    Ok(backend::reports::of(&backend, &member, choice, crate::request::today()?).await?)
}

/// Whether the person gets a report by mail each month.
#[server(name = MonthlyMailOn, prefix = "/api", endpoint = "monthly_mail_on")]
pub async fn monthly_mail_on() -> Result<bool, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    Ok(backend::reports::wants_monthly(&backend, &member).await?)
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MonthlyMailForm {
    /// `on`, or nothing.
    pub monthly_report: String,
}

/// Switches the monthly report by mail on or off.
#[server(name = SaveMonthlyMail, prefix = "/api", endpoint = "save_monthly_mail")]
pub async fn save_monthly_mail(#[server(default)] form: MonthlyMailForm) -> Result<bool, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    let wanted = form.monthly_report == "on";
    backend::reports::set_monthly(&backend, &member, wanted).await?;
    crate::request::redirect_posts("/reports");
    Ok(wanted)
}

/// Which insight a button is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct InsightChoice {
    pub key: String,
    /// The parameters of the report that told it; empty for the dashboard.
    pub report: String,
}

/// Tells this insight no more.
#[server(name = DismissInsight, prefix = "/api", endpoint = "dismiss_insight")]
pub async fn dismiss_insight(form: InsightChoice) -> Result<(), AppError> {
    let (backend, member) = crate::request::signed_in()?;
    backend::reports::dismiss(&backend, &member, crate::request::today()?, &form.key, &form.report).await?;
    crate::request::redirect_posts("/dashboard");
    Ok(())
}

/// Tells an insight again that was dismissed.
#[server(name = RestoreInsight, prefix = "/api", endpoint = "restore_insight")]
pub async fn restore_insight(key: String) -> Result<(), AppError> {
    let (backend, member) = crate::request::signed_in()?;
    Ok(backend::reports::tell_again(&backend, &member, &key).await?)
}
