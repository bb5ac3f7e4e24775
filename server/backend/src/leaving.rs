//! Leaving: an account is deleted after a time of grace, with everything that is the person's alone.

use chrono::{DateTime, TimeDelta, Utc};
use ledger::id::{BookId, UserId};
use ledger::person::{Email, LeaveWish};
use uuid::Uuid;

use crate::{Backend, Error, Member, Result, SignedIn, Tx, fresh, households, outbox, sessions, staff};

/// From the wish to the end; until then the person may change their mind.
pub const GRACE: TimeDelta = TimeDelta::days(7);
/// People whose end is looked for at once.
const AT_ONCE: i64 = 20;
/// Rows that one transaction deletes at most, so that others can write in between.
const ROWS: i64 = 2000;

/// Tables of a book that grow with its records, each with the statement that deletes its first rows in the
/// order of an index. The rest goes with the book.
const LARGE: [&str; 6] = [
    "delete from record_words where book_id = $1 and (word, day) <=
        (select word, day from record_words where book_id = $1 order by word, day limit 1 offset $2)",
    "delete from record_tags where book_id = $1 and (tag_key, day) <=
        (select tag_key, day from record_tags where book_id = $1 order by tag_key, day limit 1 offset $2)",
    "delete from record_parts where book_id = $1 and record_id <=
        (select record_id from record_parts where book_id = $1 order by record_id limit 1 offset $2)",
    "delete from records where book_id = $1 and id <=
        (select id from records where book_id = $1 order by id limit 1 offset $2)",
    "delete from tag_totals where book_id = $1 and (tag_key, day) <=
        (select tag_key, day from tag_totals where book_id = $1 order by tag_key, day limit 1 offset $2)",
    "delete from daily_totals where book_id = $1 and day <=
        (select day from daily_totals where book_id = $1 order by day limit 1 offset $2)",
];

/// Begins the time of grace for whoever shows once more who they are, ends the other sessions and writes to the owner.
/// Asked again, the first day stays. Answers the instant of the end.
pub async fn ask(backend: &Backend, who: &SignedIn, wish: LeaveWish) -> Result<DateTime<Utc>> {
    let user = who.member.user();
    fresh::once_more(backend, who, wish.proof, ("password", "This is not your password")).await?;
    let mut tx = backend.db.write().await?;
    let at = begin(&mut tx, backend, user, false).await?;
    sessions::end_all(&mut tx, backend, user, Some(who.session)).await?;
    tx.commit().await?;
    backend.wake_outbox();
    Ok(at)
}

/// Begins the time of grace and writes to the owner. Asked again, the first day stays. Answers the instant of the end.
pub(crate) async fn begin(tx: &mut Tx, backend: &Backend, user: UserId, by_staff: bool) -> Result<DateTime<Utc>> {
    let now = backend.clock.now();
    let (at,) = tx
        .query(
            "update users set leaves_at = coalesce(leaves_at, $1), leaves_by_staff = (leaves_by_staff or $2)
             where id = $3 returning leaves_at",
        )
        .bind(now + GRACE)
        .bind(by_staff)
        .bind(user.0)
        .optional::<(DateTime<Utc>,)>()
        .await?
        .ok_or(Error::NotFound)?;
    let key = format!("leaving:{}", backend.clock.new_id());
    let payload = serde_json::json!({ "user": user, "at": at, "by_staff": by_staff });
    let push = outbox::Push { key, kind: "leaving", book: None, user: Some(user), payload, due: now };
    outbox::push(tx, &backend.clock, push).await?;
    Ok(at)
}

/// The person stays: nothing is deleted, unless staff wished so.
pub async fn stay(backend: &Backend, member: &Member) -> Result<()> {
    let mut tx = backend.db.write().await?;
    let sql = "update users set leaves_at = null where id = $1 and not leaves_by_staff";
    if tx.query(sql).bind(member.user().0).execute().await? == 0 {
        return Err(Error::Conflict("Whoever runs this server deletes your account. Ask them to keep it".into()));
    }
    tx.commit().await
}

