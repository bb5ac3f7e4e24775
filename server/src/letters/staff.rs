//! Letters that staff write: the answer to a request for help, and one to everybody.

use backend::outbox::Claimed;
use backend::{Backend, staff, users};
use ledger::id::UserId;
use serde::Deserialize;
use uuid::Uuid;

use super::{Letter, Unwritten, mailbox, payload};

pub(super) struct Answer {
    pub(super) name: String,
    pub(super) question: String,
    /// The answer.
    pub(super) text: String,
    pub(super) link: String,
}

pub(super) struct Broadcast {
    pub(super) subject: String,
    pub(super) text: String,
}

/// Paragraphs of lines, as an empty line parts them.
fn paragraphs(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.split("\n\n").map(|paragraph| paragraph.lines().collect::<Vec<_>>()).filter(|lines| !lines.is_empty())
}

impl Answer {
    pub(super) fn questions(&self) -> impl Iterator<Item = Vec<&str>> {
        paragraphs(&self.question)
    }

    pub(super) fn answers(&self) -> impl Iterator<Item = Vec<&str>> {
        paragraphs(&self.text)
    }
}

impl Broadcast {
    pub(super) fn paragraphs(&self) -> impl Iterator<Item = Vec<&str>> {
        paragraphs(&self.text)
    }
}

#[derive(Deserialize)]
struct OfRequest {
    request: Uuid,
}

#[derive(Deserialize)]
struct OfBroadcast {
    broadcast: Uuid,
    user: UserId,
}

pub(super) async fn answer_letter(
    backend: &Backend,
    base_url: &str,
    to_people: bool,
    message: &Claimed,
) -> Result<Letter, Unwritten> {
    let of: OfRequest = payload(message)?;
    let Some((user, question, text)) = staff::answer_letter(backend, of.request).await? else {
        return Ok(Letter::Drop("there is no answer any more"));
    };
    let Some(person) = users::recipient(backend, user).await? else {
        return Ok(Letter::Drop("the person is gone"));
    };
    if to_people && !person.confirmed {
        return Ok(Letter::Wait { user, until: None });
    }
    let link = format!("{base_url}/settings/help");
    Answer { name: person.name.clone(), question, text, link }.written(mailbox(&person)?, &message.key)
}

pub(super) async fn broadcast_letter(backend: &Backend, message: &Claimed) -> Result<Letter, Unwritten> {
    let of: OfBroadcast = payload(message)?;
    let Some((subject, text)) = staff::broadcast_letter(backend, of.broadcast).await? else {
        return Ok(Letter::Drop("the letter is gone"));
    };
    let Some(person) = users::recipient(backend, of.user).await? else {
        return Ok(Letter::Drop("the person is gone"));
    };
    Broadcast { subject, text }.written(mailbox(&person)?, &message.key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_staff_write_is_escaped_and_keeps_its_paragraphs() {
        let letter = Broadcast { subject: "Away on Sunday".into(), text: "We <b>move</b>.\nSee you.\n\nMira".into() };
        let to = "asha@example.com".parse().expect("a mailbox");
        let Ok(Letter::Send(message)) = letter.written(to, "key") else { panic!("it is sent") };
        assert_eq!(message.subject, "Away on Sunday");
        assert!(!message.html.contains("<b>") && message.html.contains("See you."), "{}", message.html);
        assert!(message.html.contains("<p>Mira"), "{}", message.html);
        assert!(message.text.starts_with("We <b>move</b>.\nSee you.\n\nMira"), "{}", message.text);
    }
}
