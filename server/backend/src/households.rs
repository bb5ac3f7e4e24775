//! The people of a book, and the books of a person.

mod back;

use chrono::{DateTime, TimeDelta, Utc};
use ledger::id::{BookId, UserId};
use ledger::person::{Invite, Role};
use uuid::Uuid;

use crate::derived::Derived;
use crate::outbox::{self, Push};
use crate::request::ClientInfo;
use crate::rows::{each, word};
use crate::throttle::{self, Limit};
use crate::{Backend, Error, Member, Result, SignedIn, Tx, secrets};

pub use back::{UNDO, rejoin, restore};

/// How long an invitation is good.
const LIFETIME: TimeDelta = TimeDelta::days(7);
/// The most people of one book, those who are invited included.
const MOST: i64 = 20;
const INVITES: Limit = Limit::new("invite", 20, 3600);
/// Tries of a link from one network.
const LINKS: Limit = Limit::new("invitation_network", 30, 60);
/// What links end with.
pub(crate) const SECRET: Derived = Derived {
    purpose: "invitation",
    find: "select sealed from invitations where id = $1",
    all: "select id, sealed from invitations",
    keep: "update invitations set sealed = $1 where id = $2",
};

/// Somebody who belongs to the book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub user: UserId,
    pub name: String,
    pub email: String,
    pub role: Role,
}

/// Somebody who was asked and has not answered yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invited {
    pub id: Uuid,
    pub email: String,
    pub role: Role,
    pub expires_at: DateTime<Utc>,
    /// What the link ends with.
    pub secret: String,
}

/// What an invitation offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    pub book: String,
    /// Who invites.
    pub name: String,
    pub role: Role,
}

/// The people of the book, the owners first.
pub async fn people(backend: &Backend, member: &Member) -> Result<Vec<Person>> {
    let mut tx = backend.db.read().await?;
    let rows: Vec<(Uuid, String, String, String)> = tx
        .query(
            "select u.id, u.name, u.email, m.role from members m join users u on u.id = m.user_id
             where m.book_id = $1 order by u.name, u.id",
        )
        .bind(member.book().0)
        .all()
        .await?;
    let read = |(user, name, email, role): (Uuid, String, String, String)| {
        Ok(Person { user: UserId(user), name, email, role: word(&role)? })
    };
    let mut people = each(rows, read)?;
    people.sort_by_key(|person| std::cmp::Reverse(person.role));
    Ok(people)
}

/// Id, address, role, end, and what is sealed of the secret.
type InvitedRow = (Uuid, String, String, DateTime<Utc>, Option<String>);

/// Those who were invited and may still accept; for owners alone, as each link lets somebody in.
pub async fn invited(backend: &Backend, member: &Member) -> Result<Vec<Invited>> {
    if !member.role().may_invite() {
        return Ok(Vec::new());
    }
    let mut tx = backend.db.read().await?;
    let rows: Vec<InvitedRow> = tx
        .query(
            "select id, email, role, expires_at, sealed from invitations
             where book_id = $1 and expires_at > $2 and revoked_at is null order by made_at, id",
        )
        .bind(member.book().0)
        .bind(backend.clock.now())
        .all()
        .await?;
    let read = |(id, email, role, expires_at, sealed): InvitedRow| {
        let secret = secrets::hex(&SECRET.read(&backend.key, id, sealed.as_deref()));
        Ok(Invited { id, email, role: word(&role)?, expires_at, secret })
    };
    each(rows, read)
}

/// A book that somebody was asked into, and has not answered yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    pub offer: Offer,
    pub expires_at: DateTime<Utc>,
}

