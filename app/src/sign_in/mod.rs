//! Log in and log out.

mod api;
mod page;

pub use api::{LogIn, LogOut, log_in, log_out};
pub use page::{LogInPage, LogOutButton, LogOutPage};
