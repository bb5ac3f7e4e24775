//! Samples to try Expenso with, and throwing them away.

mod api;
mod banner;

pub use api::{BeginSamples, EndSamples, SkipFirstSteps};
pub(crate) use banner::SampleBanner;
