//! Another address: asked for by a person who has just shown who they are, and theirs once its mailbox answers.
//!
//! ```text
//! ask ─► letter to the new mailbox: link and digits   ─► confirm_link | confirm_code ─► changed
//!     └► letter to the present one: what is asked                                    └► letter to the former one
//! ```
//! The link, too, is used by whoever is signed in to the account: nobody ties their mailbox to that of a stranger.

use chrono::{DateTime, Utc};
use ledger::id::UserId;
use ledger::person::Email;

use crate::outbox::{self, Push};
use crate::throttle::{self, Limit};
use crate::tokens::{self, Purpose};
use crate::{Backend, ClientInfo, Error, Member, Result, SignedIn, Tx, fresh, sessions, staff, users, watch, ways_in};

const MINUTE: Limit = Limit::new("address_minute", 1, 60);
const HOUR: Limit = Limit::new("address_hour", 5, 3600);
/// Letters to one mailbox, whoever asks for them.
const MAILBOX: Limit = Limit::new("address_mailbox", 5, 3600);

/// The address that a person wants and has not confirmed yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub email: String,
    /// The end of link and digits.
    pub expires_at: DateTime<Utc>,
}

/// Writes to both mailboxes; a former wish becomes useless. Nothing tells whether the address is that of another
/// account: its owner alone is told, by the letter.
///
/// # Errors
/// [`Error::ProveFirst`]; a message beside "email" where the address is the present one; [`Error::TooMany`].
pub async fn ask(backend: &Backend, who: &SignedIn, email: &Email) -> Result<()> {
    fresh::insist(backend, who).await?;
    let user = who.member.user();
    if who.person.email.parse::<Email>().is_ok_and(|present| present.key() == email.key()) {
        return Err(Error::invalid("email", "This is your address already"));
    }
    let whose = user.to_string();
    throttle::take(backend, &[(MINUTE, &whose), (HOUR, &whose)]).await?;
    let mut tx = backend.db.write().await?;
    let may_write = match throttle::take_in(&mut tx, backend, MAILBOX, &email.key()).await {
        Err(Error::TooMany { .. }) => false,
        other => other.map(|()| true)?,
    };
    let token = tokens::make(&mut tx, backend, user, Purpose::Address, Some(email)).await?;
    if may_write {
        tokens::push_letter(&mut tx, backend, user, Purpose::Address, token).await?;
    }
    let payload = serde_json::json!({ "token": token });
    tell(&mut tx, backend, user, "address_asked", &format!("address_asked:{token}"), payload).await?;
    tx.commit().await?;
    backend.wake_outbox();
    Ok(())
}

/// What the member has asked for and may still confirm.
pub async fn wanted(backend: &Backend, member: &Member) -> Result<Option<Wanted>> {
    let mut tx = backend.db.read().await?;
    let found = tx
        .query(
            "select email, expires_at from tokens
             where user_id = $1 and purpose = 'address' and used_at is null and expires_at > $2 and email is not null
             order by created_at desc limit 1",
        )
        .bind(member.user().0)
        .bind(backend.clock.now())
        .optional::<(String, DateTime<Utc>)>()
        .await?;
    Ok(found.map(|(email, expires_at)| Wanted { email, expires_at }))
}

/// Whether an account has the address: to be told to its mailbox alone.
pub async fn is_taken(backend: &Backend, email: &Email) -> Result<bool> {
    let mut tx = backend.db.read().await?;
    let sql = "select count(*) from users where email_key = $1";
    Ok(tx.query(sql).bind(email.key()).one::<(i64,)>().await?.0 > 0)
}

/// The address stays as it is.
pub async fn cancel(backend: &Backend, member: &Member) -> Result<()> {
    let mut tx = backend.db.write().await?;
    tokens::end(&mut tx, backend, member.user(), Purpose::Address).await?;
    tx.commit().await
}

/// Changes the address to the one that the link was sent to.
///
/// # Errors
/// A message beside "token" where the link is used, too old, of another account, or the address has become somebody
/// else's; [`Error::TooMany`].
pub async fn confirm_link(backend: &Backend, who: &SignedIn, secret: &str, client: &ClientInfo) -> Result<()> {
    tokens::may_try_link(backend, client).await?;
    let mut tx = backend.db.write().await?;
    let (user, email) = tokens::use_link(&mut tx, backend, Purpose::Address, secret).await?;
    if user != who.member.user() {
        // Undone with the transaction: the owner of the link can still use it.
        return Err(Error::invalid(
            "token",
            "This link is for another account. Log in to that one, then open it again",
        ));
    }
    change(tx, backend, who, email, "token").await
}

/// Changes the address to the one that the six digits were sent to.
///
/// # Errors
/// A message beside "code", as for a link.
pub async fn confirm_code(backend: &Backend, who: &SignedIn, code: &str) -> Result<()> {
    let (tx, email) = tokens::use_code(backend, who.member.user(), Purpose::Address, code).await?;
    change(tx, backend, who, email, "code").await
}

/// Other sessions, calendar links, access tokens and the open links of letters end with the former address.
async fn change(
    mut tx: Tx,
    backend: &Backend,
    who: &SignedIn,
    email: Option<String>,
    field: &'static str,
) -> Result<()> {
    let user = who.member.user();
    let email: Email = email.ok_or_else(tokens::useless)?.parse().map_err(Error::internal)?;
    let (former,) = tx.query("select email from users where id = $1").bind(user.0).one::<(String,)>().await?;
    match set(&mut tx, user, &email).await {
        Err(error) if error.is_unique_violation() => {
            return Err(Error::invalid(field, "This address cannot be used any more. Ask for another one"));
        }
        other => other?,
    }
    staff::note_address(&mut tx, user, &email).await?;
    users::end_open_links(&mut tx, backend, user).await?;
    tokens::end(&mut tx, backend, user, Purpose::Confirm).await?;
    sessions::end_all(&mut tx, backend, user, Some(who.session)).await?;
    tokens::set_confirmed(&mut tx, backend, user).await?;
    ways_in::prove(&mut tx, user).await?;
    // The former address stands nowhere else any more.
    let payload = serde_json::json!({ "user": user, "to": former });
    tell(&mut tx, backend, user, "address_changed", &format!("address_changed:{}", backend.clock.new_id()), payload)
        .await?;
    tx.commit().await?;
    watch::address_changed(user);
    backend.wake_outbox();
    Ok(())
}

async fn set(tx: &mut Tx, user: UserId, email: &Email) -> Result<()> {
    tx.query("update users set email = $1, email_key = $2 where id = $3")
        .bind(email.as_str().to_owned())
        .bind(email.key())
        .bind(user.0)
        .execute()
        .await?;
    Ok(())
}

async fn tell(
    tx: &mut Tx,
    backend: &Backend,
    user: UserId,
    kind: &'static str,
    key: &str,
    payload: serde_json::Value,
) -> Result<()> {
    let due = backend.clock.now();
    outbox::push(tx, &backend.clock, Push { key: key.to_owned(), kind, book: None, user: Some(user), payload, due })
        .await?;
    Ok(())
}
