//! The calls about consent.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::admin::{PersonChoice, TrailPage};
use crate::error::AppError;

/// How things stand with staff and the member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportData {
    /// Whether they may let staff read the open book.
    pub may_give: bool,
    /// What staff did to them and read of theirs.
    pub trail: TrailPage,
}

/// For how long, in hours.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ConsentForm {
    pub hours: String,
}

impl ConsentForm {
    /// What can be chosen, in hours, and in words.
    pub const CHOICES: [(i64, &'static str); 3] = [(1, "For an hour"), (24, "For a day"), (72, "For three days")];

    /// Hours.
    ///
    /// # Errors
    /// For any other time than those that are offered.
    pub fn parse(&self) -> Result<i64, AppError> {
        let hours = self.hours.parse().ok().filter(|hours| Self::CHOICES.iter().any(|(choice, _)| choice == hours));
        hours.ok_or_else(|| AppError::invalid("hours", "Choose for how long"))
    }
}

/// What staff did to whoever asks, the newest first.
#[server(name = LoadSupport, prefix = "/api", endpoint = "load_support")]
pub async fn load_support(before: String) -> Result<SupportData, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    let zone = member.zone();
    let clock = move |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&zone).format("%-d %b %Y, %H:%M").to_string();
    let page = backend::staff::told(&backend, &member, before.parse().ok()).await?;
    Ok(SupportData { may_give: member.role().may_invite(), trail: TrailPage::of(page, clock) })
}

/// Lets staff read the open book for a while.
#[server(name = GiveConsent, prefix = "/api", endpoint = "give_consent")]
pub async fn give_consent(form: ConsentForm) -> Result<(), AppError> {
    let (backend, member) = crate::request::signed_in()?;
    backend::staff::give(&backend, &member, chrono::TimeDelta::hours(form.parse()?)).await?;
    crate::request::redirect_posts("/settings?saved=1");
    Ok(())
}

/// Ends that at once.
#[server(name = EndConsent, prefix = "/api", endpoint = "end_consent")]
pub async fn end_consent() -> Result<(), AppError> {
    let (backend, member) = crate::request::signed_in()?;
    backend::staff::end(&backend, &member).await?;
    crate::request::redirect_posts("/settings?saved=1");
    Ok(())
}

/// Of staff: opens the book of somebody who consents, to look at it.
#[server(name = LookAtBook, prefix = "/api", endpoint = "look_at_book")]
pub async fn look_at_book(form: PersonChoice) -> Result<(), AppError> {
    use crate::request;
    let user = form.user.parse().map_err(|_| AppError::NotFound)?;
    backend::staff::look(&request::backend()?, &request::person()?, user).await?;
    request::redirect_posts("/dashboard");
    Ok(())
}

/// Of staff: back to one's own book.
#[server(name = LookAway, prefix = "/api", endpoint = "look_away")]
pub async fn look_away() -> Result<(), AppError> {
    use crate::request;
    backend::staff::look_away(&request::backend()?, &request::person()?).await?;
    request::redirect_posts("/admin/users");
    Ok(())
}
