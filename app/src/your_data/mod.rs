//! What a person can do with all their data: take it along, and leave.

mod api;
mod banner;
mod card;
mod page;

pub use api::{Leave, Stay, leave, stay};
pub(crate) use banner::LeavingBanner;
pub(crate) use card::YourData;
pub use page::LeavePage;
