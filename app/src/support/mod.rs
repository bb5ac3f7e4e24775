//! Help by staff: who lets them read a book, for how long, and what they read.

mod api;
mod banner;
mod card;

pub use api::{
    ConsentForm, EndConsent, GiveConsent, LoadSupport, LookAtBook, LookAway, SupportData, end_consent, give_consent,
    load_support, look_at_book, look_away,
};
pub(crate) use banner::SupportBanner;
pub(crate) use card::SupportCard;
