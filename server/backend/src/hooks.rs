//! Webhooks: kept by the people of a book, told through the outbox, with a log of what came of it.
//!
//! A message names a revision, an alert or a due day; what is sent is read when it is sent.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use ledger::budgets::BudgetAlert;
use ledger::hooks::{Event, NewHook};
use ledger::id::{BillId, BookId};
use ledger::{Changes, Money};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::clock::TimeZone;
use crate::derived::Derived;
use crate::outbox::{self, Push};
use crate::rows::{each, json as text, list};
use crate::throttle::{self, Limit};
use crate::{Backend, Error, Member, Result, Tx, bills, changes, secrets};

/// The most webhooks of one book.
const MOST: i64 = 10;
/// Tests of one person.
const TESTS: Limit = Limit::new("hook_test", 10, 60);
/// Attempts that a page shows.
const SHOWN: i64 = 50;
/// How long a webhook that was deleted can be brought back.
pub const UNDO: TimeDelta = TimeDelta::minutes(10);
/// A due day is told for so long after it, if the server was off.
const LATE: TimeDelta = TimeDelta::days(3);
/// What messages are signed with.
pub(crate) const SECRET: Derived = Derived {
    purpose: "hook",
    find: "select sealed from hooks where id = $1",
    all: "select id, sealed from hooks",
    keep: "update hooks set sealed = $1 where id = $2",
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct HookId(pub Uuid);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hook {
    pub id: HookId,
    pub book: BookId,
    pub url: String,
    pub events: Vec<Event>,
}

/// One attempt to tell.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Attempt {
    pub event: String,
    pub at: DateTime<Utc>,
    /// Of HTTP; `None` where there was no answer.
    pub status: Option<i64>,
    /// Why it was not taken.
    pub why: Option<String>,
}

/// What a message of the outbox is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct News {
    pub hook: HookId,
    pub event: Event,
    about: About,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum About {
    /// The records that this revision of the book wrote.
    Revision(i64),
    Alert(Box<BudgetAlert>),
    Bill(BillId, NaiveDate),
    Nothing,
}

#[derive(sqlx::FromRow)]
struct HookRow {
    id: Uuid,
    book_id: Uuid,
    url: String,
    events: String,
}

impl HookRow {
    fn read(self) -> Result<Hook> {
        Ok(Hook { id: HookId(self.id), book: BookId(self.book_id), url: self.url, events: list(&self.events)? })
    }
}

/// The webhooks of the book.
pub async fn all(backend: &Backend, member: &Member) -> Result<Vec<Hook>> {
    let mut tx = backend.db.read().await?;
    of_book(&mut tx, member.book()).await
}

async fn of_book(tx: &mut Tx, book: BookId) -> Result<Vec<Hook>> {
    let sql = "select id, book_id, url, events from hooks where book_id = $1 and deleted_at is null order by id";
    each(tx.query(sql).bind(book.0).all().await?, HookRow::read)
}

/// Adds a webhook, whose address was found to be allowed.
pub async fn add(backend: &Backend, member: &Member, hook: NewHook) -> Result<HookId> {
    may_keep(member)?;
    let id = HookId(backend.clock.new_id());
    let mut tx = backend.db.write().await?;
    not_too_many(&mut tx, member.book()).await?;
    tx.query("insert into hooks (book_id, id, user_id, url, events, made_at) values ($1, $2, $3, $4, $5, $6)")
        .bind(member.book().0)
        .bind(id.0)
        .bind(member.user().0)
        .bind(hook.url)
        .bind(text(&hook.events)?)
        .bind(backend.clock.now())
        .execute()
        .await?;
    tx.commit().await?;
    Ok(id)
}

async fn not_too_many(tx: &mut Tx, book: BookId) -> Result<()> {
    let sql = "select count(*) from hooks where book_id = $1 and deleted_at is null";
    if tx.query(sql).bind(book.0).one::<(i64,)>().await?.0 >= MOST {
        return Err(Error::Conflict("There are ten webhooks already. Delete one first".into()));
    }
    Ok(())
}

/// Ends a webhook at once; [`restore`] brings it back, with its secret and its attempts, for [`UNDO`].
pub async fn delete(backend: &Backend, member: &Member, id: HookId) -> Result<()> {
    may_keep(member)?;
    let mut tx = backend.db.write().await?;
    tx.query("update hooks set deleted_at = $3 where book_id = $1 and id = $2 and deleted_at is null")
        .bind(member.book().0)
        .bind(id.0)
        .bind(backend.clock.now())
        .execute()
        .await?;
    tx.commit().await
}

