//! The letter about a way in that was linked to an account, or unlinked from it.

use backend::outbox::Claimed;
use backend::{Backend, users};
use ledger::id::UserId;
use serde::Deserialize;

use super::{Letter, Unwritten, mailbox, payload};

pub(super) struct WayChanged {
    pub(super) name: String,
    /// The provider, as its button says.
    pub(super) way: String,
    /// Linked, and not unlinked.
    pub(super) linked: bool,
    pub(super) settings: String,
    pub(super) forgot: String,
}

#[derive(Deserialize)]
struct OfWay {
    user: UserId,
    provider: String,
    linked: bool,
}

pub(super) async fn way_letter(backend: &Backend, base_url: &str, message: &Claimed) -> Result<Letter, Unwritten> {
    let of: OfWay = payload(message)?;
    let Some(person) = users::recipient(backend, of.user).await? else {
        return Ok(Letter::Drop("the person is gone"));
    };
    let letter = WayChanged {
        name: person.name.clone(),
        // One that this server no longer offers has no other name.
        way: backend.policy.ways.get(&of.provider).cloned().unwrap_or(of.provider),
        linked: of.linked,
        settings: format!("{base_url}/settings"),
        forgot: format!("{base_url}/forgot"),
    };
    letter.written(mailbox(&person)?, &message.key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_what_came_or_went_and_escapes_the_words_of_the_button() {
        for (linked, subject) in
            [(true, "A <b> was linked to your account"), (false, "A <b> was unlinked from your account")]
        {
            let letter = WayChanged {
                name: "Asha".into(),
                way: "A <b>".into(),
                linked,
                settings: "https://money.example.org/settings".into(),
                forgot: "https://money.example.org/forgot".into(),
            };
            let to = "asha@example.com".parse().expect("a mailbox");
            let Letter::Send(message) = letter.written(to, "key").expect("a letter") else { panic!("not sent") };
            assert_eq!(message.subject, subject);
            for part in [&message.text, &message.html] {
                assert!(part.contains("/settings") && part.contains("/forgot"), "{part}");
                assert_eq!(part.contains("from now on you can log in with it"), linked, "{part}");
            }
            assert!(!message.html.contains("<b>"), "{}", message.html);
        }
    }
}
