//! What the server reads of strangers' requests and answers, without doing anything yet.
//!
//! Nothing here uses the rest of the server, so that the fuzz targets compile it without it.

pub mod breaches;
pub mod cookies;
pub mod hook_address;
pub mod origin;
pub mod programs;
pub mod proxies;
pub mod public;
pub mod rates;
pub mod session_token;
