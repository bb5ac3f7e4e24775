//! Sessions: each a row that can be revoked, and the only place where a [`Member`] is made.

use chrono::{DateTime, TimeDelta, Utc};
use ledger::Currency;
use ledger::id::{BookId, UserId};
use ledger::person::{LogIn, Look};
use uuid::Uuid;

use crate::clock::TimeZone;
use crate::passwords::Verdict;
use crate::request::ClientInfo;
use crate::rows::word;
use crate::staff::{Looked, Support};
use crate::throttle::{self, Limit};
use crate::users::Profile;
use crate::{
    Admission, Backend, Error, Member, Result, Role, Staff, Tx, devices, factors, fresh, secrets, staff, tokens, watch,
};

/// How long a session lasts after its last use.
pub const LIFETIME: TimeDelta = TimeDelta::days(30);
/// How long a session lasts after all, however much it is used: a device that was forgotten somewhere is signed out in the
/// end, and four times a year a person types what they must not forget.
pub const LONGEST: TimeDelta = TimeDelta::days(90);
/// Wrong tries from one network and for one account. The account's limit is higher, so that somebody who
/// guesses from one place does not keep the owner out at another.
const BY_NETWORK: Limit = Limit::new("log_in_network", 8, 60);
const BY_ACCOUNT: Limit = Limit::new("log_in_account", 10, 60);
/// Wrong tries from a browser that the account was used from before, counted apart from those of strangers.
const BY_DEVICE: Limit = Limit::new("log_in_device", 10, 60);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SessionId(pub Uuid);

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub member: Member,
    pub session: SessionId,
    pub person: Profile,
    /// Every book of the person, the one that is open among them, the oldest first.
    pub books: Vec<OwnBook>,
    /// What they may do for others.
    pub staff: Option<Staff>,
    /// Whose book is open, where it is that of a person who consents to be helped.
    pub support: Option<Support>,
    /// Until when staff may read the book that is open.
    pub read_until: Option<DateTime<Utc>>,
}

impl SignedIn {
    /// The same person in another book of theirs.
    pub fn in_book(&self, book: &OwnBook) -> Member {
        Member::new(self.member.user(), book.id, book.role, self.member.zone())
    }

    /// In the book of a person who consents, which they may look at and no more.
    fn looking_at(self, looked: Looked) -> Result<Self> {
        let Some(staff) = self.staff else { return Ok(self) };
        let member = Member::new(self.member.user(), BookId(looked.id), Role::Viewer, self.member.zone());
        let currency = word(&looked.currency)?;
        let support = Some(looked.by(staff));
        let Looked { name: book_name, week_start, has_samples, .. } = looked;
        let person = Profile { book_name, currency, week_start, has_samples, ..self.person };
        Ok(Self { member, person, support, read_until: None, ..self })
    }
}

/// A book that a person belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnBook {
    pub id: BookId,
    pub name: String,
    pub role: Role,
}

/// A session that was just begun, with the secret that renews it.
pub struct NewSession {
    pub session: SessionId,
    pub user: UserId,
    /// 256 random bits; only their hash is stored.
    pub refresh: String,
    /// The mark by which this browser is known when the person logs in again.
    pub device: String,
    /// The look that the person chose.
    pub look: Look,
}

/// A session as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionInfo {
    pub id: SessionId,
    pub user_agent: String,
    pub created_at: DateTime<Utc>,
    pub last_used_at: DateTime<Utc>,
    /// Whether it is the one that asks.
    pub current: bool,
}

