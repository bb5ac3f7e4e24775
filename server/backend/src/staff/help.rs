//! Requests for help: a person asks, staff answer by letter, once.

use chrono::{DateTime, Utc};
use ledger::id::UserId;
use ledger::staff::{Deed, Rank};
use uuid::Uuid;

use super::{Act, By, Staff, begin, letters};
use crate::outbox::{self, Push};
use crate::throttle::{self, Limit};
use crate::{Backend, Error, Member, Result};

/// Requests of one person.
const OFTEN: Limit = Limit::new("ask_for_help", 5, 3600);
/// Requests that a page shows.
const SHOWN: i64 = 30;

/// A request for help.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Request {
    pub id: Uuid,
    pub user_id: Uuid,
    pub name: String,
    pub email: String,
    pub asked_at: DateTime<Utc>,
    pub question: String,
    pub answer: Option<String>,
    pub answered_at: Option<DateTime<Utc>>,
}

macro_rules! requests {
    ($rest:literal) => {
        concat!(
            "select r.id, r.user_id, u.name, u.email, r.asked_at, r.question, r.answer, r.answered_at
             from help_requests r join users u on u.id = r.user_id ",
            $rest
        )
    };
}

/// Asks for help, and writes to staff. A retry with the same id is the same request.
///
/// # Errors
/// [`Error::TooMany`] for one who asks again and again.
pub async fn ask(backend: &Backend, member: &Member, id: Uuid, question: String) -> Result<()> {
    let mut tx = backend.db.write().await?;
    let asked = tx
        .query("insert into help_requests (id, user_id, asked_at, question) values ($1, $2, $3, $4) on conflict (id) do nothing")
        .bind(id)
        .bind(member.user().0)
        .bind(backend.clock.now())
        .bind(question)
        .execute()
        .await?;
    if asked == 1 {
        throttle::take_in(&mut tx, backend, OFTEN, &member.user().to_string()).await?;
        letters::tell_of_request(&mut tx, backend, member.user()).await?;
    }
    tx.commit().await?;
    backend.wake_outbox();
    Ok(())
}

/// What the member asked, the newest first.
pub async fn asked_by(backend: &Backend, member: &Member) -> Result<Vec<Request>> {
    let mut tx = backend.db.read().await?;
    tx.query(requests!("where r.user_id = $1 order by r.id desc limit $2"))
        .bind(member.user().0)
        .bind(SHOWN)
        .all()
        .await
}

/// Those that wait for an answer, the oldest first, and the last ones that were answered.
pub async fn requests(backend: &Backend, staff: &Staff) -> Result<(Vec<Request>, Vec<Request>)> {
    staff.must(Rank::Care)?;
    let mut tx = backend.db.read().await?;
    let open =
        tx.query(requests!("where r.answered_at is null order by r.asked_at, r.id limit $1")).bind(SHOWN).all().await?;
    let answered = tx
        .query(requests!("where r.answered_at is not null order by r.answered_at desc limit $1"))
        .bind(SHOWN)
        .all()
        .await?;
    Ok((open, answered))
}

/// How many wait for an answer.
pub(super) async fn open(tx: &mut crate::Tx) -> Result<i64> {
    let sql = "select count(*) from help_requests where answered_at is null";
    Ok(tx.query(sql).one::<(i64,)>().await?.0)
}

/// One of them.
///
/// # Errors
/// [`Error::NotFound`] where there is none with this id.
pub async fn request(backend: &Backend, staff: &Staff, id: Uuid) -> Result<Request> {
    staff.must(Rank::Care)?;
    find(backend, id).await?.ok_or(Error::NotFound)
}

async fn find(backend: &Backend, id: Uuid) -> Result<Option<Request>> {
    let mut tx = backend.db.read().await?;
    tx.query(requests!("where r.id = $1")).bind(id).optional().await
}

/// Answers a request, by a letter and where the person asked.
///
/// # Errors
/// [`Error::Conflict`] where somebody else was quicker.
pub async fn answer(backend: &Backend, staff: &Staff, id: Uuid, answer: String) -> Result<()> {
    let user = UserId(request(backend, staff, id).await?.user_id);
    let now = backend.clock.now();
    let act = Act { deed: Deed::Answer, about: Some(user), detail: "", why: "" };
    let mut tx = begin(backend, By::Staff(staff), act).await?;
    let answered = tx
        .query("update help_requests set answer = $1, answered_at = $2 where id = $3 and answered_at is null")
        .bind(answer)
        .bind(now)
        .bind(id)
        .execute()
        .await?;
    if answered == 0 {
        return Err(Error::Conflict("Somebody answered this already. Load the page again to read it".into()));
    }
    let payload = serde_json::json!({ "request": id });
    let push = Push { key: format!("answer:{id}"), kind: "answer", book: None, user: Some(user), payload, due: now };
    outbox::push(&mut tx, &backend.clock, push).await?;
    tx.commit().await?;
    backend.wake_outbox();
    Ok(())
}

/// What the letter must say: to whom, what they asked, and the answer; `None` once the person is gone.
pub async fn answer_letter(backend: &Backend, id: Uuid) -> Result<Option<(UserId, String, String)>> {
    let found = find(backend, id).await?;
    Ok(found.and_then(|request| Some((UserId(request.user_id), request.question, request.answer?))))
}
