//! The app that shows codes (RFC 6238): its secret, and whether a code is one of now.

use chrono::{DateTime, Utc};
use ledger::filter::escaped;
use ledger::id::UserId;
use rand::Rng as _;
use totp_rs::{Builder, Secret, Totp};
use uuid::Uuid;

use crate::{Backend, Error, Key, Result, Tx, sealed};

/// Bytes of a secret, as RFC 4226 recommends.
const SECRET_LENGTH: usize = 20;
const PURPOSE: &str = "authenticator";

/// What an app needs to know.
#[derive(Clone)]
pub struct Setup {
    /// For typing, in base 32.
    pub secret: String,
    /// For the picture that the app's camera reads.
    pub url: String,
}

impl std::fmt::Debug for Setup {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Setup(…)")
    }
}

#[derive(sqlx::FromRow)]
pub(super) struct Row {
    secret: String,
    pub on_since: Option<DateTime<Utc>>,
    pub codes_seed: Option<Uuid>,
    pub codes_made_at: Option<DateTime<Utc>>,
    pub proven: bool,
}

impl Row {
    /// What to show to the app; `None` when the secret was sealed with a key that is gone.
    pub fn setup(&self, backend: &Backend, user: UserId, email: &str) -> Option<Setup> {
        let secret = self.totp(backend, user)?.secret().to_base32();
        let url = format!("otpauth://totp/Expenso:{}?secret={secret}&issuer=Expenso", escaped(email));
        Some(Setup { secret, url })
    }

    /// SHA-1, six digits, half a minute, and one step to either side: what every app knows.
    fn totp(&self, backend: &Backend, user: UserId) -> Option<Totp> {
        let secret = sealed::open(&backend.key, PURPOSE, user.0.as_bytes(), &self.secret)?;
        Builder::new().with_secret(Secret::new(secret.into())).build().ok()
    }
}

pub(super) async fn of(tx: &mut Tx, user: UserId) -> Result<Option<Row>> {
    tx.query("select secret, on_since, codes_seed, codes_made_at, proven from authenticators where user_id = $1")
        .bind(user.0)
        .optional()
        .await
}

/// Whether the person is asked for a second step.
pub(crate) async fn is_on(tx: &mut Tx, user: UserId) -> Result<bool> {
    Ok(of(tx, user).await?.is_some_and(|row| row.on_since.is_some()))
}

/// Keeps a new secret, which nobody is asked for yet; `false` when one is on.
pub(super) async fn begin(tx: &mut Tx, backend: &Backend, user: UserId) -> Result<bool> {
    let secret: [u8; SECRET_LENGTH] = rand::rng().random();
    let secret = sealed::seal(&backend.key, PURPOSE, user.0.as_bytes(), &secret)?;
    let kept = tx
        .query(
            "insert into authenticators (user_id, secret, begun_at, proven)
             select id, $2, $3, confirmed_at is not null from users where id = $1
             on conflict (user_id) do update set
                secret = excluded.secret, begun_at = excluded.begun_at, proven = excluded.proven
             where authenticators.on_since is null",
        )
        .bind(user.0)
        .bind(secret)
        .bind(backend.clock.now())
        .execute()
        .await?;
    Ok(kept == 1)
}

/// Turns it on by a first code.
pub(super) async fn confirm(tx: &mut Tx, backend: &Backend, user: UserId, digits: &str) -> Result<()> {
    let row = of(tx, user).await?.filter(|row| row.on_since.is_none());
    let begin_anew = || Error::Conflict("Begin again: there is nothing to confirm any more.".into());
    let row = row.ok_or_else(begin_anew)?;
    let totp = row.totp(backend, user).ok_or_else(begin_anew)?;
    let step = step_of(&totp, backend, digits)?.ok_or_else(|| {
        let words = "This is not the code that the app shows now. Is the clock of your phone right?";
        Error::invalid("code", words)
    })?;
    // Another page may have begun with another secret meanwhile.
    let turned_on = tx
        .query(
            "update authenticators set on_since = $1, last_step = $2
             where user_id = $3 and on_since is null and secret = $4",
        )
        .bind(backend.clock.now())
        .bind(step)
        .bind(user.0)
        .bind(row.secret)
        .execute()
        .await?;
    if turned_on == 1 { Ok(()) } else { Err(begin_anew()) }
}

/// What became of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    Right,
    Wrong,
    /// Right, and used before.
    Again,
}

/// Takes a code of now, each once.
///
/// # Errors
/// A message beside `code` where no code can be right, as the server has another key than when it was set up.
pub(super) async fn take(tx: &mut Tx, backend: &Backend, user: UserId, digits: &str) -> Result<Taken> {
    let Some(row) = of(tx, user).await?.filter(|row| row.on_since.is_some()) else { return Ok(Taken::Wrong) };
    let Some(totp) = row.totp(backend, user) else {
        tracing::warn!("an authenticator was sealed with another key than the server has now");
        let words = "The codes of your app are no longer good here, as the server has another key. Use a recovery code";
        return Err(Error::invalid("code", words));
    };
    let Some(step) = step_of(&totp, backend, digits)? else { return Ok(Taken::Wrong) };
    let newly = tx
        .query("update authenticators set last_step = $1 where user_id = $2 and last_step < $1")
        .bind(step)
        .bind(user.0)
        .execute()
        .await?;
    Ok(if newly == 1 { Taken::Right } else { Taken::Again })
}

/// The half minute that a code is of, if it is one of about now.
fn step_of(totp: &Totp, backend: &Backend, digits: &str) -> Result<Option<i64>> {
    let now = u64::try_from(backend.clock.now().timestamp()).map_err(Error::internal)?;
    totp.check(digits, now).map(|step| i64::try_from(step).map_err(Error::internal)).transpose()
}

/// Forgets it; tells whether it was on.
pub(super) async fn end(tx: &mut Tx, user: UserId) -> Result<bool> {
    let ended = tx
        .query("delete from authenticators where user_id = $1 returning on_since")
        .bind(user.0)
        .optional::<(Option<DateTime<Utc>>,)>()
        .await?;
    Ok(ended.is_some_and(|(since,)| since.is_some()))
}

/// Seals the secrets of all apps under the key that takes over from `former`. Recovery codes stay good, and those that are
/// just shown are shown no more: they are made from a seed with the former key.
pub(crate) async fn seal_anew(tx: &mut Tx, former: &Key, next: &Key) -> Result<()> {
    tx.query("update authenticators set codes_seed = null").execute().await?;
    for (user, kept) in tx.query("select user_id, secret from authenticators").all::<(Uuid, String)>().await? {
        // What an even older key sealed is lost already.
        let Some(secret) = sealed::open(former, PURPOSE, user.as_bytes(), &kept) else { continue };
        let sealed = sealed::seal(next, PURPOSE, user.as_bytes(), &secret)?;
        tx.query("update authenticators set secret = $1 where user_id = $2").bind(sealed).bind(user).execute().await?;
    }
    Ok(())
}
