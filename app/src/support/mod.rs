//! Help by staff: who lets them read a book, for how long, and what they read.

mod api;
mod banner;
mod card;
mod help;
mod page;

pub use api::{
    ConsentForm, EndConsent, GiveConsent, LoadSupport, LookAtBook, LookAway, SupportData, end_consent, give_consent,
    load_support, look_at_book, look_away,
};
pub(crate) use banner::SupportBanner;
pub(crate) use card::SupportCard;
pub use help::{
    AnswerRequest, AskForHelp, FindRequest, ListRequests, OwnRequests, RequestLine, Requests, answer_request,
    ask_for_help, find_request, list_requests, own_requests,
};
pub use page::HelpPage;
