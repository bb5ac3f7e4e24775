//! Making an account.

mod api;
mod open;
mod page;
mod region_fields;
mod terms_field;

pub use api::{SignUp, sign_up};
pub(crate) use open::SignUps;
pub use page::SignUpPage;
pub(crate) use region_fields::RegionFields;
pub(crate) use terms_field::TermsField;
