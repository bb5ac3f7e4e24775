//! Which providers a person logs in through: rows by provider and subject, never by an address.

use chrono::{DateTime, Utc};
use ledger::id::UserId;
use ledger::person::Proof;
use uuid::Uuid;

use crate::{Backend, Error, Result, SignedIn, Tx, fresh, outbox, ways_in};

/// A provider that is linked to an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    pub provider: String,
    pub subject: String,
    /// As the provider said when it was last used.
    pub email: Option<String>,
    pub created_at: DateTime<Utc>,
    pub last_used_at: DateTime<Utc>,
}

/// Whose account this provider and subject are linked to.
pub(crate) struct Owner {
    pub user: UserId,
    pub disabled: bool,
}

pub(crate) async fn owner(tx: &mut Tx, proof: &Proof) -> Result<Option<Owner>> {
    let found = tx
        .query(
            "select i.user_id, u.disabled_at from identities i join users u on u.id = i.user_id
             where i.provider = $1 and i.subject = $2",
        )
        .bind(&*proof.provider)
        .bind(&*proof.subject)
        .optional::<(Uuid, Option<DateTime<Utc>>)>()
        .await?;
    Ok(found.map(|(user, disabled_at)| Owner { user: UserId(user), disabled: disabled_at.is_some() }))
}

/// Links, or notes that it was used again. `vouches`: the provider says that the account's very address is theirs.
///
/// # Errors
/// A unique violation when it is linked to another account.
pub(crate) async fn link(tx: &mut Tx, backend: &Backend, user: UserId, proof: &Proof, vouches: bool) -> Result<Linked> {
    let now = backend.clock.now();
    let email = proof.email.as_ref().map(|email| email.as_str().to_owned());
    let known = tx
        .query(
            "update identities set last_used_at = $1, email = $2, proven = (proven or $3)
             where provider = $4 and subject = $5 and user_id = $6",
        )
        .bind(now)
        .bind(email.clone())
        .bind(vouches)
        .bind(&*proof.provider)
        .bind(&*proof.subject)
        .bind(user.0)
        .execute()
        .await?;
    if known > 0 {
        return Ok(Linked::Before);
    }
    tx.query(
        "insert into identities (provider, subject, user_id, email, proven, created_at, last_used_at)
         select $1, $2, id, $3, ($4 or confirmed_at is not null), $5, $5 from users where id = $6",
    )
    .bind(&*proof.provider)
    .bind(&*proof.subject)
    .bind(email)
    .bind(vouches)
    .bind(now)
    .bind(user.0)
    .execute()
    .await?;
    Ok(Linked::Now)
}

/// Whether a link is new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Linked {
    Now,
    Before,
}

/// Writes to the person that a way in was linked to their account, or unlinked from it.
pub(crate) async fn push_letter(
    tx: &mut Tx,
    backend: &Backend,
    user: UserId,
    provider: &str,
    linked: bool,
) -> Result<()> {
    let now = backend.clock.now();
    let key = format!("way_changed:{}", backend.clock.new_id());
    let payload = serde_json::json!({ "user": user, "provider": provider, "linked": linked });
    let push = outbox::Push { key, kind: "way_changed", book: None, user: Some(user), payload, due: now };
    outbox::push(tx, &backend.clock, push).await?;
    Ok(())
}

/// What is linked to a person, the oldest first.
pub async fn of(backend: &Backend, user: UserId) -> Result<Vec<Identity>> {
    let mut tx = backend.db.read().await?;
    let rows = tx
        .query(
            "select provider, subject, email, created_at, last_used_at from identities
             where user_id = $1 order by created_at, provider limit 100",
        )
        .bind(user.0)
        .all::<(String, String, Option<String>, DateTime<Utc>, DateTime<Utc>)>()
        .await?;
    let identity = |(provider, subject, email, created_at, last_used_at)| Identity {
        provider,
        subject,
        email,
        created_at,
        last_used_at,
    };
    Ok(rows.into_iter().map(identity).collect())
}

/// Takes a provider away from whoever has logged in lately, unless it is their last way in, and writes to them.
pub async fn unlink(backend: &Backend, who: &SignedIn, provider: &str, subject: &str) -> Result<()> {
    if !fresh::fresh_enough(backend, who).await? {
        let words = "It is a while since you logged in. Log in once more to change your ways to sign in.";
        return Err(Error::Conflict(words.into()));
    }
    let user = who.member.user();
    let mut tx = backend.db.write().await?;
    let unlinked = tx
        .query("delete from identities where provider = $1 and subject = $2 and user_id = $3")
        .bind(provider)
        .bind(subject)
        .bind(user.0)
        .execute()
        .await?;
    if unlinked == 0 {
        return Err(Error::NotFound);
    }
    ways_in::insist_on_one(&mut tx, backend, user).await?;
    push_letter(&mut tx, backend, user, provider, false).await?;
    tx.commit().await?;
    backend.wake_outbox();
    Ok(())
}

/// Unlinks what nobody linked who had proven the address of the account, and writes so to the person.
pub(crate) async fn forget_unproven(tx: &mut Tx, backend: &Backend, user: UserId) -> Result<()> {
    let gone = tx
        .query("delete from identities where user_id = $1 and proven = false returning provider")
        .bind(user.0)
        .all::<(String,)>()
        .await?;
    for (provider,) in gone {
        push_letter(tx, backend, user, &provider, false).await?;
    }
    Ok(())
}
