//! People: how they come, and what they may change about themselves.

use chrono::{DateTime, Utc};
use ledger::Currency;
use ledger::id::{BookId, UserId};
use ledger::person::{Email, Look, Newcomer, Password, PasswordChange, ProfileChange, SignUp};
use uuid::Uuid;

use crate::clock::TimeZone;
use crate::passwords::{self, NO_PASSWORD, Verdict};
use crate::request::ClientInfo;
use crate::sessions::{self, NewSession, SignedIn};
use crate::throttle::{self, Limit};
use crate::tokens::{self, Purpose};
use crate::{
    Backend, Error, Member, Result, Role, Tx, access_tokens, breaches, factors, fresh, outbox, staff, starter,
};

/// What a person has said about themselves, and the book they keep.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that is known of a person")]
pub struct Profile {
    pub user: UserId,
    pub name: String,
    pub email: String,
    /// Whether the person has shown that the address is theirs.
    pub confirmed: bool,
    pub phone: Option<String>,
    pub locale: String,
    pub time_zone: String,
    pub country: String,
    pub look: Look,
    /// Whether alerts go to the address.
    pub alerts_by_mail: bool,
    pub book_name: String,
    pub currency: Currency,
    /// `monday`, `sunday` or `saturday`.
    pub week_start: String,
    /// Whether the book holds samples.
    pub has_samples: bool,
    pub first_steps_skipped: bool,
    /// When the account is deleted, if the person or staff wished so.
    pub leaves_at: Option<DateTime<Utc>>,
    pub leaves_by_staff: bool,
    /// Whether logging in takes a second step.
    pub has_second_factor: bool,
    /// Whether there is one; others come in by a provider or a passkey alone.
    pub has_password: bool,
}

/// Makes the person, their book with its first categories and accounts, and a session; writes to them
/// that they may confirm their address.
///
/// # Errors
/// [`Error::Forbidden`] where nobody may sign up, or an address is [confirmed first](crate::newcomers); a message beside
/// `email` when the address is taken.
pub async fn sign_up(backend: &Backend, sign_up: SignUp, client: &ClientInfo) -> Result<NewSession> {
    if backend.policy.confirm_first {
        return Err(Error::Forbidden);
    }
    let (person, password_hash) = checked(backend, sign_up, client).await?;
    let mut tx = backend.db.write().await?;
    let user = create(&mut tx, backend, &person, password_hash).await?;
    tokens::push_confirmation(&mut tx, backend, user).await?;
    let session = sessions::start(&mut tx, backend, user, client).await?;
    tx.commit().await?;
    backend.wake_outbox();
    Ok(session)
}

/// Looks at all of a sign-up but the address, which takes the same time whether somebody has that or not; answers the
/// person and the hash of their password.
pub(crate) async fn checked(backend: &Backend, sign_up: SignUp, client: &ClientInfo) -> Result<(Newcomer, String)> {
    if !backend.policy.registration_open {
        return Err(Error::Forbidden);
    }
    known_zone(&sign_up.person.time_zone)?;
    passwords::refuse_easy(&backend.policy.place, &sign_up.password)?;
    let limit = Limit::new("sign_up", backend.policy.sign_ups_per_minute, 60);
    throttle::take(backend, &[(limit, &client.network())]).await?;
    breaches::refuse_stolen(backend, &sign_up.password).await?;
    let hash = backend.passwords.hash(sign_up.password).await?;
    Ok((sign_up.person, hash))
}

/// The person with their book, its first categories and accounts.
///
/// # Errors
/// A message beside `email` when the address is taken; nothing more can be done in the transaction then.
pub(crate) async fn create(tx: &mut Tx, backend: &Backend, person: &Newcomer, hash: String) -> Result<UserId> {
    let user = UserId(backend.clock.new_id());
    match insert_user(tx, backend, user, person, hash).await {
        Err(error) if error.is_unique_violation() => {
            let message = "This address cannot be used. If it is yours, log in or reset your password";
            return Err(Error::invalid("email", message));
        }
        other => other?,
    }
    staff::welcome(tx, backend, user, &person.email).await?;
    let book = insert_book(tx, backend, user, person).await?;
    starter::fill(tx, &backend.clock, book, person.currency).await?;
    Ok(user)
}

async fn insert_user(tx: &mut Tx, backend: &Backend, user: UserId, person: &Newcomer, hash: String) -> Result<()> {
    tx.query(
        "insert into users (id, email, email_key, name, password_hash, phone, locale, time_zone, country, theme,
                            created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'auto', $10)",
    )
    .bind(user.0)
    .bind(person.email.as_str())
    .bind(person.email.key())
    .bind(&*person.name)
    .bind(hash)
    .bind(person.phone.clone())
    .bind(&*person.locale)
    .bind(&*person.time_zone)
    .bind(person.country.as_str())
    .bind(backend.clock.now())
    .execute()
    .await?;
    Ok(())
}