/// Staff keep the account, whoever wished it away.
pub(crate) async fn keep(tx: &mut Tx, user: UserId) -> Result<()> {
    let sql = "update users set leaves_at = null, leaves_by_staff = false where id = $1 and leaves_at is not null";
    if tx.query(sql).bind(user.0).execute().await? == 0 {
        return Err(Error::Conflict("This account is not being deleted".into()));
    }
    Ok(())
}

/// Deletes the accounts whose time of grace is over; answers the addresses that they had, so that letters to them go
/// too. Interrupted, it goes on the next time.
pub async fn end_due(backend: &Backend) -> Result<Vec<Email>> {
    let sql = "select id, email from users where leaves_at is not null and leaves_at <= $1 order by leaves_at limit $2";
    let mut tx = backend.db.read().await?;
    let due: Vec<(Uuid, String)> = tx.query(sql).bind(backend.clock.now()).bind(AT_ONCE).all().await?;
    drop(tx);
    let mut ended = Vec::new();
    for (user, email) in due {
        if end(backend, UserId(user)).await? {
            ended.push(email.parse().map_err(Error::internal)?);
        }
    }
    Ok(ended)
}

/// Deletes one person, and every book that nobody else keeps; `false` when they changed their mind just now, or are the
/// last administrator of others.
async fn end(backend: &Backend, user: UserId) -> Result<bool> {
    let mut tx = backend.db.write().await?;
    if !staff::may_go(&mut tx, user).await? {
        return Ok(false);
    }
    // From here on nobody can log in or write: what is deleted in pieces is not seen in pieces.
    let gone = tx
        .query("update users set disabled_at = $1, suspended_at = null where id = $2 and leaves_at <= $1")
        .bind(backend.clock.now())
        .bind(user.0)
        .execute()
        .await?
        == 1;
    if !gone {
        return Ok(false);
    }
    sessions::end_all(&mut tx, backend, user, None).await?;
    let books = books_of_nobody_else(&mut tx, user).await?;
    let shared: Vec<(Uuid,)> = tx.query("select book_id from members where user_id = $1").bind(user.0).all().await?;
    tx.commit().await?;
    for book in books {
        empty(backend, book).await?;
        let mut tx = backend.db.write().await?;
        tx.query("delete from books where id = $1").bind(book.0).execute().await?;
        tx.commit().await?;
    }
    let mut tx = backend.db.write().await?;
    // What was done to them stays in the trail under an id that names nobody; a reason might name them.
    tx.query("update audit set why = '' where about_user = $1").bind(user.0).execute().await?;
    let sql = "delete from invitations where email_key = (select email_key from users where id = $1)";
    tx.query(sql).bind(user.0).execute().await?;
    tx.query("delete from users where id = $1").bind(user.0).execute().await?;
    staff::unfound(&mut tx).await?;
    for (book,) in shared {
        households::give_an_owner(&mut tx, BookId(book)).await?;
    }
    tx.commit().await?;
    Ok(true)
}

async fn books_of_nobody_else(tx: &mut Tx, user: UserId) -> Result<Vec<BookId>> {
    let sql = "select m.book_id from members m where m.user_id = $1
               and not exists (select 1 from members o where o.book_id = m.book_id and o.user_id <> $1)";
    let books: Vec<(Uuid,)> = tx.query(sql).bind(user.0).all().await?;
    Ok(books.into_iter().map(|(book,)| BookId(book)).collect())
}

async fn empty(backend: &Backend, book: BookId) -> Result<()> {
    for sql in LARGE {
        loop {
            let mut tx = backend.db.write().await?;
            let deleted = tx.query(sql).bind(book.0).bind(ROWS).execute().await?;
            tx.commit().await?;
            if deleted == 0 {
                break;
            }
        }
    }
    Ok(())
}
