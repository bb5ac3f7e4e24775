//! Links and codes that are sent by mail: single use, expiring, and stored only as hashes.
//!
//! The secret of a link and its code are derived from the token's id with the installation's key, so that
//! the worker can write the letter (again, if it must) without the secret ever being stored.

use chrono::{DateTime, TimeDelta, Utc};
use ledger::id::UserId;
use ledger::person::{Email, Reset};
use uuid::Uuid;

use crate::clock::TimeZone;
use crate::derived::Derived;
use crate::outbox::{self, Push};
use crate::request::ClientInfo;
use crate::throttle::{self, Limit};
use crate::{
    Backend, Error, Key, Member, Result, Tx, breaches, households, passwords, secrets, sessions, users, ways_in,
};

/// How long a link and code that confirm an address are good.
pub const CONFIRM_LIFETIME: TimeDelta = TimeDelta::hours(24);
/// How long a link to another password is good.
pub const RESET_LIFETIME: TimeDelta = TimeDelta::minutes(60);
/// Wrong tries of one code.
const CODE_TRIES: i64 = 5;
const RESEND_MINUTE: Limit = Limit::new("confirm_minute", 1, 60);
const RESEND_HOUR: Limit = Limit::new("confirm_hour", 5, 3600);
const FORGOT_NETWORK: Limit = Limit::new("forgot_network", 20, 60);
const FORGOT_ACCOUNT: Limit = Limit::new("forgot_account", 5, 3600);
const LINK_NETWORK: Limit = Limit::new("link_network", 30, 60);

/// What links end with.
pub(crate) const LINK: Derived = Derived {
    purpose: "link",
    find: "select sealed_link from tokens where id = $1",
    all: "select id, sealed_link from tokens where used_at is null",
    keep: "update tokens set sealed_link = $1 where id = $2",
};
/// What codes are made from.
pub(crate) const CODE: Derived = Derived {
    purpose: "code",
    find: "select sealed_code from tokens where id = $1",
    all: "select id, sealed_code from tokens where used_at is null",
    keep: "update tokens set sealed_code = $1 where id = $2",
};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Confirm,
    Reset,
    /// Another address, sent to that one.
    Address,
}

impl Purpose {
    fn as_str(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Reset => "reset",
            Self::Address => "address",
        }
    }

    fn lifetime(self) -> TimeDelta {
        match self {
            Self::Confirm | Self::Address => CONFIRM_LIFETIME,
            Self::Reset => RESET_LIFETIME,
        }
    }
}

/// What the letter must say, for as long as the token is good.
pub struct Letter {
    pub user: UserId,
    /// Goes into the link.
    pub secret: String,
    /// Six digits; for the confirmation of an address only.
    pub code: String,
    pub expires_at: DateTime<Utc>,
    /// The address that the person wants to change to.
    pub email: Option<Email>,
}

/// The letter of a token, unless it was used, replaced, or has expired.
pub async fn letter(backend: &Backend, token: Uuid) -> Result<Option<Letter>> {
    let mut tx = backend.db.read().await?;
    let found = tx
        .query("select user_id, expires_at, email from tokens where id = $1 and used_at is null and expires_at > $2")
        .bind(token)
        .bind(backend.clock.now())
        .optional::<(Uuid, DateTime<Utc>, Option<String>)>()
        .await?;
    let Some((user, expires_at, email)) = found else { return Ok(None) };
    Ok(Some(Letter {
        user: UserId(user),
        secret: secrets::hex(&LINK.of(&mut tx, &backend.key, token).await?),
        code: digits(&CODE.of(&mut tx, &backend.key, token).await?),
        expires_at,
        email: email.map(|email| email.parse().map_err(Error::internal)).transpose()?,
    }))
}

/// What a link says that is made now.
fn secret(backend: &Backend, token: Uuid) -> String {
    secrets::hex(&LINK.fresh(&backend.key, token))
}

/// The six digits of a code.
fn digits(bytes: &[u8; 32]) -> String {
    let number = bytes.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    format!("{:06}", number % 1_000_000)
}

