//! The server: configuration, HTTP, sessions, the worker and its deliveries.
//!
//! ```text
//! main ▸ Config ▸ Backend ─┬▸ http ▸ app (pages, server functions), rest
//!                          └▸ worker ▸ letters ▸ deliver (webhook, SMTP, files)
//! ```

// The type of a page is as deep as the page.
#![recursion_limit = "512"]

pub mod admin;
mod answers;
pub mod breaches;
pub mod config;
pub mod deliver;
mod export;
mod heard;
mod hex;
pub mod http;
pub mod letters;
pub mod panics;
pub mod rates;
mod rest;
pub mod serve;
mod session;
pub mod sign_in_with;
mod stall;
mod supervise;
pub mod worker;