/// Brings a webhook back that was deleted by mistake. What happened meanwhile it is not told. One that is there stays.
///
/// # Errors
/// [`Error::Conflict`] where it is too late, or there are ten others meanwhile.
pub async fn restore(backend: &Backend, member: &Member, id: HookId) -> Result<()> {
    may_keep(member)?;
    let mut tx = backend.db.write().await?;
    not_too_many(&mut tx, member.book()).await?;
    tx.query("update hooks set deleted_at = null where book_id = $1 and id = $2 and deleted_at > $3")
        .bind(member.book().0)
        .bind(id.0)
        .bind(backend.clock.now() - UNDO)
        .execute()
        .await?;
    if stored(&mut tx, id).await?.is_none_or(|hook| hook.book != member.book()) {
        return Err(Error::Conflict("This webhook is gone for good by now. Add it anew.".into()));
    }
    tx.commit().await
}

/// The webhook with the secret that its messages are signed with, and what came of the last attempts, the newest
/// first.
pub async fn find(backend: &Backend, member: &Member, id: HookId) -> Result<Option<(Hook, String, Vec<Attempt>)>> {
    may_keep(member)?;
    let mut tx = backend.db.read().await?;
    let Some(hook) = stored(&mut tx, id).await?.filter(|hook| hook.book == member.book()) else { return Ok(None) };
    let sql = "select event, at, status, why from hook_deliveries where hook_id = $1 order by id desc limit $2";
    let attempts = tx.query(sql).bind(id.0).bind(SHOWN).all().await?;
    let secret = format!("whsec_{}", secrets::base64(&SECRET.of(&mut tx, &backend.key, id.0).await?));
    Ok(Some((hook, secret, attempts)))
}

async fn stored(tx: &mut Tx, id: HookId) -> Result<Option<Hook>> {
    let sql = "select id, book_id, url, events from hooks where id = $1 and deleted_at is null";
    tx.query(sql).bind(id.0).optional::<HookRow>().await?.map(HookRow::read).transpose()
}

/// Tells the program something harmless, to see whether it listens.
pub async fn test(backend: &Backend, member: &Member, id: HookId) -> Result<()> {
    may_keep(member)?;
    throttle::take(backend, &[(TESTS, &member.user().to_string())]).await?;
    let mut tx = backend.db.write().await?;
    let hook = stored(&mut tx, id).await?.filter(|hook| hook.book == member.book()).ok_or(Error::NotFound)?;
    let key = format!("hook:{}:test:{}", id.0, backend.clock.new_id());
    push(&mut tx, backend.clock.now(), &backend.clock, &hook, Event::Test, About::Nothing, key).await?;
    tx.commit().await?;
    backend.wake_outbox();
    Ok(())
}

/// Writes what a command did to the outbox, for the programs that want to know; `true` when one does.
pub(crate) async fn tell(tx: &mut Tx, clock: &crate::Clock, member: &Member, changes: &Changes) -> Result<bool> {
    let records = !changes.records.is_empty()
        || changes.deleted.iter().any(|gone| matches!(gone, ledger::command::Deleted::Record(_)));
    let alerts: Vec<&BudgetAlert> = changes.alerts.iter().filter(|alert| !alert.seen).collect();
    if !records && alerts.is_empty() {
        return Ok(false);
    }
    let mut told = false;
    for hook in of_book(tx, member.book()).await? {
        if records && hook.events.contains(&Event::RecordSaved) {
            let key = format!("hook:{}:record:{}", hook.id.0, changes.revision);
            let about = About::Revision(changes.revision);
            told |= push(tx, clock.now(), clock, &hook, Event::RecordSaved, about, key).await?;
        }
        if hook.events.contains(&Event::BudgetCrossed) {
            for alert in &alerts {
                let key =
                    format!("hook:{}:budget:{}:{}:{}", hook.id.0, alert.budget, alert.period.start, alert.threshold);
                let about = About::Alert(Box::new((*alert).clone()));
                told |= push(tx, clock.now(), clock, &hook, Event::BudgetCrossed, about, key).await?;
            }
        }
    }
    Ok(told)
}

/// Writes the due days that have come to the outbox, each once.
pub async fn tell_due(backend: &Backend) -> Result<()> {
    let mut tx = backend.db.read().await?;
    let hooks: Vec<(Uuid, String)> = tx
        .query(
            "select h.id, u.time_zone from hooks h join users u on u.id = h.user_id
                where u.disabled_at is null and h.deleted_at is null",
        )
        .all()
        .await?;
    let mut due = Vec::new();
    for (id, zone) in hooks {
        let Some(hook) = stored(&mut tx, HookId(id)).await?.filter(|hook| hook.events.contains(&Event::BillDue)) else {
            continue;
        };
        let today = backend.clock.today(&zone.parse::<TimeZone>().unwrap_or(TimeZone::UTC));
        let sql =
            "select id, next_due from bills where book_id = $1 and not deleted and next_due <= $2 and next_due > $3";
        let bills: Vec<(Uuid, NaiveDate)> =
            tx.query(sql).bind(hook.book.0).bind(today).bind(today - LATE).all().await?;
        for (bill, day) in bills {
            let key = format!("hook:{}:bill:{bill}:{day}", hook.id.0);
            if !outbox::is_known(&mut tx, &key).await? {
                due.push((hook.clone(), About::Bill(BillId(bill), day), key));
            }
        }
    }
    drop(tx);
    if due.is_empty() {
        return Ok(());
    }
    let mut tx = backend.db.write().await?;
    for (hook, about, key) in due {
        push(&mut tx, backend.clock.now(), &backend.clock, &hook, Event::BillDue, about, key).await?;
    }
    tx.commit().await?;
    backend.wake_outbox();
    Ok(())
}