/// A million codes are soon tried, so their hash needs the key.
fn code_hash(key: &Key, token: Uuid, code: &str) -> String {
    secrets::hex(&key.derive(&[b"code hash", token.as_bytes(), code.as_bytes()]))
}

/// Hashes the codes that were sent under the key that takes over, once they are sealed under it.
pub(crate) async fn hash_anew(tx: &mut Tx, next: &Key) -> Result<()> {
    let sql = "select id from tokens where used_at is null and code_hash is not null";
    for (token,) in tx.query(sql).all::<(Uuid,)>().await? {
        let code = digits(&CODE.of(tx, next, token).await?);
        let sql = "update tokens set code_hash = $1 where id = $2";
        tx.query(sql).bind(code_hash(next, token, &code)).bind(token).execute().await?;
    }
    Ok(())
}

/// Makes the person's tokens of this purpose useless.
pub(crate) async fn end(tx: &mut Tx, backend: &Backend, user: UserId, purpose: Purpose) -> Result<()> {
    tx.query("update tokens set used_at = $1, email = null where user_id = $2 and purpose = $3 and used_at is null")
        .bind(backend.clock.now())
        .bind(user.0)
        .bind(purpose.as_str())
        .execute()
        .await?;
    Ok(())
}

/// Replaces the person's tokens of this purpose by a new one. `email`: the address that they want.
pub(crate) async fn make(
    tx: &mut Tx,
    backend: &Backend,
    user: UserId,
    purpose: Purpose,
    email: Option<&Email>,
) -> Result<Uuid> {
    end(tx, backend, user, purpose).await?;
    let now = backend.clock.now();
    let token = backend.clock.new_id();
    let code_hash =
        (purpose != Purpose::Reset).then(|| code_hash(&backend.key, token, &digits(&CODE.fresh(&backend.key, token))));
    tx.query(
        "insert into tokens (id, user_id, purpose, secret_hash, code_hash, created_at, expires_at, email)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(token)
    .bind(user.0)
    .bind(purpose.as_str())
    .bind(secrets::fingerprint(&secret(backend, token)))
    .bind(code_hash)
    .bind(now)
    .bind(now + purpose.lifetime())
    .bind(email.map(|email| email.as_str().to_owned()))
    .execute()
    .await?;
    Ok(token)
}

/// Makes a token and writes its letter to the outbox.
async fn push(tx: &mut Tx, backend: &Backend, user: UserId, purpose: Purpose) -> Result<()> {
    let token = make(tx, backend, user, purpose, None).await?;
    push_letter(tx, backend, user, purpose, token).await
}

/// Writes the letter of a token to the outbox.
pub(crate) async fn push_letter(
    tx: &mut Tx,
    backend: &Backend,
    user: UserId,
    purpose: Purpose,
    token: Uuid,
) -> Result<()> {
    let now = backend.clock.now();
    let key = format!("{}:{token}", purpose.as_str());
    let payload = serde_json::json!({ "token": token });
    let push = Push { key, kind: purpose.as_str(), book: None, user: Some(user), payload, due: now };
    outbox::push(tx, &backend.clock, push).await?;
    Ok(())
}

/// The letter with which a new person confirms their address.
pub(crate) async fn push_confirmation(tx: &mut Tx, backend: &Backend, user: UserId) -> Result<()> {
    push(tx, backend, user, Purpose::Confirm).await
}

/// The same once more, unless there were enough lately: the person asked for nothing, and is not told.
pub(crate) async fn push_again(tx: &mut Tx, backend: &Backend, user: UserId) -> Result<()> {
    let whose = user.to_string();
    for limit in [RESEND_MINUTE, RESEND_HOUR] {
        match throttle::take_in(tx, backend, limit, &whose).await {
            Err(Error::TooMany { .. }) => return Ok(()),
            other => other?,
        }
    }
    push_confirmation(tx, backend, user).await
}

/// The secret of a link to another password that is handed over in another way than by mail.
pub(crate) async fn reset_link(tx: &mut Tx, backend: &Backend, user: UserId) -> Result<String> {
    let token = make(tx, backend, user, Purpose::Reset, None).await?;
    Ok(secret(backend, token))
}

/// Sends the confirmation again, with a new link and code.
pub async fn send_confirmation(backend: &Backend, member: &Member) -> Result<()> {
    let user = member.user();
    may_confirm(backend, user, users::profile(backend, member).await?.confirmed).await?;
    let mut tx = backend.db.write().await?;
    push(&mut tx, backend, user, Purpose::Confirm).await?;
    tx.commit().await?;
    backend.wake_outbox();
    Ok(())
}

/// Counts one more letter to confirm the address of a person, whoever asks for it.
pub(crate) async fn may_confirm(backend: &Backend, user: UserId, confirmed: bool) -> Result<()> {
    if confirmed {
        return Err(Error::Conflict("The address is confirmed already".into()));
    }
    let whose = user.to_string();
    throttle::take(backend, &[(RESEND_MINUTE, &whose), (RESEND_HOUR, &whose)]).await
}

/// Counts one more try of a link.
pub(crate) async fn may_try_link(backend: &Backend, client: &ClientInfo) -> Result<()> {
    throttle::take(backend, &[(LINK_NETWORK, &client.network())]).await
}

/// Confirms the address that the link was sent to; works without a session. `here`: who is signed in.
pub async fn confirm_link(backend: &Backend, secret: &str, here: Option<UserId>, client: &ClientInfo) -> Result<()> {
    may_try_link(backend, client).await?;
    let mut tx = backend.db.write().await?;
    let (user, _) = use_link(&mut tx, backend, Purpose::Confirm, secret).await?;
    set_confirmed(&mut tx, backend, user).await?;
    if here == Some(user) {
        ways_in::prove(&mut tx, user).await?;
    }
    tx.commit().await?;
    backend.wake_outbox();
    Ok(())
}

/// Uses the six digits of the person's newest letter up; answers the transaction in which that is so, and the address
/// that they want, if the letter is about one.
pub(crate) async fn use_code(
    backend: &Backend,
    user: UserId,
    purpose: Purpose,
    code: &str,
) -> Result<(Tx, Option<String>)> {
    let now = backend.clock.now();
    let mut tx = backend.db.write().await?;
    let tried = tx
        .query(
            "update tokens set tries = tries + 1
             where user_id = $1 and purpose = $2 and used_at is null and expires_at > $3 and tries < $4
             returning id, code_hash, email",
        )
        .bind(user.0)
        .bind(purpose.as_str())
        .bind(now)
        .bind(CODE_TRIES)
        .optional::<(Uuid, Option<String>, Option<String>)>()
        .await?;
    let Some((token, stored, email)) = tried else {
        return Err(Error::invalid("code", "This code is no longer good. Ask for a new one"));
    };
    if stored != Some(code_hash(&backend.key, token, code)) {
        // The try is kept.
        tx.commit().await?;
        return Err(Error::invalid("code", "This is not the code in the newest email"));
    }
    tx.query("update tokens set used_at = $1 where id = $2").bind(now).bind(token).execute().await?;
    Ok((tx, email))
}

/// Confirms the member's address by the six digits sent to it.
pub async fn confirm_code(backend: &Backend, member: &Member, code: &str) -> Result<()> {
    let (mut tx, _) = use_code(backend, member.user(), Purpose::Confirm, code).await?;
    set_confirmed(&mut tx, backend, member.user()).await?;
    ways_in::prove(&mut tx, member.user()).await?;
    tx.commit().await?;
    backend.wake_outbox();
    Ok(())
}

/// The address is the person's: letters that waited for this are due. Answers whether it was not known before. After
/// the commit call [`Backend::wake_outbox`].
pub(crate) async fn set_confirmed(tx: &mut Tx, backend: &Backend, user: UserId) -> Result<bool> {
    let newly = tx
        .query("update users set confirmed_at = $1 where id = $2 and confirmed_at is null returning time_zone")
        .bind(backend.clock.now())
        .bind(user.0)
        .optional::<(String,)>()
        .await?;
    let Some((zone,)) = newly else { return Ok(false) };
    let zone: TimeZone = zone.parse().unwrap_or(TimeZone::UTC);
    outbox::release(tx, &backend.clock, user, backend.clock.today(&zone)).await?;
    Ok(true)
}

/// Sends a link to another password, if the address is anybody's. The answer does not tell.
pub async fn forgot(backend: &Backend, email: Email, client: &ClientInfo) -> Result<()> {
    throttle::take(backend, &[(FORGOT_NETWORK, &client.network())]).await?;
    let mut tx = backend.db.write().await?;
    // Counted for every address, so that a stranger's is committed just the same.
    match throttle::take_in(&mut tx, backend, FORGOT_ACCOUNT, &email.key()).await {
        Err(Error::TooMany { .. }) => return Ok(()),
        other => other?,
    }
    if let Some(user) = users::id_of(&mut tx, &email).await? {
        push(&mut tx, backend, user, Purpose::Reset).await?;
    }
    tx.commit().await?;
    backend.wake_outbox();
    Ok(())
}

/// Sets another password for whoever holds the link, and ends every session of that person.
pub async fn reset(backend: &Backend, reset: Reset, client: &ClientInfo) -> Result<()> {
    may_try_link(backend, client).await?;
    passwords::refuse_easy(&backend.policy.place, &reset.password)?;
    let mut tx = backend.db.read().await?;
    let user = holder(&mut tx, backend, Purpose::Reset, &reset.token).await?.ok_or_else(useless)?;
    drop(tx);
    if let Some(owner) = users::recipient(backend, user).await?
        && reset.password.is_one_of(&[&owner.name, owner.email.as_str()])
    {
        return Err(Error::invalid("password", "Choose a password that is not your name or email address"));
    }
    breaches::refuse_stolen(backend, &reset.password).await?;
    let hash = backend.passwords.hash(reset.password).await?;
    let mut tx = backend.db.write().await?;
    let (user, _) = use_link(&mut tx, backend, Purpose::Reset, &reset.token).await?;
    users::set_password(&mut tx, backend, user, hash).await?;
    ways_in::forget_unproven(&mut tx, backend, user).await?;
    // Whoever read the letter owns the address.
    let is_first_proof = set_confirmed(&mut tx, backend, user).await?;
    households::take_back(&mut tx, user, is_first_proof).await?;
    sessions::end_all(&mut tx, backend, user, None).await?;
    tx.commit().await?;
    backend.wake_outbox();
    Ok(())
}

async fn holder(tx: &mut Tx, backend: &Backend, purpose: Purpose, secret: &str) -> Result<Option<UserId>> {
    let found = tx
        .query(
            "select t.user_id from tokens t join users u on u.id = t.user_id
             where t.secret_hash = $1 and t.purpose = $2 and t.used_at is null and t.expires_at > $3
               and u.disabled_at is null",
        )
        .bind(secrets::fingerprint(secret))
        .bind(purpose.as_str())
        .bind(backend.clock.now())
        .optional::<(Uuid,)>()
        .await?;
    Ok(found.map(|(user,)| UserId(user)))
}

/// Uses a link up; of two who use it at once, one is late. Answers whose it is, and the address that they want.
pub(crate) async fn use_link(
    tx: &mut Tx,
    backend: &Backend,
    purpose: Purpose,
    secret: &str,
) -> Result<(UserId, Option<String>)> {
    let now = backend.clock.now();
    let found = tx
        .query(
            "update tokens set used_at = $1
             where secret_hash = $2 and purpose = $3 and used_at is null and expires_at > $1
             returning user_id, email",
        )
        .bind(now)
        .bind(secrets::fingerprint(secret))
        .bind(purpose.as_str())
        .optional::<(Uuid, Option<String>)>()
        .await?;
    found.map(|(user, email)| (UserId(user), email)).ok_or_else(useless)
}

pub(crate) fn useless() -> Error {
    Error::invalid("token", "This link was used before or is too old. Ask for a new one")
}
