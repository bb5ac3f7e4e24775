//! Log in and log out.

mod api;
mod help;
mod page;

#[cfg(feature = "ssr")]
pub(crate) use api::begin;
pub use api::{LogIn, LogOut, log_in, log_out};
pub use help::LogInHelpPage;
pub use page::{LogInPage, LogOutButton, LogOutPage};

/// The page of the second step, which goes on to `next`.
pub fn second_step_path(next: &str) -> String {
    let page = "/login/second";
    if next.is_empty() { page.to_owned() } else { format!("{page}?next={}", ledger::filter::escaped(next)) }
}