/// Where the person was asked into, for whoever has shown that the address is theirs.
pub async fn received(backend: &Backend, who: &SignedIn) -> Result<Vec<Received>> {
    if !who.person.confirmed {
        return Ok(Vec::new());
    }
    let mut tx = backend.db.read().await?;
    let rows: Vec<(String, String, String, DateTime<Utc>)> = tx
        .query(
            "select b.name as book, u.name, i.role, i.expires_at
             from invitations i join books b on b.id = i.book_id join users u on u.id = i.user_id
             where i.email_key = (select email_key from users where id = $1) and i.expires_at > $2
               and i.revoked_at is null
             order by i.made_at, i.id limit 100",
        )
        .bind(who.member.user().0)
        .bind(backend.clock.now())
        .all()
        .await?;
    let read = |(book, name, role, expires_at): (String, String, String, DateTime<Utc>)| {
        Ok(Received { offer: Offer { book, name, role: word(&role)? }, expires_at })
    };
    each(rows, read)
}

/// Invites somebody by a letter and a link; a former invitation of the same address becomes useless. Whether the
/// address is anybody's here is not told.
pub async fn invite(backend: &Backend, who: &SignedIn, invite: Invite) -> Result<()> {
    let member = &who.member;
    may_invite(member)?;
    throttle::take(backend, &[(INVITES, &member.user().to_string())]).await?;
    let (now, id) = (backend.clock.now(), backend.clock.new_id());
    let mut tx = backend.db.write().await?;
    // The people of the book are looked through, so that nobody looks for the address among everybody.
    let here = "select u.email_key from members m join users u on u.id = m.user_id where m.book_id = $1";
    let here: Vec<(String,)> = tx.query(here).bind(member.book().0).all().await?;
    if here.contains(&(invite.email.key(),)) {
        return Err(Error::invalid("email", "They are in this book already"));
    }
    tx.query("delete from invitations where book_id = $1 and email_key = $2")
        .bind(member.book().0)
        .bind(invite.email.key())
        .execute()
        .await?;
    insist_on_room(&mut tx, member.book(), now).await?;
    tx.query(
        "insert into invitations (id, book_id, email_key, email, role, user_id, secret_hash, made_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(id)
    .bind(member.book().0)
    .bind(invite.email.key())
    .bind(invite.email.as_str())
    .bind(invite.role.as_str())
    .bind(member.user().0)
    .bind(secrets::fingerprint(&secrets::hex(&SECRET.fresh(&backend.key, id))))
    .bind(now)
    .bind(now + LIFETIME)
    .execute()
    .await?;
    // Somebody whose own address is not proven writes to nobody else's; the link can be handed over all the same.
    if who.person.confirmed {
        let payload = serde_json::json!({ "invitation": id });
        let (key, book) = (format!("invitation:{id}"), Some(member.book()));
        outbox::push(&mut tx, &backend.clock, Push { key, kind: "invitation", book, user: None, payload, due: now })
            .await?;
    }
    tx.commit().await?;
    backend.wake_outbox();
    Ok(())
}

/// Room for one more.
///
/// # Errors
/// [`Error::Conflict`].
async fn insist_on_room(tx: &mut Tx, book: BookId, now: DateTime<Utc>) -> Result<()> {
    let sql = "select (select count(*) from members where book_id = $1)
                   + (select count(*) from invitations
                      where book_id = $1 and expires_at > $2 and revoked_at is null)";
    if tx.query(sql).bind(book.0).bind(now).one::<(i64,)>().await?.0 >= MOST {
        return Err(Error::Conflict(
            "There are twenty people in this book already, the invited ones among them".into(),
        ));
    }
    Ok(())
}

/// Makes an invitation useless at once; [`restore_invitation`] gives it again for [`UNDO`].
pub async fn revoke(backend: &Backend, member: &Member, id: Uuid) -> Result<()> {
    may_invite(member)?;
    let mut tx = backend.db.write().await?;
    tx.query("update invitations set revoked_at = $3 where book_id = $1 and id = $2 and revoked_at is null")
        .bind(member.book().0)
        .bind(id)
        .bind(backend.clock.now())
        .execute()
        .await?;
    tx.commit().await
}

/// Gives an invitation again that was taken back by mistake, with the same link. One that is good already stays so.
///
/// # Errors
/// [`Error::Forbidden`] but for owners; [`Error::Conflict`] where it is too late, the address was invited anew
/// meanwhile, or the book is full.
pub async fn restore_invitation(backend: &Backend, member: &Member, id: Uuid) -> Result<()> {
    may_invite(member)?;
    let now = backend.clock.now();
    let mut tx = backend.db.write().await?;
    lock(&mut tx, member.book()).await?;
    let sql = "select revoked_at from invitations
               where book_id = $1 and id = $2 and expires_at > $3 and (revoked_at is null or revoked_at > $4)";
    let found: Option<(Option<DateTime<Utc>>,)> =
        tx.query(sql).bind(member.book().0).bind(id).bind(now).bind(now - UNDO).optional().await?;
    match found {
        None => return Err(Error::Conflict("It is too late to undo this. Invite them again.".into())),
        Some((None,)) => return tx.rollback().await,
        Some((Some(_),)) => insist_on_room(&mut tx, member.book(), now).await?,
    }
    let sql = "update invitations set revoked_at = null where book_id = $1 and id = $2";
    tx.query(sql).bind(member.book().0).bind(id).execute().await?;
    tx.commit().await
}

/// What the letter must say: to whom, what is offered, and the secret of the link; `None` once it is useless.
pub async fn letter(backend: &Backend, id: Uuid) -> Result<Option<(String, Offer, String)>> {
    let mut tx = backend.db.read().await?;
    let found = tx
        .query("select email from invitations where id = $1 and expires_at > $2 and revoked_at is null")
        .bind(id)
        .bind(backend.clock.now())
        .optional::<(String,)>()
        .await?;
    let Some((email,)) = found else { return Ok(None) };
    let secret = secrets::hex(&SECRET.of(&mut tx, &backend.key, id).await?);
    Ok(open(&mut tx, backend, &secret).await?.map(|open| (email, open.offer, secret)))
}

/// What the holder of the link is offered.
pub async fn offer(backend: &Backend, secret: &str, client: &ClientInfo) -> Result<Option<Offer>> {
    throttle::take(backend, &[(LINKS, &client.network())]).await?;
    let mut tx = backend.db.read().await?;
    Ok(open(&mut tx, backend, secret).await?.map(|open| open.offer))
}

struct Open {
    id: Uuid,
    book: BookId,
    offer: Offer,
}

async fn open(tx: &mut Tx, backend: &Backend, secret: &str) -> Result<Option<Open>> {
    let found = tx
        .query(
            "select i.id, i.book_id, b.name as book, u.name, i.role
             from invitations i join books b on b.id = i.book_id join users u on u.id = i.user_id
             where i.secret_hash = $1 and i.expires_at > $2 and i.revoked_at is null and u.disabled_at is null",
        )
        .bind(secrets::fingerprint(secret))
        .bind(backend.clock.now())
        .optional::<(Uuid, Uuid, String, String, String)>()
        .await?;
    let Some((id, book_id, book, name, role)) = found else { return Ok(None) };
    Ok(Some(Open { id, book: BookId(book_id), offer: Offer { book, name, role: word(&role)? } }))
}

/// Lets the holder of the link into the book, and opens it in this session. A link lets one person in, once.
pub async fn accept(backend: &Backend, who: &SignedIn, secret: &str, client: &ClientInfo) -> Result<()> {
    throttle::take(backend, &[(LINKS, &client.network())]).await?;
    let mut tx = backend.db.write().await?;
    let open = open(&mut tx, backend, secret).await?.ok_or_else(useless)?;
    let used = tx.query("delete from invitations where id = $1").bind(open.id).execute().await?;
    if used == 0 {
        return Err(useless());
    }
    // Somebody who is in it already keeps what they may do.
    tx.query(
        "insert into members (book_id, user_id, role) values ($1, $2, $3) on conflict (book_id, user_id) do nothing",
    )
    .bind(open.book.0)
    .bind(who.member.user().0)
    .bind(open.offer.role.as_str())
    .execute()
    .await?;
    back::close(&mut tx, open.book, who.member.user()).await?;
    set_open(&mut tx, who, open.book).await?;
    tx.commit().await
}

/// The holder of the link does not want it.
pub async fn decline(backend: &Backend, secret: &str, client: &ClientInfo) -> Result<()> {
    throttle::take(backend, &[(LINKS, &client.network())]).await?;
    let mut tx = backend.db.write().await?;
    tx.query("delete from invitations where secret_hash = $1").bind(secrets::fingerprint(secret)).execute().await?;
    tx.commit().await
}

/// Changes what somebody may do. A book keeps an owner.
pub async fn set_role(backend: &Backend, member: &Member, user: UserId, role: Role) -> Result<()> {
    may_invite(member)?;
    let mut tx = backend.db.write().await?;
    lock(&mut tx, member.book()).await?;
    let changed = tx
        .query("update members set role = $1 where book_id = $2 and user_id = $3")
        .bind(role.as_str())
        .bind(member.book().0)
        .bind(user.0)
        .execute()
        .await?;
    if changed == 0 {
        return Err(Error::NotFound);
    }
    keep_an_owner(&mut tx, member.book()).await?;
    if !role.may_invite() {
        forget(&mut tx, member.book(), user, &[INVITED_BY]).await?;
    }
    if !role.may_write() {
        forget(&mut tx, member.book(), user, &[HOOKS_OF]).await?;
    }
    tx.commit().await
}

/// Takes somebody out of the book, or leaves it oneself: with them go their calendar links, access tokens and webhooks
/// of it, for good. They themselves can come back for [`UNDO`]: by [`restore`] or by [`rejoin`].
pub async fn remove(backend: &Backend, member: &Member, user: UserId) -> Result<()> {
    if user != member.user() {
        may_invite(member)?;
    }
    let mut tx = backend.db.write().await?;
    lock(&mut tx, member.book()).await?;
    let is_removed = user != member.user();
    let sql = "delete from members where book_id = $1 and user_id = $2 returning role";
    let gone: Option<(String,)> = tx.query(sql).bind(member.book().0).bind(user.0).optional().await?;
    let Some((role,)) = gone else {
        let is_shut_out = is_removed && back::shut_out(&mut tx, member.book(), user).await?;
        return if is_shut_out { tx.commit().await } else { Err(Error::NotFound) };
    };
    keep_an_owner(&mut tx, member.book()).await?;
    let others = "select count(*) from members where user_id = $1";
    if tx.query(others).bind(user.0).one::<(i64,)>().await?.0 == 0 {
        return Err(Error::Conflict("This is the only book they have".into()));
    }
    let all = [
        "update sessions set book_id = null where book_id = $1 and user_id = $2",
        "delete from calendar_feeds where book_id = $1 and user_id = $2",
        "delete from access_tokens where book_id = $1 and user_id = $2",
        "delete from dismissed_insights where book_id = $1 and user_id = $2",
        INVITED_BY,
        HOOKS_OF,
    ];
    forget(&mut tx, member.book(), user, &all).await?;
    back::keep(&mut tx, member.book(), user, &role, is_removed, backend.clock.now()).await?;
    tx.commit().await
}

const INVITED_BY: &str = "delete from invitations where book_id = $1 and user_id = $2";
const HOOKS_OF: &str = "delete from hooks where book_id = $1 and user_id = $2";

/// What somebody made in the book and may not keep.
async fn forget(tx: &mut Tx, book: BookId, user: UserId, statements: &[&'static str]) -> Result<()> {
    for sql in statements {
        tx.query(sql).bind(book.0).bind(user.0).execute().await?;
    }
    Ok(())
}

/// After a reset by mail nobody knows who had the password before: the webhooks and invitations of the person end.
/// Where the address is proven by it for the first time, a stranger may have made the account, so that all others in
/// the books it owns go, with what they made there.
pub(crate) async fn take_back(tx: &mut Tx, user: UserId, is_first_proof: bool) -> Result<()> {
    const OF_THE_PERSON: [&str; 2] =
        ["delete from invitations where user_id = $1", "delete from hooks where user_id = $1"];
    const OF_OTHERS: [&str; 6] = [
        "delete from invitations
         where book_id in (select book_id from members where user_id = $1 and role = 'owner')",
        "delete from hooks where book_id in (select book_id from members where user_id = $1 and role = 'owner')",
        "delete from calendar_feeds where user_id <> $1
           and book_id in (select book_id from members where user_id = $1 and role = 'owner')",
        "delete from access_tokens where user_id <> $1
           and book_id in (select book_id from members where user_id = $1 and role = 'owner')",
        "delete from departures where user_id <> $1
           and book_id in (select book_id from members where user_id = $1 and role = 'owner')",
        // Last: the statements before ask who owns the book.
        "delete from members where user_id <> $1
           and book_id in (select book_id from members where user_id = $1 and role = 'owner')",
    ];
    let others = if is_first_proof { &OF_OTHERS[..] } else { &[] };
    for sql in OF_THE_PERSON.iter().chain(others) {
        tx.query(sql).bind(user.0).execute().await?;
    }
    Ok(())
}

/// Somebody is gone: whoever may do most in a book without an owner becomes its owner.
pub(crate) async fn give_an_owner(tx: &mut Tx, book: BookId) -> Result<()> {
    lock(tx, book).await?;
    if keep_an_owner(tx, book).await.is_ok() {
        return Ok(());
    }
    let rows: Vec<(Uuid, String)> =
        tx.query("select user_id, role from members where book_id = $1 order by user_id").bind(book.0).all().await?;
    let people = each(rows, |(user, role)| Ok((word::<Role>(&role)?, std::cmp::Reverse(user))))?;
    if let Some((_, std::cmp::Reverse(user))) = people.into_iter().max() {
        tx.query("update members set role = 'owner' where book_id = $1 and user_id = $2")
            .bind(book.0)
            .bind(user)
            .execute()
            .await?;
    }
    Ok(())
}

/// Two owners who take each other out at once: the later looks at what the first has left.
async fn lock(tx: &mut Tx, book: BookId) -> Result<()> {
    tx.query("update books set name = name where id = $1").bind(book.0).execute().await?;
    Ok(())
}

async fn keep_an_owner(tx: &mut Tx, book: BookId) -> Result<()> {
    let sql = "select count(*) from members where book_id = $1 and role = 'owner'";
    if tx.query(sql).bind(book.0).one::<(i64,)>().await?.0 == 0 {
        return Err(Error::Conflict("A book needs an owner. Make somebody else an owner first".into()));
    }
    Ok(())
}

/// Opens another book of the person in this session.
pub async fn switch(backend: &Backend, who: &SignedIn, book: BookId) -> Result<()> {
    let mut tx = backend.db.write().await?;
    let sql = "select count(*) from members where book_id = $1 and user_id = $2";
    if tx.query(sql).bind(book.0).bind(who.member.user().0).one::<(i64,)>().await?.0 == 0 {
        return Err(Error::NotFound);
    }
    set_open(&mut tx, who, book).await?;
    tx.commit().await
}

async fn set_open(tx: &mut Tx, who: &SignedIn, book: BookId) -> Result<()> {
    tx.query("update sessions set book_id = $1 where id = $2 and user_id = $3")
        .bind(book.0)
        .bind(who.session.0)
        .bind(who.member.user().0)
        .execute()
        .await?;
    Ok(())
}

/// Gives the book a name that the people in it know it by.
pub async fn rename(backend: &Backend, member: &Member, name: String) -> Result<()> {
    may_invite(member)?;
    let mut tx = backend.db.write().await?;
    tx.query("update books set name = $1 where id = $2").bind(name).bind(member.book().0).execute().await?;
    tx.commit().await
}

fn may_invite(member: &Member) -> Result<()> {
    if member.role().may_invite() { Ok(()) } else { Err(Error::Forbidden) }
}

fn useless() -> Error {
    Error::invalid("token", "This invitation was used, taken back, or is too old. Ask for a new one")
}