async fn insert_book(tx: &mut Tx, backend: &Backend, user: UserId, person: &Newcomer) -> Result<BookId> {
    let book = BookId(backend.clock.new_id());
    tx.query("insert into books (id, name, currency, planned_income, created_at) values ($1, $2, $3, $4, $5)")
        .bind(book.0)
        .bind(&*person.name)
        .bind(person.currency.code())
        .bind(person.income.map(|income| income.minor))
        .bind(backend.clock.now())
        .execute()
        .await?;
    tx.query("insert into members (book_id, user_id, role) values ($1, $2, $3)")
        .bind(book.0)
        .bind(user.0)
        .bind(Role::Owner.as_str())
        .execute()
        .await?;
    Ok(book)
}

pub(crate) fn known_zone(name: &str) -> Result<()> {
    match name.parse::<TimeZone>() {
        Ok(_) => Ok(()),
        Err(_) => Err(Error::invalid("time_zone", "Choose a time zone from the list")),
    }
}

/// The member's profile as it is now.
pub async fn profile(backend: &Backend, member: &Member) -> Result<Profile> {
    let mut tx = backend.db.read().await?;
    let row = tx
        .query(
            "select u.name, u.email, u.confirmed_at, u.phone, u.locale, u.time_zone, u.country, u.theme,
                    u.alerts_by_mail, u.first_steps_skipped, u.leaves_at, u.leaves_by_staff,
                    a.on_since as second_since, u.password_hash <> 'none' as has_password,
                    b.name as book_name, b.currency, b.week_start, b.has_samples
             from users u join members m on m.user_id = u.id join books b on b.id = m.book_id
             left join authenticators a on a.user_id = u.id
             where u.id = $1 and b.id = $2",
        )
        .bind(member.user().0)
        .bind(member.book().0)
        .optional::<ProfileRow>()
        .await?
        .ok_or(Error::NotFound)?;
    Ok(Profile {
        user: member.user(),
        name: row.name,
        email: row.email,
        confirmed: row.confirmed_at.is_some(),
        phone: row.phone,
        locale: row.locale,
        time_zone: row.time_zone,
        country: row.country,
        look: row.theme.parse().unwrap_or_default(),
        alerts_by_mail: row.alerts_by_mail,
        book_name: row.book_name,
        currency: row.currency.parse().map_err(Error::internal)?,
        week_start: row.week_start,
        has_samples: row.has_samples,
        first_steps_skipped: row.first_steps_skipped,
        leaves_at: row.leaves_at,
        leaves_by_staff: row.leaves_by_staff,
        has_second_factor: row.second_since.is_some(),
        has_password: row.has_password,
    })
}

#[derive(sqlx::FromRow)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that is known of a person")]
struct ProfileRow {
    name: String,
    email: String,
    confirmed_at: Option<DateTime<Utc>>,
    phone: Option<String>,
    locale: String,
    time_zone: String,
    country: String,
    theme: String,
    alerts_by_mail: bool,
    book_name: String,
    currency: String,
    week_start: String,
    has_samples: bool,
    first_steps_skipped: bool,
    leaves_at: Option<DateTime<Utc>>,
    leaves_by_staff: bool,
    second_since: Option<DateTime<Utc>>,
    has_password: bool,
}

/// Keeps what the person has changed about themselves.
pub async fn save_profile(backend: &Backend, member: &Member, change: ProfileChange) -> Result<Profile> {
    known_zone(&change.time_zone)?;
    let mut tx = backend.db.write().await?;
    tx.query("update users set name = $1, phone = $2, locale = $3, time_zone = $4, country = $5 where id = $6")
        .bind(change.name)
        .bind(change.phone)
        .bind(change.locale)
        .bind(change.time_zone)
        .bind(change.country.as_str())
        .bind(member.user().0)
        .execute()
        .await?;
    tx.commit().await?;
    profile(backend, member).await
}

/// Keeps the look, which a new device then begins with.
pub async fn save_look(backend: &Backend, member: &Member, look: Look) -> Result<()> {
    let mut tx = backend.db.write().await?;
    tx.query("update users set theme = $1 where id = $2")
        .bind(look.to_string())
        .bind(member.user().0)
        .execute()
        .await?;
    tx.commit().await
}

/// Switches alerts by mail on or off, for this person alone.
pub async fn save_alerts_by_mail(backend: &Backend, member: &Member, wanted: bool) -> Result<()> {
    let mut tx = backend.db.write().await?;
    let sql = "update users set alerts_by_mail = $1 where id = $2";
    tx.query(sql).bind(wanted).bind(member.user().0).execute().await?;
    tx.commit().await
}

