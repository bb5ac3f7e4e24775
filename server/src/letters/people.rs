//! Letters about who comes and who goes.

use backend::outbox::Claimed;
use backend::{Backend, households, users};
use chrono::{DateTime, Utc};
use ledger::id::UserId;
use lettre::Address;
use lettre::message::Mailbox;
use serde::Deserialize;
use uuid::Uuid;

use super::{Letter, Unwritten, mailbox, payload};

pub(super) struct Leaving {
    pub(super) name: String,
    /// "3 December 2026"
    pub(super) day: String,
    pub(super) link: String,
    /// Whoever runs the server wished it.
    pub(super) by_staff: bool,
}

pub(super) struct Invitation {
    /// Who invites.
    pub(super) name: String,
    pub(super) book: String,
    pub(super) link: String,
}

#[derive(Deserialize)]
struct OfInvitation {
    invitation: Uuid,
}

#[derive(Deserialize)]
struct OfLeaver {
    user: UserId,
    at: DateTime<Utc>,
    #[serde(default)]
    by_staff: bool,
}

pub(super) async fn invitation_letter(
    backend: &Backend,
    base_url: &str,
    message: &Claimed,
) -> Result<Letter, Unwritten> {
    let of: OfInvitation = payload(message)?;
    let Some((email, offer, secret)) = households::letter(backend, of.invitation).await? else {
        return Ok(Letter::Drop("the invitation was answered, taken back, or is too old"));
    };
    let to: Address = email.parse().map_err(|_| Unwritten::Faulty("the address is none"))?;
    let link = format!("{base_url}/invitation?token={secret}");
    Invitation { name: offer.name, book: offer.book, link }.written(Mailbox::new(None, to), &message.key)
}

pub(super) async fn leaving_letter(backend: &Backend, base_url: &str, message: &Claimed) -> Result<Letter, Unwritten> {
    let of: OfLeaver = payload(message)?;
    let Some(person) = users::recipient(backend, of.user).await? else {
        return Ok(Letter::Drop("the person is gone"));
    };
    let day = of.at.with_timezone(&person.time_zone).format("%-d %B %Y").to_string();
    let link = format!("{base_url}/settings");
    let letter = Leaving { name: person.name.clone(), day, link, by_staff: of.by_staff };
    letter.written(mailbox(&person)?, &message.key)
}