async fn push(
    tx: &mut Tx,
    due: DateTime<Utc>,
    clock: &crate::Clock,
    hook: &Hook,
    event: Event,
    about: About,
    key: String,
) -> Result<bool> {
    let payload = serde_json::to_value(News { hook: hook.id, event, about }).map_err(Error::internal)?;
    outbox::push(tx, clock, Push { key, kind: "hook", book: Some(hook.book), user: None, payload, due }).await
}

/// What is to be sent, and where to.
pub struct Message {
    pub url: String,
    pub event: Event,
    pub body: String,
}

/// The message as it stands now; `None` when the webhook is gone or there is nothing to tell any more.
pub async fn compose(backend: &Backend, id: Uuid, made_at: DateTime<Utc>, news: &News) -> Result<Option<Message>> {
    let mut tx = backend.db.read().await?;
    let Some(hook) = stored(&mut tx, news.hook).await? else { return Ok(None) };
    // Of somebody who is suspended, or who is just being deleted.
    let owner =
        "select count(*) from hooks h join users u on u.id = h.user_id where h.id = $1 and u.disabled_at is null";
    if tx.query(owner).bind(hook.id.0).one::<(i64,)>().await?.0 == 0 {
        return Ok(None);
    }
    let Some(data) = data(&mut tx, hook.book, &news.about).await? else { return Ok(None) };
    let body = json!({ "id": id, "type": news.event, "timestamp": made_at, "data": data }).to_string();
    Ok(Some(Message { url: hook.url, event: news.event, body }))
}

async fn data(tx: &mut Tx, book: BookId, about: &About) -> Result<Option<Value>> {
    Ok(match about {
        About::Nothing => Some(json!({ "message": "Expenso says hello." })),
        About::Alert(alert) => Some(json!(alert)),
        About::Bill(id, due) => {
            let bill = bills::stored(tx, book, *id).await?.filter(|(_, deleted)| !deleted).map(|(bill, _)| bill);
            // Paid or skipped since.
            bill.filter(|bill| bill.next_due == Some(*due)).map(|bill| {
                let Money { minor, currency } = bill.occurrence(*due).amount;
                json!({ "bill": id, "name": bill.name, "due": due, "amount": { "minor": minor, "currency": currency }, "estimated": bill.estimated })
            })
        }
        About::Revision(revision) => {
            let changes = changes::between(tx, book, revision - 1, *revision).await?;
            let gone = changes.deleted.iter().filter(|gone| matches!(gone, ledger::command::Deleted::Record(_)));
            let gone: Vec<_> = gone.collect();
            // Written again since: the message of that revision tells.
            let is_news = changes.reload || !changes.records.is_empty() || !gone.is_empty();
            is_news.then(|| {
                json!({ "revision": revision, "records": changes.records, "deleted": gone, "too_many": changes.reload })
            })
        }
    })
}

/// Keeps what came of one attempt.
pub async fn note(backend: &Backend, hook: HookId, attempt: Attempt) -> Result<()> {
    let mut tx = backend.db.write().await?;
    let sql = "insert into hook_deliveries (hook_id, id, event, at, status, why)
               select $1, $2, $3, $4, $5, $6 where exists (select 1 from hooks where id = $1)";
    tx.query(sql)
        .bind(hook.0)
        .bind(backend.clock.new_id())
        .bind(attempt.event)
        .bind(attempt.at)
        .bind(attempt.status)
        .bind(attempt.why)
        .execute()
        .await?;
    tx.commit().await
}

/// The signature of a message, in the form of Standard Webhooks (`v1,` and base64 of HMAC-SHA-256 over id, Unix time and body).
pub async fn sign(backend: &Backend, hook: HookId, id: Uuid, unix_time: i64, body: &str) -> Result<String> {
    let mut tx = backend.db.read().await?;
    let key = SECRET.of(&mut tx, &backend.key, hook.0).await?;
    let signed = format!("{id}.{unix_time}.{body}");
    Ok(format!("v1,{}", secrets::base64(&secrets::hmac(&key, signed.as_bytes()))))
}

/// Programs see everything in the book, so only who may change it lets them in.
fn may_keep(member: &Member) -> Result<()> {
    if member.role().may_write() { Ok(()) } else { Err(Error::Forbidden) }
}
