//! Letters with a link that proves that whoever holds it reads the mail of an address.

use backend::outbox::Claimed;
use backend::{Backend, tokens, users};
use serde::Deserialize;
use uuid::Uuid;

use super::{Letter, Unwritten, mailbox, payload};

pub(super) struct Confirm {
    pub(super) name: String,
    pub(super) link: String,
    pub(super) code: String,
}

pub(super) struct Reset {
    pub(super) name: String,
    pub(super) link: String,
}

#[derive(Deserialize)]
pub(super) struct OfToken {
    pub(super) token: Uuid,
}

pub(super) async fn token_letter(backend: &Backend, base_url: &str, message: &Claimed) -> Result<Letter, Unwritten> {
    let of: OfToken = payload(message)?;
    let Some(token) = tokens::letter(backend, of.token).await? else {
        return Ok(Letter::Drop("the link was used, replaced, or is too old"));
    };
    let Some(person) = users::recipient(backend, token.user).await? else {
        return Ok(Letter::Drop("the person is gone"));
    };
    let (to, name) = (mailbox(&person)?, person.name);
    if message.kind == "confirm" {
        let link = format!("{base_url}/confirm?token={}", token.secret);
        Confirm { name, link, code: token.code }.written(to, &message.key)
    } else {
        Reset { name, link: format!("{base_url}/reset?token={}", token.secret) }.written(to, &message.key)
    }
}
