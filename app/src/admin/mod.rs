//! The area of staff: the people here, how the installation does, and what staff did. To others it is not there.

mod api;
mod audit;
mod broadcast;
mod frame;
mod overview;
mod people;
mod person;
mod requests;
mod trail;

#[cfg(feature = "ssr")]
pub(crate) use api::here::{clock, staff};
pub use api::{
    BroadcastLine, BroadcastPreview, DeletePerson, DiscardBroadcast, FindBroadcast, FindPerson, FindPersons,
    FoundPeople, KeepPerson, ListBroadcasts, LoadAudit, LoadOverview, MessageChoice, OverviewData, PersonChoice,
    PersonData, PersonLine, ResendTo, ResumePerson, RetryMessage, SaveBroadcast, SendBroadcast, SuspendPerson,
    delete_person, discard_broadcast, find_broadcast, find_person, find_persons, keep_person, list_broadcasts,
    load_audit, load_overview, resend_to, resume_person, retry_message, save_broadcast, send_broadcast, suspend_person,
};
pub use audit::AuditPage;
pub use broadcast::{BroadcastPage, BroadcastsPage};
pub use overview::OverviewPage;
pub use people::PeoplePage;
pub use person::PersonPage;
pub use requests::{RequestPage, RequestsPage};
pub(crate) use trail::Trail;
pub use trail::{TrailLine, TrailPage};