/// Sets another password, or the first one, for whoever shows once more who they are, ends the other sessions and tells
/// the owner.
pub async fn change_password(backend: &Backend, who: &SignedIn, change: PasswordChange) -> Result<()> {
    let user = who.member.user();
    let known = [who.person.name.as_str(), who.person.email.as_str()];
    if change.password.is_one_of(&known) {
        return Err(Error::invalid("password", "Choose a password that is not your name or email address"));
    }
    passwords::refuse_easy(&backend.policy.place, &change.password)?;
    fresh::once_more(backend, who, change.proof, ("current", "This is not your present password")).await?;
    breaches::refuse_stolen(backend, &change.password).await?;
    let hash = backend.passwords.hash(change.password).await?;
    let mut tx = backend.db.write().await?;
    set_password(&mut tx, backend, user, hash).await?;
    sessions::end_all(&mut tx, backend, user, Some(who.session)).await?;
    tx.commit().await?;
    backend.wake_outbox();
    Ok(())
}

/// Whether this is the person's password. Whoever asks counts the tries.
///
/// # Errors
/// A message beside `field` when the person has none.
pub(crate) async fn knows_password(
    backend: &Backend,
    user: UserId,
    field: &'static str,
    password: Password,
) -> Result<bool> {
    let mut tx = backend.db.read().await?;
    let (stored,) = tx.query("select password_hash from users where id = $1").bind(user.0).one::<(String,)>().await?;
    drop(tx);
    if stored == NO_PASSWORD {
        return Err(Error::invalid(field, "You have no password yet: ask for a link by mail to choose one"));
    }
    Ok(backend.passwords.verify(password, Some(stored)).await? != Verdict::Wrong)
}

/// Makes links for another password or address, calendar links and access tokens useless.
pub(crate) async fn end_open_links(tx: &mut Tx, backend: &Backend, user: UserId) -> Result<()> {
    tokens::end(tx, backend, user, Purpose::Reset).await?;
    tokens::end(tx, backend, user, Purpose::Address).await?;
    // Whoever had the password may wait for their second step, or have made a link.
    factors::second::end_waiting(tx, user).await?;
    tx.query("delete from calendar_feeds where user_id = $1").bind(user.0).execute().await?;
    access_tokens::end_all(tx, backend, user).await
}

/// Writes the new hash, ends what was opened with the former password, and writes to the owner.
pub(crate) async fn set_password(tx: &mut Tx, backend: &Backend, user: UserId, hash: String) -> Result<()> {
    let now = backend.clock.now();
    tx.query("update users set password_hash = $1 where id = $2").bind(hash).bind(user.0).execute().await?;
    end_open_links(tx, backend, user).await?;
    let key = format!("password_changed:{}", backend.clock.new_id());
    let payload = serde_json::json!({ "user": user, "at": now });
    let push = outbox::Push { key, kind: "password_changed", book: None, user: Some(user), payload, due: now };
    outbox::push(tx, &backend.clock, push).await?;
    Ok(())
}

/// Whom a letter goes to.
#[derive(Clone, Debug)]
pub struct Recipient {
    pub name: String,
    pub email: Email,
    pub confirmed: bool,
    /// Whether they want a letter when a budget is exceeded.
    pub alerts_by_mail: bool,
    pub locale: String,
    pub time_zone: TimeZone,
}

/// Keeps that the member needs no first steps.
pub async fn skip_first_steps(backend: &Backend, member: &Member) -> Result<()> {
    let mut tx = backend.db.write().await?;
    tx.query("update users set first_steps_skipped = true where id = $1").bind(member.user().0).execute().await?;
    tx.commit().await
}

macro_rules! recipients {
    ($which:literal) => {
        concat!(
            "select name, email, confirmed_at, alerts_by_mail, locale, time_zone from users where id = $1 and ",
            $which
        )
    };
}

/// The person a letter is for, unless they are gone.
pub async fn recipient(backend: &Backend, user: UserId) -> Result<Option<Recipient>> {
    recipient_of(backend, recipients!("disabled_at is null"), user).await
}

/// The person for whom the letter is that tells of their suspension, while it lasts.
pub(crate) async fn suspended_recipient(backend: &Backend, user: UserId) -> Result<Option<Recipient>> {
    recipient_of(backend, recipients!("suspended_at is not null"), user).await
}

async fn recipient_of(backend: &Backend, sql: &'static str, user: UserId) -> Result<Option<Recipient>> {
    let mut tx = backend.db.read().await?;
    let row =
        tx.query(sql).bind(user.0).optional::<(String, String, Option<DateTime<Utc>>, bool, String, String)>().await?;
    row.map(|(name, email, confirmed_at, alerts_by_mail, locale, zone)| {
        let email = email.parse().map_err(Error::internal)?;
        let time_zone = zone.parse().unwrap_or(TimeZone::UTC);
        Ok(Recipient { name, email, confirmed: confirmed_at.is_some(), alerts_by_mail, locale, time_zone })
    })
    .transpose()
}

/// The person with this address, if there is one.
pub(crate) async fn id_of(tx: &mut Tx, email: &Email) -> Result<Option<UserId>> {
    let found = tx
        .query("select id from users where email_key = $1 and disabled_at is null")
        .bind(email.key())
        .optional::<(Uuid,)>()
        .await?;
    Ok(found.map(|(id,)| UserId(id)))
}
