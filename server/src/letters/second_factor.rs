//! Letters about the second factor.

use backend::factors::News;
use backend::outbox::Claimed;
use backend::{Backend, users};
use ledger::id::UserId;
use serde::Deserialize;

use super::{Letter, Unwritten, mailbox, payload};

pub(super) struct SecondFactor {
    pub(super) name: String,
    pub(super) news: News,
    pub(super) link: String,
    pub(super) reset: String,
}

impl SecondFactor {
    pub(super) fn subject(&self) -> &'static str {
        match self.news {
            News::On => "Two-step log-in is on",
            News::Off => "Two-step log-in is off",
            News::CodeUsed => "A recovery code was used",
            News::NewCodes => "You have new recovery codes",
            News::WrongCodes => "Somebody tried to log in to your account",
            News::PasskeyAdded => "A passkey was added",
            News::PasskeyRemoved => "A passkey was deleted",
        }
    }

    /// What happened, and what follows from it.
    pub(super) fn words(&self) -> &'static str {
        match self.news {
            News::On => {
                "two-step log-in was turned on for your Expenso account just now: from now on it asks for a code of your app, too. Keep your recovery codes where you find them without your phone."
            }
            News::Off => {
                "two-step log-in was turned off for your Expenso account just now: from now on the password alone is enough."
            }
            News::CodeUsed => {
                "one of your recovery codes was used just now in place of a code of your app. Each works once. If your app is lost, set up another in the settings."
            }
            News::NewCodes => {
                "new recovery codes were made for your Expenso account just now. The former ones no longer work."
            }
            News::WrongCodes => {
                "somebody who knows the password of your Expenso account tried many wrong codes. Two-step log-in has kept them out, and no more codes are taken from them for a while."
            }
            News::PasskeyAdded => {
                "a passkey was added to your Expenso account just now. Whoever has the device or password manager that keeps it can log in with it."
            }
            News::PasskeyRemoved => {
                "a passkey was deleted from your Expenso account just now. It no longer lets anybody in."
            }
        }
    }
}

impl SecondFactor {
    /// What to do about it, whoever did it.
    pub(super) fn if_not_you(&self) -> &'static str {
        match self.news {
            News::On | News::NewCodes => {
                "If it was not you, choose a new password at once, and ask whoever runs this server to turn two-step log-in off: a new password does not."
            }
            News::WrongCodes => "If it was not you, they have your password: choose a new one at once.",
            News::PasskeyAdded => {
                "If it was not you, choose a new password at once, and delete the passkey in the settings: a new password does not."
            }
            News::Off | News::CodeUsed | News::PasskeyRemoved => {
                "If it was not you, choose a new password at once, and then look at the sessions in the settings."
            }
        }
    }
}

#[derive(Deserialize)]
struct OfNews {
    user: UserId,
    news: News,
}

pub(super) async fn second_factor_letter(
    backend: &Backend,
    base_url: &str,
    message: &Claimed,
) -> Result<Letter, Unwritten> {
    let of: OfNews = payload(message)?;
    let Some(person) = users::recipient(backend, of.user).await? else {
        return Ok(Letter::Drop("the person is gone"));
    };
    let (link, reset) = (format!("{base_url}/settings"), format!("{base_url}/forgot"));
    SecondFactor { name: person.name.clone(), news: of.news, link, reset }.written(mailbox(&person)?, &message.key)
}
