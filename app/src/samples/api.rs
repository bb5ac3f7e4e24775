//! The calls of the first steps.

use leptos::prelude::*;

use crate::error::AppError;

/// Fills an empty book with samples.
#[server(name = BeginSamples, prefix = "/api", endpoint = "begin_samples")]
pub async fn begin_samples() -> Result<(), AppError> {
    let (backend, member) = crate::request::signed_in()?;
    backend::samples::begin(&backend, &member).await?;
    crate::request::redirect_posts("/dashboard");
    Ok(())
}

/// Throws the samples away, and nothing else; [`restore_samples`] takes it back.
#[server(name = EndSamples, prefix = "/api", endpoint = "end_samples")]
pub async fn end_samples() -> Result<(), AppError> {
    let (backend, member) = crate::request::signed_in()?;
    backend::samples::end(&backend, &member).await?;
    crate::request::redirect_posts(super::GONE);
    Ok(())
}

/// Brings the samples back that were thrown away last.
#[server(name = RestoreSamples, prefix = "/api", endpoint = "restore_samples")]
pub async fn restore_samples() -> Result<(), AppError> {
    let (backend, member) = crate::request::signed_in()?;
    backend::samples::restore(&backend, &member).await?;
    crate::request::redirect_posts("/dashboard");
    Ok(())
}

/// The person needs no first steps.
#[server(name = SkipFirstSteps, prefix = "/api", endpoint = "skip_first_steps")]
pub async fn skip_first_steps() -> Result<(), AppError> {
    let (backend, member) = crate::request::signed_in()?;
    backend::users::skip_first_steps(&backend, &member).await?;
    crate::request::redirect_posts("/dashboard");
    Ok(())
}
