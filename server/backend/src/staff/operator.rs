//! What whoever has a shell on the server can do: make accounts, give ranks, help somebody in who is locked out.

use std::net::Ipv4Addr;

use ledger::id::UserId;
use ledger::person::{Email, Password, SignUp};
use ledger::staff::{Deed, Rank};
use uuid::Uuid;

use super::{Act, By, begin, keep_an_admin, set_rank};
use crate::{
    Backend, ClientInfo, Error, Policy, Result, breaches, factors, households, passkeys, passwords, sessions, tokens,
    users, ways_in,
};

/// How somebody gets in.
#[derive(Clone, Debug)]
pub enum NewPassword {
    /// By this one.
    Given(Password),
    /// By one that they choose behind a link, which is good once and for an hour.
    ByLink,
}

/// Makes an account, whoever may sign up, and its owner an administrator.
///
/// # Errors
/// [`Error::Invalid`] where the address is taken or the password is too easy to guess.
pub async fn create(backend: &Backend, sign_up: SignUp) -> Result<()> {
    let email = sign_up.person.email.clone();
    let policy = Policy { registration_open: true, confirm_first: false, ..backend.policy.clone() };
    let open = Backend { founding: false, ..backend.clone().with_policy(policy) };
    let client = ClientInfo::new(Ipv4Addr::LOCALHOST.into(), "expenso admin create");
    let session = users::sign_up(&open, sign_up, &client).await?.session;
    if let Some(who) = sessions::find(backend, session).await? {
        sessions::log_out(backend, &who).await?;
    }
    set(backend, &email, Some(Rank::Admin), Deed::Create).await
}

/// Gives or takes a rank.
///
/// # Errors
/// [`Error::NotFound`] where nobody has the address, [`Error::Conflict`] for the last administrator.
pub async fn rank(backend: &Backend, email: &Email, rank: Option<Rank>) -> Result<()> {
    set(backend, email, rank, if rank.is_some() { Deed::Grant } else { Deed::Revoke }).await
}

async fn set(backend: &Backend, email: &Email, rank: Option<Rank>, deed: Deed) -> Result<()> {
    let user = id_of(backend, email).await?;
    let act = Act { deed, about: Some(user), detail: rank.map_or("", Rank::as_str), why: "" };
    let mut tx = begin(backend, By::CommandLine, act).await?;
    if rank != Some(Rank::Admin) {
        keep_an_admin(&mut tx, user).await?;
    }
    tx.query("update installation set founded = true").execute().await?;
    set_rank(&mut tx, user, rank).await?;
    tx.commit().await
}

/// Sets another password and ends every session, webhook and invitation of the person, or answers the secret of a link
/// behind which they do so themselves. Whoever hands out the link vouches for the address.
///
/// # Errors
/// [`Error::NotFound`] where nobody has the address, [`Error::Invalid`] where the password is too easy to guess.
pub async fn reset_password(backend: &Backend, email: &Email, password: NewPassword) -> Result<Option<String>> {
    let user = id_of(backend, email).await?;
    let act = Act { deed: Deed::ResetPassword, about: Some(user), detail: "", why: "" };
    let NewPassword::Given(password) = password else {
        let mut tx = begin(backend, By::CommandLine, Act { detail: "by a link", ..act }).await?;
        let secret = tokens::reset_link(&mut tx, backend, user).await?;
        tx.commit().await?;
        return Ok(Some(secret));
    };
    passwords::refuse_easy(&backend.policy.place, &password)?;
    if password.is_one_of(&[email.as_str()]) {
        return Err(Error::invalid("password", "Choose a password that is not the email address"));
    }
    breaches::refuse_stolen(backend, &password).await?;
    let hash = backend.passwords.hash(password).await?;
    let mut tx = begin(backend, By::CommandLine, act).await?;
    users::set_password(&mut tx, backend, user, hash).await?;
    ways_in::forget_unproven(&mut tx, backend, user).await?;
    households::take_back(&mut tx, user, false).await?;
    sessions::end_all(&mut tx, backend, user, None).await?;
    tx.commit().await?;
    Ok(None)
}

/// Turns the second factor of somebody off, who has lost their app and their recovery codes or whose account somebody
/// else has made their own, with their passkeys and sessions, and writes to them; tells whether there was any.
pub async fn end_second_factor(backend: &Backend, email: &Email) -> Result<bool> {
    let user = id_of(backend, email).await?;
    let act = Act { deed: Deed::EndSecondFactor, about: Some(user), detail: "", why: "" };
    let mut tx = begin(backend, By::CommandLine, act).await?;
    let was_on = factors::end_of(&mut tx, backend, user).await?;
    let had_keys = passkeys::forget(&mut tx, backend, user).await?;
    if was_on || had_keys {
        sessions::end_all(&mut tx, backend, user, None).await?;
        tx.commit().await?;
    }
    Ok(was_on || had_keys)
}

/// Whoever has this address, whatever the state of their account.
async fn id_of(backend: &Backend, email: &Email) -> Result<UserId> {
    let mut tx = backend.db.read().await?;
    let found = tx.query("select id from users where email_key = $1").bind(email.key()).optional::<(Uuid,)>().await?;
    found.map(|(id,)| UserId(id)).ok_or(Error::NotFound)
}