/// Begins a session for whoever knows the password, or asks for their second step. Every failure has the same words and
/// takes the same work.
///
/// Where an address is confirmed first, whoever knows the password of an account whose address is not is told so, and
/// gets the letter once more: they made the account, so that they learn nothing. Any other password is wrong, as ever.
pub async fn log_in(backend: &Backend, log_in: LogIn, client: &ClientInfo) -> Result<Admission> {
    let network = client.network();
    let strangers = [(BY_NETWORK, network.as_str()), (BY_ACCOUNT, log_in.email_key.as_str())];
    let own = devices::known(backend, &log_in.email_key, client).map(|device| [(BY_DEVICE, device)]);
    let limits = own.as_ref().map_or(&strangers[..], |own| &own[..]);
    throttle::take(backend, limits).await?;

    let mut tx = backend.db.read().await?;
    let found = tx
        // Whoever is suspended is told so by `start`, but only once the password is right.
        .query(
            "select id, password_hash from users
             where email_key = $1 and (disabled_at is null or suspended_at is not null)",
        )
        .bind(&*log_in.email_key)
        .optional::<(Uuid, String)>()
        .await?;
    drop(tx);
    let stored = found.as_ref().map(|(_, hash)| hash.clone());
    let verdict = backend.passwords.verify(log_in.password.clone(), stored.clone()).await?;
    let known = found.as_ref().map(|(user, _)| UserId(*user));
    let (Some((user, _)), true) = (found, verdict != Verdict::Wrong) else {
        watch::refused(known, "password");
        return Err(Error::invalid("", "Incorrect email or password"));
    };
    let stronger = match verdict {
        Verdict::RightButWeak => Some(backend.passwords.hash(log_in.password).await?),
        _ => None,
    };
    let mut tx = backend.db.write().await?;
    if !may_come_in(&mut tx, backend, UserId(user)).await? {
        tokens::push_again(&mut tx, backend, UserId(user)).await?;
        tx.commit().await?;
        backend.wake_outbox();
        return Err(confirm_first());
    }
    if let Some(hash) = stronger {
        // Only over the hash that was checked: a change made meanwhile stays.
        tx.query("update users set password_hash = $1 where id = $2 and password_hash = $3")
            .bind(hash)
            .bind(user)
            .bind(stored)
            .execute()
            .await?;
    }
    for (limit, whose) in limits {
        throttle::give_back(&mut tx, backend, *limit, whose).await?;
    }
    let admission = factors::admit(&mut tx, backend, UserId(user), client).await?;
    tx.commit().await?;
    Ok(admission)
}

/// Tells whoever is suspended so; called once they have proven who they are.
pub(crate) async fn refuse_suspended(tx: &mut Tx, user: UserId) -> Result<()> {
    let sql = "select suspended_at is not null from users where id = $1";
    match tx.query(sql).bind(user.0).one::<(bool,)>().await? {
        (true,) => Err(Error::invalid("", "This account is suspended. Ask whoever runs this server")),
        (false,) => Ok(()),
    }
}

/// Whether a session of the person may begin: not while their address is to be confirmed first.
pub(crate) async fn may_come_in(tx: &mut Tx, backend: &Backend, user: UserId) -> Result<bool> {
    if !backend.policy.confirm_first {
        return Ok(true);
    }
    let sql = "select confirmed_at is not null from users where id = $1";
    Ok(tx.query(sql).bind(user.0).one::<(bool,)>().await?.0)
}

fn confirm_first() -> Error {
    Error::invalid("", "Confirm your address first: open the link of the letter that we sent you, then log in")
}

/// Begins a session inside the transaction that earned it.
///
/// # Errors
/// [`Error::Invalid`] with words for whoever is suspended, or must confirm their address first.
pub(crate) async fn start(tx: &mut Tx, backend: &Backend, user: UserId, client: &ClientInfo) -> Result<NewSession> {
    let now = backend.clock.now();
    let session = SessionId(backend.clock.new_id());
    let refresh = secrets::random();
    refuse_suspended(tx, user).await?;
    if !may_come_in(tx, backend, user).await? {
        return Err(confirm_first());
    }
    let sql = "select email_key, theme from users where id = $1";
    let (email_key, theme) = tx.query(sql).bind(user.0).one::<(String, String)>().await?;
    tx.query(
        "insert into sessions (id, user_id, refresh_hash, user_agent, created_at, last_used_at, expires_at)
         values ($1, $2, $3, $4, $5, $5, $6)",
    )
    .bind(session.0)
    .bind(user.0)
    .bind(secrets::fingerprint(&refresh))
    .bind(&*client.user_agent)
    .bind(now)
    .bind(now + LIFETIME)
    .execute()
    .await?;
    watch::came_in(user);
    let device = devices::mark(backend, &email_key, client);
    Ok(NewSession { session, user, refresh, device, look: theme.parse().unwrap_or_default() })
}

