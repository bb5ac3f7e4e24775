//! Making an account.

mod api;
mod page;

pub use api::{SignUp, sign_up};
pub use page::SignUpPage;
