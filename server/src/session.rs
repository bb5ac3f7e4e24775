//! A browser's session: a short-lived signed token and a long-lived secret, both in cookies, both tied to
//! one row that is looked at for every request.

pub mod jwt;
