//! Letters of staff: the answer to a request for help, one to everybody, and one about a suspension; and the one that tells
//! them of requests.

use backend::outbox::Claimed;
use backend::staff::Suspension as OfSuspension;
use backend::users::Recipient;
use backend::{Backend, staff, users};
use ledger::id::UserId;
use serde::Deserialize;
use uuid::Uuid;

use super::{Letter, OfUser, Unwritten, mailbox, payload};

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

pub(super) struct Suspension {
    pub(super) name: String,
    /// Whether it began.
    pub(super) on: bool,
    pub(super) why: String,
    /// Whom to write to.
    pub(super) ask: String,
    pub(super) link: String,
}

pub(super) struct HelpWaiting {
    pub(super) name: String,
    /// Requests that nobody has answered.
    pub(super) requests: i64,
    pub(super) link: String,
}

impl HelpWaiting {
    pub(super) fn subject(&self) -> String {
        match self.requests {
            1 => "A request for help waits".to_owned(),
            many => format!("{many} requests for help wait"),
        }
    }

    pub(super) fn words(&self) -> String {
        match self.requests {
            1 => "somebody asked for help, and nobody has answered yet.".to_owned(),
            many => format!("{many} requests for help wait for an answer."),
        }
    }
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

pub(super) async fn suspension_letter(
    backend: &Backend,
    base_url: &str,
    message: &Claimed,
) -> Result<Letter, Unwritten> {
    let of: OfSuspension = payload(message)?;
    let Some((person, by)) = staff::suspension_letter(backend, &of).await? else {
        return Ok(Letter::Drop("it is not true any more"));
    };
    let of_whom = |by: Recipient| format!("{} at {}", by.name, by.email.as_str());
    let ask = by.map_or_else(|| "whoever runs this server".to_owned(), of_whom);
    let link = format!("{base_url}/login");
    let letter = Suspension { name: person.name.clone(), on: of.on, why: of.why, ask, link };
    letter.written(mailbox(&person)?, &message.key)
}

pub(super) async fn waiting_letter(
    backend: &Backend,
    base_url: &str,
    to_people: bool,
    message: &Claimed,
) -> Result<Letter, Unwritten> {
    let OfUser { user } = payload(message)?;
    let requests = match staff::waiting_letter(backend, user).await? {
        Some(0) => return Ok(Letter::Drop("every request is answered")),
        Some(requests) => requests,
        None => return Ok(Letter::Drop("they are no staff any more")),
    };
    let Some(person) = users::recipient(backend, user).await? else {
        return Ok(Letter::Drop("the person is gone"));
    };
    if to_people && !person.confirmed {
        return Ok(Letter::Drop("the address is not confirmed"));
    }
    let link = format!("{base_url}/admin/requests");
    HelpWaiting { name: person.name.clone(), requests, link }.written(mailbox(&person)?, &message.key)
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
    fn who_is_suspended_reads_why_and_whom_to_ask() {
        let letter = |on| Suspension {
            name: "Asha".into(),
            on,
            why: "Sent <spam>".into(),
            ask: "Mira Sen at mira@example.com".into(),
            link: "https://money.example.org/login".into(),
        };
        let to = || "asha@example.com".parse().expect("a mailbox");
        let Ok(Letter::Send(began)) = letter(true).written(to(), "key") else { panic!("it is sent") };
        assert_eq!(began.subject, "Your account is suspended");
        assert!(began.text.contains("Sent <spam>") && began.text.contains("write to Mira Sen at mira@example.com"));
        assert!(!began.html.contains("<spam>") && !began.text.contains("/login"), "{}", began.html);
        let Ok(Letter::Send(ended)) = letter(false).written(to(), "key") else { panic!("it is sent") };
        assert!(ended.text.contains("https://money.example.org/login") && !ended.text.contains("spam"));
    }

    #[test]
    fn staff_are_told_how_many_wait() {
        for (requests, subject) in [(1, "A request for help waits"), (3, "3 requests for help wait")] {
            let letter = HelpWaiting { name: "Mira".into(), requests, link: "https://x.example/admin/requests".into() };
            assert_eq!(letter.subject(), subject);
        }
    }

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
