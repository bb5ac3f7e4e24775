//! What the dashboard asks for besides the window of the book.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use ledger::insights::Lately;

use crate::error::AppError;

/// The days of last month, and what is worth a sentence.
#[server(name = LoadLately, prefix = "/api", endpoint = "load_lately")]
pub async fn load_lately() -> Result<Lately, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    Ok(backend::reports::lately(&backend, &member, crate::request::today()?).await?)
}

/// Which insight a button is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct InsightChoice {
    pub key: String,
}

/// Tells this insight no more this month.
#[server(name = DismissInsight, prefix = "/api", endpoint = "dismiss_insight")]
pub async fn dismiss_insight(form: InsightChoice) -> Result<(), AppError> {
    let (backend, member) = crate::request::signed_in()?;
    backend::reports::dismiss(&backend, &member, crate::request::today()?, &form.key).await?;
    crate::request::redirect_posts("/dashboard");
    Ok(())
}
