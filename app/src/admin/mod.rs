//! The area of staff: the people here, how the installation does, and what staff did. To others it is not there.

mod api;
mod audit;
mod frame;
mod overview;
mod people;
mod person;
mod trail;

pub use api::{
    DeletePerson, FindPerson, FindPersons, FoundPeople, KeepPerson, LoadAudit, LoadOverview, MessageChoice,
    OverviewData, PersonChoice, PersonData, PersonLine, ResendTo, ResumePerson, RetryMessage, SuspendPerson,
    delete_person, find_person, find_persons, keep_person, load_audit, load_overview, resend_to, resume_person,
    retry_message, suspend_person,
};
pub use audit::AuditPage;
pub use overview::OverviewPage;
pub use people::PeoplePage;
pub use person::PersonPage;
pub(crate) use trail::Trail;
pub use trail::{TrailLine, TrailPage};
