//! Samples to try Expenso with, and throwing them away.

mod api;
mod banner;

pub use api::{BeginSamples, EndSamples, RestoreSamples, SkipFirstSteps};
pub(crate) use banner::{SampleBanner, SamplesGone};

/// Where whoever has thrown them away goes on.
const GONE: &str = "/dashboard?samples=gone";
