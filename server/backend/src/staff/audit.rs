//! The audit trail: what staff did, when, to whom and why.

use chrono::{DateTime, Utc};
use ledger::id::UserId;
use ledger::staff::{Deed, Rank};
use uuid::Uuid;

use super::Staff;
use crate::rows::{each, word};
use crate::{Backend, Member, Result};

/// Entries of one page.
const PAGE: i64 = 50;

/// Somebody in the trail: their name for as long as they have an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    pub user: UserId,
    pub name: Option<String>,
}

/// One thing that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub id: Uuid,
    pub at: DateTime<Utc>,
    /// `None` for the command line.
    pub by: Option<Seen>,
    pub about: Option<Seen>,
    pub deed: Deed,
    pub detail: String,
    pub why: String,
}

#[derive(sqlx::FromRow)]
struct EntryRow {
    id: Uuid,
    at: DateTime<Utc>,
    by_user: Option<Uuid>,
    by_name: Option<String>,
    about_user: Option<Uuid>,
    about_name: Option<String>,
    deed: String,
    detail: String,
    why: String,
}

/// Reads [`EntryRow`]s, with the names of those who still have an account.
macro_rules! entries {
    () => {
        "select a.id, a.at, a.by_user, b.name as by_name, a.about_user, u.name as about_name, a.deed, a.detail, a.why
         from audit a left join users b on b.id = a.by_user left join users u on u.id = a.about_user"
    };
}

impl EntryRow {
    fn read(self) -> Result<Entry> {
        let seen = |user: Option<Uuid>, name| user.map(|user| Seen { user: UserId(user), name });
        Ok(Entry {
            id: self.id,
            at: self.at,
            by: seen(self.by_user, self.by_name),
            about: seen(self.about_user, self.about_name),
            deed: word(&self.deed)?,
            detail: self.detail,
            why: self.why,
        })
    }
}

/// Everything, the newest first, of the page behind `before`. Answers what the next page begins behind.
pub async fn trail(backend: &Backend, staff: &Staff, before: Option<Uuid>) -> Result<(Vec<Entry>, Option<Uuid>)> {
    staff.must(Rank::Admin)?;
    let mut tx = backend.db.read().await?;
    let rows = tx
        .query(concat!(entries!(), " where a.id < $1 order by a.id desc limit $2"))
        .bind(before.unwrap_or(Uuid::max()))
        .bind(PAGE)
        .all::<EntryRow>()
        .await?;
    page(rows)
}

/// What was done to the member, or read of theirs, for the member to see.
pub async fn about(backend: &Backend, member: &Member, before: Option<Uuid>) -> Result<(Vec<Entry>, Option<Uuid>)> {
    of(backend, member.user(), before).await
}

/// The same, and what was read of the open book by the consent of another owner: that is the member's too.
pub async fn told(backend: &Backend, member: &Member, before: Option<Uuid>) -> Result<(Vec<Entry>, Option<Uuid>)> {
    let mut tx = backend.db.read().await?;
    let rows = tx
        .query(concat!(
            entries!(),
            " where a.id in (
                select id from (
                    select x.id from audit x where x.about_user = $1 and x.id < $3 order by x.id desc limit $4) own
                union
                select id from (
                    select x.id from consents c join audit x on x.about_user = c.user_id
                        and x.at >= c.given_at and x.at <= coalesce(c.ended_at, c.until)
                    where c.book_id = $2 and x.deed in ('open_book', 'read') and x.id < $3
                    order by x.id desc limit $4) read_here)
             order by a.id desc limit $4"
        ))
        .bind(member.user().0)
        .bind(member.book().0)
        .bind(before.unwrap_or(Uuid::max()))
        .bind(PAGE)
        .all::<EntryRow>()
        .await?;
    page(rows)
}

/// What was done to one person.
pub(super) async fn of(backend: &Backend, user: UserId, before: Option<Uuid>) -> Result<(Vec<Entry>, Option<Uuid>)> {
    let mut tx = backend.db.read().await?;
    let rows = tx
        .query(concat!(entries!(), " where a.about_user = $1 and a.id < $2 order by a.id desc limit $3"))
        .bind(user.0)
        .bind(before.unwrap_or(Uuid::max()))
        .bind(PAGE)
        .all::<EntryRow>()
        .await?;
    page(rows)
}

fn page(rows: Vec<EntryRow>) -> Result<(Vec<Entry>, Option<Uuid>)> {
    let entries = each(rows, EntryRow::read)?;
    let is_full = i64::try_from(entries.len()).is_ok_and(|rows| rows == PAGE);
    let next = entries.last().filter(|_| is_full).map(|last| last.id);
    Ok((entries, next))
}
