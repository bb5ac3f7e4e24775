//! The power to use a book: made by a session or an access token only, asked for by every use case.

use ledger::id::{BookId, UserId};
pub use ledger::person::Role;

use crate::clock::{Clock, TimeZone};

/// A person at work in a book. Only [`crate::sessions`] and [`crate::access_tokens`] make one for a request, so holding
/// it is the permission.
#[derive(Clone, Debug)]
pub struct Member {
    user: UserId,
    book: BookId,
    role: Role,
    zone: TimeZone,
}

impl Member {
    pub(crate) fn new(user: UserId, book: BookId, role: Role, zone: TimeZone) -> Self {
        Self { user, book, role, zone }
    }

    pub fn user(&self) -> UserId {
        self.user
    }

    pub fn book(&self) -> BookId {
        self.book
    }

    pub fn role(&self) -> Role {
        self.role
    }

    /// Where the person's days begin.
    pub fn zone(&self) -> TimeZone {
        self.zone
    }

    /// The civil day that the person lives in now.
    pub fn today(&self, clock: &Clock) -> chrono::NaiveDate {
        clock.today(&self.zone)
    }
}
