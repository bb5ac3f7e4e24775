//! Letters about another address of an account: to the mailbox that shall be its own, and to the one that is.

use backend::outbox::Claimed;
use backend::tokens::Letter as Token;
use backend::{Backend, addresses, tokens, users};
use ledger::id::UserId;
use lettre::Address;
use lettre::message::Mailbox;
use serde::Deserialize;

use super::tokens::OfToken;
use super::{Letter, Unwritten, mailbox, payload};

pub(super) struct NewAddress {
    pub(super) name: String,
    pub(super) link: String,
    pub(super) code: String,
}

/// To the owner of an account that has the address already.
pub(super) struct AddressTaken {
    pub(super) log_in: String,
    pub(super) forgot: String,
}

pub(super) struct AddressAsked {
    pub(super) name: String,
    pub(super) settings: String,
    pub(super) forgot: String,
}

pub(super) struct AddressChanged {
    pub(super) name: String,
    pub(super) settings: String,
}

#[derive(Deserialize)]
struct OfFormer {
    user: UserId,
    /// The address that the account had.
    to: String,
}

pub(super) async fn address_letter(backend: &Backend, base_url: &str, message: &Claimed) -> Result<Letter, Unwritten> {
    if message.kind == "address_changed" {
        return changed(backend, base_url, message).await;
    }
    let of: OfToken = payload(message)?;
    let Some(token) = tokens::letter(backend, of.token).await? else {
        return Ok(Letter::Drop("the wish was granted, replaced, taken back, or is too old"));
    };
    let Some(person) = users::recipient(backend, token.user).await? else {
        return Ok(Letter::Drop("the person is gone"));
    };
    let forgot = format!("{base_url}/forgot");
    if message.kind == "address_asked" {
        let letter = AddressAsked { name: person.name.clone(), settings: format!("{base_url}/settings"), forgot };
        return letter.written(mailbox(&person)?, &message.key);
    }
    let Token { email: Some(email), secret, code, .. } = token else {
        return Err(Unwritten::Faulty("nobody wants an address"));
    };
    if addresses::is_taken(backend, &email).await? {
        let letter = AddressTaken { log_in: format!("{base_url}/login"), forgot };
        return letter.written(to(email.as_str(), None)?, &message.key);
    }
    let link = format!("{base_url}/settings/email?token={secret}");
    let letter = NewAddress { name: person.name.clone(), link, code };
    letter.written(to(email.as_str(), Some(person.name))?, &message.key)
}

async fn changed(backend: &Backend, base_url: &str, message: &Claimed) -> Result<Letter, Unwritten> {
    let of: OfFormer = payload(message)?;
    let Some(person) = users::recipient(backend, of.user).await? else {
        return Ok(Letter::Drop("the person is gone"));
    };
    let letter = AddressChanged { name: person.name.clone(), settings: format!("{base_url}/settings") };
    letter.written(to(&of.to, Some(person.name))?, &message.key)
}

pub(super) fn to(email: &str, name: Option<String>) -> Result<Mailbox, Unwritten> {
    let address: Address = email.parse().map_err(|_| Unwritten::Faulty("the address cannot be written to"))?;
    Ok(Mailbox::new(name, address))
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
    fn the_new_mailbox_gets_link_and_digits_and_the_present_one_neither() {
        let mailbox = || to("asha@example.com", None).expect("a mailbox");
        let new = NewAddress { name: "A <b>".into(), link: "https://m.example.org/x".into(), code: "123456".into() };
        let new = sent(new.written(mailbox(), "key"));
        assert!(new.text.contains("https://m.example.org/x") && new.text.contains("123456"), "{}", new.text);
        assert!(!new.html.contains("<b>"), "{}", new.html);
        let settings = "https://m.example.org/settings".to_owned();
        let forgot = "https://m.example.org/forgot".to_owned();
        let asked = AddressAsked { name: "Asha".into(), settings, forgot: forgot.clone() };
        let asked = sent(asked.written(mailbox(), "key"));
        assert!(asked.text.contains(&forgot) && !asked.text.contains("token="), "{}", asked.text);
        let taken = AddressTaken { log_in: "https://m.example.org/login".into(), forgot };
        let taken = sent(taken.written(mailbox(), "key"));
        assert!(taken.text.contains("/login") && !taken.text.contains("Asha"), "{}", taken.text);
    }
}
