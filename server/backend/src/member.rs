//! The power to use a book: made by the session only, asked for by every use case.

use ledger::id::{BookId, UserId};

use crate::clock::{Clock, TimeZone};

/// What a member may do in a book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Everything, members included.
    Owner,
    /// Everything but members and the end of the book.
    Editor,
}

impl Role {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Editor => "editor",
        }
    }

    /// Whether the book may be changed. Every role is named, so that one that only looks is decided here.
    pub fn may_write(self) -> bool {
        match self {
            Self::Owner | Self::Editor => true,
        }
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        [Self::Owner, Self::Editor].into_iter().find(|role| role.as_str() == text)
    }
}

/// A person at work in a book. Only [`crate::sessions`] makes one, so holding it is the permission.
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
