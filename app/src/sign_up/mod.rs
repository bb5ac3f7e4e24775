//! Making an account.

mod api;
mod first_log_in;
mod open;
mod page;
mod region_fields;
mod sent;
mod terms_field;

pub use api::{OpenAccount, SignUp, open_account, sign_up};
pub(crate) use open::SignUps;
pub use page::SignUpPage;
pub(crate) use region_fields::RegionFields;
pub(crate) use terms_field::TermsField;
