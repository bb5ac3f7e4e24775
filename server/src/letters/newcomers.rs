//! The letter to whoever signed up where an address is confirmed first: to a new person their link, to the owner of an
//! account how to get into it.

use backend::outbox::Claimed;
use backend::{Backend, newcomers};
use serde::Deserialize;
use uuid::Uuid;

use super::addresses::to;
use super::{Letter, Unwritten, payload};

pub(super) struct SignedUp {
    pub(super) name: String,
    pub(super) link: String,
}

/// Without the name that was typed: whoever typed it may be a stranger.
pub(super) struct SignedUpAlready {
    pub(super) log_in: String,
    pub(super) forgot: String,
}

#[derive(Deserialize)]
struct OfNewcomer {
    id: Uuid,
}

pub(super) async fn newcomer_letter(backend: &Backend, base_url: &str, message: &Claimed) -> Result<Letter, Unwritten> {
    let of: OfNewcomer = payload(message)?;
    let Some(newcomer) = newcomers::letter(backend, of.id).await? else {
        return Ok(Letter::Drop("the link was used, or is too old"));
    };
    let email = newcomer.email.as_str();
    if newcomer.is_taken {
        let letter = SignedUpAlready { log_in: format!("{base_url}/login"), forgot: format!("{base_url}/forgot") };
        return letter.written(to(email, None)?, &message.key);
    }
    let link = format!("{base_url}/signup?token={}", newcomer.secret);
    SignedUp { name: newcomer.name.clone(), link }.written(to(email, Some(newcomer.name))?, &message.key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deliver::EmailMessage;

    fn sent(letter: Result<Letter, Unwritten>) -> EmailMessage {
        match letter.expect("a letter") {
            Letter::Send(message) => *message,
            _ => panic!("it is sent"),
        }
    }

    #[test]
    fn a_new_person_gets_a_link_and_the_owner_of_an_account_the_way_in() {
        let mailbox = || to("asha@example.com", None).expect("a mailbox");
        let new = SignedUp { name: "A <b>".into(), link: "https://m.example.org/signup?token=x".into() };
        let new = sent(new.written(mailbox(), "key"));
        assert!(new.text.contains("https://m.example.org/signup?token=x"), "{}", new.text);
        assert!(!new.html.contains("<b>"), "{}", new.html);
        let (log_in, forgot) = ("https://m.example.org/login".to_owned(), "https://m.example.org/forgot".to_owned());
        let known = sent(SignedUpAlready { log_in, forgot }.written(mailbox(), "key"));
        for part in [&known.text, &known.html] {
            assert!(part.contains("/login") && part.contains("/forgot") && !part.contains("token="), "{part}");
        }
    }
}
