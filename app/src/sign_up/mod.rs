//! Making an account.

mod api;
mod open;
mod page;
mod region_fields;

pub use api::{SignUp, sign_up};
pub(crate) use open::SignUps;
pub use page::SignUpPage;
