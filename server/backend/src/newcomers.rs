//! Signing up where an address is confirmed first ([`Policy::confirm_first`](crate::Policy)): nobody has an account
//! before they open the link of the letter.
//!
//! ```text
//! ask ─► letter to the address: a link          ─► open (link and password) ─► account, confirmed, and a session
//!      └ or, where it has an account: how to get into it
//! ```
//! What is asked writes the same rows whether the address has an account or not: that is looked at when the letter is
//! written, and told to its mailbox alone. The link alone opens nothing: a stranger who typed the address of another does
//! not read the letter, and whoever reads it does not know the stranger's password.

use chrono::TimeDelta;
use ledger::person::{Email, FirstLogIn, Newcomer, SignUp};
use uuid::Uuid;

use crate::derived::Derived;
use crate::outbox::{self, Push};
use crate::passwords::Verdict;
use crate::throttle::{self, Limit};
use crate::{Backend, ClientInfo, Error, NewSession, Result, secrets, sessions, tokens, users};

/// How long the link is good.
pub const LIFETIME: TimeDelta = TimeDelta::hours(24);
/// Letters to one mailbox, whoever asks for them.
const MAILBOX: Limit = Limit::new("newcomer_mailbox", 5, 3600);
/// Passwords that are tried with one link.
const PASSWORDS: Limit = Limit::new("newcomer_password", 5, 3600);

/// What links end with.
pub(crate) const LINK: Derived = Derived {
    purpose: "newcomer",
    find: "select sealed from newcomers where id = $1",
    all: "select id, sealed from newcomers",
    keep: "update newcomers set sealed = $1 where id = $2",
};

/// What the letter says.
pub struct Letter {
    pub name: String,
    pub email: Email,
    /// Goes into the link.
    pub secret: String,
    /// The address has an account: its owner is told that, and gets no link.
    pub is_taken: bool,
}

/// Keeps who wants an account, and writes to their address. `next`: where they go on then, a path of this site.
///
/// # Errors
/// [`Error::Forbidden`] where nobody may sign up; as for [`users::sign_up`], but never that the address is taken.
pub async fn ask(backend: &Backend, sign_up: SignUp, next: &str, client: &ClientInfo) -> Result<()> {
    let (person, password_hash) = users::checked(backend, sign_up, client).await?;
    let email_key = person.email.key();
    let id = backend.clock.new_id();
    let mut tx = backend.db.write().await?;
    // Counted for every address alike; one more than enough is answered like the others, and gets no letter.
    match throttle::take_in(&mut tx, backend, MAILBOX, &email_key).await {
        Err(Error::TooMany { .. }) => return Ok(()),
        other => other?,
    }
    tx.query(
        "insert into newcomers (id, email_key, person, password_hash, next, secret_hash, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(id)
    .bind(email_key)
    .bind(serde_json::to_string(&person).map_err(Error::internal)?)
    .bind(password_hash)
    .bind(next)
    .bind(secrets::fingerprint(&secrets::hex(&LINK.fresh(&backend.key, id))))
    .bind(backend.clock.now() + LIFETIME)
    .execute()
    .await?;
    let (key, payload, due) = (format!("newcomer:{id}"), serde_json::json!({ "id": id }), backend.clock.now());
    outbox::push(&mut tx, &backend.clock, Push { key, kind: "newcomer", book: None, user: None, payload, due }).await?;
    tx.commit().await?;
    backend.wake_outbox();
    Ok(())
}

/// The letter of whoever asked, unless they have come in or it is too late.
pub async fn letter(backend: &Backend, id: Uuid) -> Result<Option<Letter>> {
    let mut tx = backend.db.read().await?;
    let found = tx
        .query("select person from newcomers where id = $1 and expires_at > $2")
        .bind(id)
        .bind(backend.clock.now())
        .optional::<(String,)>()
        .await?;
    let Some((person,)) = found else { return Ok(None) };
    let Newcomer { name, email, .. } = serde_json::from_str(&person).map_err(Error::internal)?;
    let sql = "select count(*) from users where email_key = $1";
    let (known,) = tx.query(sql).bind(email.key()).one::<(i64,)>().await?;
    let secret = secrets::hex(&LINK.of(&mut tx, &backend.key, id).await?);
    Ok(Some(Letter { name, email, secret, is_taken: known > 0 }))
}

/// Makes the account of whoever opens the link and knows the password that was chosen with it; answers their session and
/// where they go on.
///
/// # Errors
/// A message beside "token" for a link that is no longer good, or whose address has an account by now: whoever reads the
/// letter may know that. A message beside "password"; [`Error::TooMany`].
pub async fn open(backend: &Backend, shown: FirstLogIn, client: &ClientInfo) -> Result<(NewSession, String)> {
    if !backend.policy.registration_open {
        return Err(Error::Forbidden);
    }
    tokens::may_try_link(backend, client).await?;
    let secret_hash = secrets::fingerprint(&shown.token);
    let mut tx = backend.db.read().await?;
    let found = tx
        .query("select id, password_hash from newcomers where secret_hash = $1 and expires_at > $2")
        .bind(&*secret_hash)
        .bind(backend.clock.now())
        .optional::<(Uuid, String)>()
        .await?;
    drop(tx);
    let (id, password_hash) = found.ok_or_else(useless)?;
    throttle::take(backend, &[(PASSWORDS, &id.to_string())]).await?;
    if backend.passwords.verify(shown.password, Some(password_hash.clone())).await? == Verdict::Wrong {
        let message = "This is not the password that you chose. If you do not know it any more, sign up once more";
        return Err(Error::invalid("password", message));
    }

    let mut tx = backend.db.write().await?;
    // Of two who open it at once, one is late.
    let found = tx
        .query("delete from newcomers where id = $1 returning person, next")
        .bind(id)
        .optional::<(String, String)>()
        .await?;
    let (person, next) = found.ok_or_else(useless)?;
    let person: Newcomer = serde_json::from_str(&person).map_err(Error::internal)?;
    let user = match users::create(&mut tx, backend, &person, password_hash).await {
        Err(Error::Invalid(_)) => {
            return Err(Error::invalid("token", "You have an account with this address already. Log in instead"));
        }
        other => other?,
    };
    tokens::set_confirmed(&mut tx, backend, user).await?;
    tx.query("delete from newcomers where email_key = $1").bind(person.email.key()).execute().await?;
    let session = sessions::start(&mut tx, backend, user, client).await?;
    tx.commit().await?;
    backend.wake_outbox();
    Ok((session, next))
}

fn useless() -> Error {
    Error::invalid("token", "This link was used before or is too old. Sign up once more")
}