/// Who is signed in with this session; nobody once it is revoked or too old, or the person is blocked.
pub async fn find(backend: &Backend, session: SessionId) -> Result<Option<SignedIn>> {
    let mut tx = backend.db.read().await?;
    let row = tx
        .query(
            "select s.id as session_id, s.book_id as open_book, s.consent_id, u.id as user_id, u.name, u.email, u.phone, u.locale,
                    u.time_zone, u.country, u.theme, u.alerts_by_mail, u.confirmed_at, u.first_steps_skipped, u.leaves_at,
                    u.leaves_by_staff, u.staff, a.on_since as second_since,
                    u.password_hash <> 'none' as has_password
             from sessions s join users u on u.id = s.user_id left join authenticators a on a.user_id = u.id
             where s.id = $1 and s.revoked_at is null and s.expires_at > $2 and u.disabled_at is null",
        )
        .bind(session.0)
        .bind(backend.clock.now())
        .optional::<SignedInRow>()
        .await?;
    let Some(row) = row else { return Ok(None) };
    let books: Vec<BookRow> = tx
        .query(
            "select b.id, b.name, b.currency, b.week_start, b.has_samples, m.role,
                (select c.until from consents c where c.book_id = b.id and c.until > $2 and c.ended_at is null
                 order by c.until desc limit 1) as read_until
             from members m join books b on b.id = m.book_id where m.user_id = $1
             order by case when m.role = 'owner' then 0 else 1 end, m.book_id",
        )
        .bind(row.user_id)
        .bind(backend.clock.now())
        .all()
        .await?;
    let staff = staff::read_rank(row.staff.as_deref())?.map(|rank| Staff::new(UserId(row.user_id), rank));
    let looked = match (staff, row.consent_id) {
        (Some(staff), Some(consent)) => staff::looked(&mut tx, backend, staff, consent).await?,
        _ => None,
    };
    let who = row.into_signed_in(&books, staff)?;
    match (who, looked) {
        (Some(who), Some(looked)) => who.looking_at(looked).map(Some),
        (who, _) => Ok(who),
    }
}

/// The session that a refresh secret belongs to, now good for another [`LIFETIME`], though not beyond [`LONGEST`].
pub async fn renew(backend: &Backend, refresh: &str) -> Result<Option<SignedIn>> {
    let now = backend.clock.now();
    let mut tx = backend.db.write().await?;
    let found = tx
        .query(
            "update sessions set last_used_at = $1
             where refresh_hash = $2 and revoked_at is null and expires_at > $1
             returning id, created_at",
        )
        .bind(now)
        .bind(secrets::fingerprint(refresh))
        .optional::<(Uuid, DateTime<Utc>)>()
        .await?;
    let Some((id, created_at)) = found else { return Ok(None) };
    tx.query("update sessions set expires_at = $1 where id = $2")
        .bind((now + LIFETIME).min(created_at + LONGEST))
        .bind(id)
        .execute()
        .await?;
    tx.commit().await?;
    find(backend, SessionId(id)).await
}

/// The session that a refresh secret belongs to, as it is: for when the database can only be read.
pub async fn find_by_refresh(backend: &Backend, refresh: &str) -> Result<Option<SignedIn>> {
    let mut tx = backend.db.read().await?;
    let found = tx
        .query("select id from sessions where refresh_hash = $1")
        .bind(secrets::fingerprint(refresh))
        .optional::<(Uuid,)>()
        .await?;
    drop(tx);
    match found {
        Some((id,)) => find(backend, SessionId(id)).await,
        None => Ok(None),
    }
}

/// Ends this session.
pub async fn log_out(backend: &Backend, who: &SignedIn) -> Result<()> {
    end_one(backend, &who.member, who.session).await
}

/// Ends one session of the member.
pub async fn end_one(backend: &Backend, member: &Member, session: SessionId) -> Result<()> {
    let mut tx = backend.db.write().await?;
    tx.query("update sessions set revoked_at = $1 where id = $2 and user_id = $3 and revoked_at is null")
        .bind(backend.clock.now())
        .bind(session.0)
        .bind(member.user().0)
        .execute()
        .await?;
    tx.commit().await
}

/// Ends a session that the person chose: this one, or another one of theirs after a fresh proof.
///
/// # Errors
/// [`Error::ProveFirst`]: whoever sits at an open browser does not keep its owner out elsewhere.
pub async fn end_chosen(backend: &Backend, who: &SignedIn, session: SessionId) -> Result<()> {
    if session != who.session {
        fresh::insist(backend, who).await?;
    }
    end_one(backend, &who.member, session).await
}

/// Ends every other session of the person; answers how many there were.
///
/// # Errors
/// [`Error::ProveFirst`].
pub async fn end_others(backend: &Backend, who: &SignedIn) -> Result<u64> {
    fresh::insist(backend, who).await?;
    let mut tx = backend.db.write().await?;
    let ended = end_all(&mut tx, backend, who.member.user(), Some(who.session)).await?;
    tx.commit().await?;
    Ok(ended)
}

