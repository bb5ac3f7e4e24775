//! Calendar feeds: a secret link from which a calendar reads the due days of a book, without a session.

use chrono::{DateTime, Months, Utc};
use ledger::id::BookId;
use ledger::period::LAST_DAY;
use ledger::{Book, NumberFormat};
use uuid::Uuid;

use crate::clock::TimeZone;
use crate::request::ClientInfo;
use crate::throttle::{self, Limit};
use crate::{Backend, Error, Member, Result, bills, commands, secrets};

/// Links from one network that lead nowhere.
const MISSES: Limit = Limit::new("calendar_miss", 30, 60);
/// Looks at one feed.
const LOOKS: Limit = Limit::new("calendar", 30, 60);
/// How far a feed looks ahead.
const AHEAD: Months = Months::new(13);

/// Since when the member has a link, if they have one.
pub async fn since(backend: &Backend, member: &Member) -> Result<Option<DateTime<Utc>>> {
    let mut tx = backend.db.read().await?;
    let sql = "select created_at from calendar_feeds where book_id = $1 and user_id = $2";
    let found = tx.query(sql).bind(member.book().0).bind(member.user().0).optional::<(DateTime<Utc>,)>().await?;
    Ok(found.map(|(since,)| since))
}

/// Whether the member has a link.
pub async fn exists(backend: &Backend, member: &Member) -> Result<bool> {
    Ok(since(backend, member).await?.is_some())
}

/// Makes a new link and ends the former one. Answers the secret, which is kept nowhere.
pub async fn reset(backend: &Backend, member: &Member) -> Result<String> {
    let secret = secrets::random();
    let mut tx = backend.db.write().await?;
    tx.query(
        "insert into calendar_feeds (book_id, user_id, secret_hash, created_at) values ($1, $2, $3, $4)
         on conflict (book_id, user_id) do update set secret_hash = excluded.secret_hash, created_at = excluded.created_at",
    )
    .bind(member.book().0)
    .bind(member.user().0)
    .bind(secrets::fingerprint(&secret))
    .bind(backend.clock.now())
    .execute()
    .await?;
    tx.commit().await?;
    Ok(secret)
}

/// Ends the link, if there is one.
pub async fn end(backend: &Backend, member: &Member) -> Result<()> {
    let mut tx = backend.db.write().await?;
    let sql = "delete from calendar_feeds where book_id = $1 and user_id = $2";
    tx.query(sql).bind(member.book().0).bind(member.user().0).execute().await?;
    tx.commit().await
}

/// The calendar behind a link (RFC 5545): what is overdue, and what falls due in the next thirteen months.
///
/// # Errors
/// [`Error::NotFound`] where no link has this secret, [`Error::TooMany`] where it is asked too often.
pub async fn calendar(backend: &Backend, secret: &str, client: &ClientInfo) -> Result<String> {
    let network = client.network();
    throttle::take(backend, &[(MISSES, &network)]).await?;
    let hash = secrets::fingerprint(secret);
    let feed = find(backend, &hash).await?.ok_or(Error::NotFound)?;
    let mut tx = backend.db.write().await?;
    throttle::give_back(&mut tx, backend, MISSES, &network).await?;
    let looked = throttle::take_in(&mut tx, backend, LOOKS, &hash).await;
    // What was given back stays so for a feed that is asked too often: others of its network go on.
    tx.commit().await?;
    looked?;

    let today = backend.clock.today(&feed.zone);
    let last = today.checked_add_months(AHEAD).unwrap_or(LAST_DAY);
    let stamp = backend.clock.now().naive_utc();
    Ok(ledger::bills::calendar(&open_bills(backend, feed.book).await?, last, stamp, feed.format))
}

struct Feed {
    book: BookId,
    zone: TimeZone,
    format: NumberFormat,
}

/// The feed of somebody who still belongs to the book.
async fn find(backend: &Backend, hash: &str) -> Result<Option<Feed>> {
    let mut tx = backend.db.read().await?;
    let row = tx
        .query(
            "select f.book_id, u.time_zone, u.locale
             from calendar_feeds f join users u on u.id = f.user_id
                  join members m on m.book_id = f.book_id and m.user_id = f.user_id
             where f.secret_hash = $1 and u.disabled_at is null",
        )
        .bind(hash.to_owned())
        .optional::<(Uuid, String, String)>()
        .await?;
    Ok(row.map(|(book, zone, locale)| Feed {
        book: BookId(book),
        zone: zone.parse().unwrap_or(TimeZone::UTC),
        format: NumberFormat::of(&locale),
    }))
}

/// A book of nothing but open bills, and what is settled among their due days.
async fn open_bills(backend: &Backend, id: BookId) -> Result<Book> {
    let mut tx = backend.db.read().await?;
    let head = commands::head(&mut tx, id).await?;
    let mut book = Book::new(head.home, head.week_start);
    let open = bills::open_or_settled_from(&mut tx, id, LAST_DAY).await?;
    book.bills = open.into_iter().map(|bill| (bill.id, bill)).collect();
    let settled = bills::settled_ahead(&mut tx, id).await?;
    book.settlements = settled.into_iter().map(|settled| ((settled.bill, settled.due), settled)).collect();
    Ok(book)
}