/// Goes on only while the session lasts, and holds its end up until the transaction is over.
///
/// # Errors
/// [`Error::Conflict`] where it has ended meanwhile.
pub(crate) async fn insist_on(tx: &mut Tx, session: SessionId) -> Result<()> {
    let sql = "update sessions set last_used_at = last_used_at where id = $1 and revoked_at is null";
    match tx.query(sql).bind(session.0).execute().await? {
        0 => Err(Error::Conflict("This session has ended meanwhile. Log in once more.".into())),
        _ => Ok(()),
    }
}

/// Ends every session of the person but one.
pub(crate) async fn end_all(tx: &mut Tx, backend: &Backend, user: UserId, but: Option<SessionId>) -> Result<u64> {
    tx.query("update sessions set revoked_at = $1 where user_id = $2 and id <> $3 and revoked_at is null")
        .bind(backend.clock.now())
        .bind(user.0)
        .bind(but.map_or(Uuid::nil(), |session| session.0))
        .execute()
        .await
}

/// The person's open sessions, the last used first.
pub async fn list(backend: &Backend, who: &SignedIn) -> Result<Vec<SessionInfo>> {
    let mut tx = backend.db.read().await?;
    let rows = tx
        .query(
            "select id, user_agent, created_at, last_used_at from sessions
             where user_id = $1 and revoked_at is null and expires_at > $2
             order by last_used_at desc, id limit 100",
        )
        .bind(who.member.user().0)
        .bind(backend.clock.now())
        .all::<(Uuid, String, DateTime<Utc>, DateTime<Utc>)>()
        .await?;
    let info = |(id, user_agent, created_at, last_used_at)| {
        let id = SessionId(id);
        SessionInfo { id, user_agent, created_at, last_used_at, current: id == who.session }
    };
    Ok(rows.into_iter().map(info).collect())
}

#[derive(sqlx::FromRow)]
struct BookRow {
    id: Uuid,
    name: String,
    currency: String,
    week_start: String,
    has_samples: bool,
    role: String,
    read_until: Option<DateTime<Utc>>,
}

#[derive(sqlx::FromRow)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that is known of a person")]
struct SignedInRow {
    session_id: Uuid,
    open_book: Option<Uuid>,
    consent_id: Option<Uuid>,
    user_id: Uuid,
    name: String,
    email: String,
    phone: Option<String>,
    locale: String,
    time_zone: String,
    country: String,
    theme: String,
    alerts_by_mail: bool,
    confirmed_at: Option<DateTime<Utc>>,
    first_steps_skipped: bool,
    leaves_at: Option<DateTime<Utc>>,
    leaves_by_staff: bool,
    staff: Option<String>,
    second_since: Option<DateTime<Utc>>,
    has_password: bool,
}

impl SignedInRow {
    /// In the book that is open, or else the first one, which is of one's own where there is any; nobody without a book.
    fn into_signed_in(self, books: &[BookRow], staff: Option<Staff>) -> Result<Option<SignedIn>> {
        let open = books.iter().find(|book| Some(book.id) == self.open_book).or(books.first());
        let Some(open) = open else { return Ok(None) };
        let user = UserId(self.user_id);
        let zone: TimeZone = self.time_zone.parse().unwrap_or(TimeZone::UTC);
        let currency: Currency = open.currency.parse().map_err(Error::internal)?;
        let own =
            |book: &BookRow| Ok(OwnBook { id: BookId(book.id), name: book.name.clone(), role: word(&book.role)? });
        Ok(Some(SignedIn {
            member: Member::new(user, BookId(open.id), word(&open.role)?, zone),
            session: SessionId(self.session_id),
            books: books.iter().map(own).collect::<Result<_>>()?,
            staff,
            support: None,
            read_until: open.read_until,
            person: Profile {
                user,
                name: self.name,
                email: self.email,
                confirmed: self.confirmed_at.is_some(),
                phone: self.phone,
                locale: self.locale,
                time_zone: self.time_zone,
                country: self.country,
                look: self.theme.parse().unwrap_or_default(),
                alerts_by_mail: self.alerts_by_mail,
                book_name: open.name.clone(),
                currency,
                week_start: open.week_start.clone(),
                has_samples: open.has_samples,
                first_steps_skipped: self.first_steps_skipped,
                leaves_at: self.leaves_at,
                leaves_by_staff: self.leaves_by_staff,
                has_second_factor: self.second_since.is_some(),
                has_password: self.has_password,
            },
        }))
    }
}
